"""Columns of the lists of explanations, and of overdue dossiers with what was said of them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from html import escape
from operator import attrgetter
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.chips import ANSWERS, EXPLANATIONS
from directives.models import Explanation
from directives.selectors.explained import Said, with_answer
from dossiers.selectors.dossiers import Listing
from dossiers.selectors.states import Known, dossier_key
from dossiers.tables import DossierTable
from ui.columns import Offer
from ui.formats import UNKNOWN, day, integer, moment
from ui.states import Mark
from ui.tables import LeanColumn, LeanTable

USUAL = ("code", "agency", "procedure", "due", "state", "officer", "answer")
REASONS = dict(Explanation.Reason.choices)


def _chip(mark: Mark) -> str:
    return f'<span class="chip chip--{mark.tone} i-{mark.icon}">{escape(str(mark.word))}</span>'


def _tick(name: str, value: int, form: str, label: str) -> str:
    said = f'name="{name}" value="{value}" form="{form}" aria-label="{escape(label)}"'
    return f'<input class="form-check-input" type="checkbox" {said}>'


class AnswerTable(DossierTable):
    """Overdue dossiers with what was said of them. ``pickable``: those nobody explained yet can be ticked, to be answered."""

    code = LeanColumn(
        value=attrgetter("code"),
        verbose_name=gettext_lazy("Mã hồ sơ, hệ thống"),
        reads=("system_id", "code", "number", "answer"),
        order_by=("code", "id"),
        names_row=True,
    )
    answer = LeanColumn(
        verbose_name=gettext_lazy("Giải trình"), reads=("answer",), order_by=("answer", "overdue_from", "id"), css="col-answer"
    )

    @classmethod
    @cache
    def offer(cls) -> Offer:
        return replace(super().offer(), usual=USUAL)

    def __init__(self, late: Known, columns: Sequence[str] = (), *, listing: Listing, said: Said, pickable: bool) -> None:
        judged = with_answer(late, said).annotate(number=F(dossier_key(late)))
        super().__init__(judged, columns, listing=listing)
        self.pickable = pickable

    def cell_code(self, record: Any) -> str:
        if not self.pickable:
            return super().cell_code(record)
        if record.answer != "chua":
            return f'<span class="pick-none"></span>{super().cell_code(record)}'
        return _tick("ho_so", record.number, "chon", _("Chọn %(code)s") % {"code": record.code}) + super().cell_code(record)

    def cell_answer(self, record: Any) -> str:
        return _chip(ANSWERS[record.answer])

    def value_answer(self, record: Any) -> str:
        return str(ANSWERS[record.answer].word)


class ExplanationTable(LeanTable):
    """Explanations, one a row. ``deciding``: those waiting can be ticked, to be decided together."""

    sent = LeanColumn(verbose_name=gettext_lazy("Giải trình"), reads=("pk",), order_by=("submitted_at", "pk"), names_row=True)
    agency = LeanColumn(
        lambda record: escape(record.agency__name),
        verbose_name=gettext_lazy("Đơn vị"),
        reads=("agency__name",),
        order_by=("agency__sort_key", "pk"),
    )
    letter = LeanColumn(
        lambda record: escape(record.directive__reference or UNKNOWN),
        verbose_name=gettext_lazy("Theo công văn"),
        reads=("directive__reference",),
        order_by=("directive__issued_on", "pk"),
        labelled=True,
    )
    reason = LeanColumn(
        lambda record: escape(str(REASONS[record.reason])),
        verbose_name=gettext_lazy("Nguyên nhân"),
        reads=("reason",),
        order_by=("reason", "pk"),
        labelled=True,
    )
    count = LeanColumn(
        lambda record: integer(record.count),
        verbose_name=gettext_lazy("Số hồ sơ"),
        reads=("count",),
        order_by=("count", "pk"),
        css="num",
        labelled=True,
    )
    promised = LeanColumn(
        lambda record: day(record.promised_on),
        verbose_name=gettext_lazy("Cam kết xong"),
        reads=("promised_on",),
        order_by=("promised_on", "pk"),
        css="num",
        labelled=True,
    )
    state = LeanColumn(verbose_name=gettext_lazy("Tình trạng"), reads=("state",), order_by=("state", "pk"))

    def __init__(self, seen: QuerySet[Any], *, deciding: bool) -> None:
        columns = ("pk", "submitted_at", "late", "replaces_id", *self.reads(()))
        super().__init__(seen.values_list(*dict.fromkeys(columns), named=True))
        self.deciding = deciding
        self.root = reverse("explanations:desk")

    @property
    def look(self) -> str:
        return "table-explanations"

    def cell_sent(self, record: Any) -> str:
        number = escape(_("Số %(pk)s") % {"pk": record.pk})
        parts = [self._box(record), f'<a href="{self.root}{record.pk}/">{number}</a><small>{moment(record.submitted_at)}</small>']
        if record.late:
            parts.append(f'<span class="chip chip--late">{escape(_("gửi sau hạn"))}</span>')
        if record.replaces_id:
            parts.append(f'<span class="chip chip--plain">{escape(_("trả lời lại"))}</span>')
        return "".join(parts)

    def cell_state(self, record: Any) -> str:
        return _chip(EXPLANATIONS[record.state])

    def _box(self, record: Any) -> str:
        if not self.deciding or record.state != Explanation.State.SUBMITTED:
            return ""
        return _tick("giai_trinh", record.pk, "xet", _("Chọn giải trình số %(pk)s") % {"pk": record.pk})
