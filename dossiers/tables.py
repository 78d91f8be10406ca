"""Columns of the dossier list: what each prints, what a file of it holds, what it sorts by."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from html import escape
from operator import attrgetter
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dossiers.rules.overdue import Facts, Verdict, verdict
from dossiers.rules.privacy import mask_name
from dossiers.selectors.dossiers import Listing
from ui.formats import UNKNOWN, day, integer
from ui.states import SYSTEMS
from ui.tables import LeanColumn, LeanTable, Value, chip_html
from ui.templatetags.ui import due_chip

PERSONAL = {"applicant", "officer"}
JUDGED = ("received_on", "status", "due_on", "overdue_from", "stopped_on", "ended_on", "effective_due", "ended_at")
LATE = {"overdue", "done_late"}


@lru_cache(maxsize=4096)
def _masked(applicant: str) -> str:
    """Remembered: masking takes as long as the row's other cells together, and lists show the same people again."""
    return mask_name(applicant)


def _text(name: str, **options: Any) -> LeanColumn:
    value = attrgetter(name)
    return LeanColumn(lambda record: escape(value(record)), value=value, reads=(name,), **options)


def _day(name: str, **options: Any) -> LeanColumn:
    """A date, or a moment's date in Vietnam."""
    read = attrgetter(name)

    def value(record: Any) -> date | None:
        found = read(record)
        return localdate(found) if isinstance(found, datetime) else found

    return LeanColumn(lambda record: day(read(record)), value=value, reads=(name,), css="num", labelled=True, **options)


class DossierTable(LeanTable):
    """Rows are named tuples of what the shown columns read; the state is the pure rule's verdict at ``as_of``."""

    code = LeanColumn(
        value=attrgetter("code"),
        verbose_name=_("Mã hồ sơ, hệ thống"),
        reads=("system_id", "code"),
        order_by=("code", "id"),
        names_row=True,
    )
    agency = LeanColumn(
        verbose_name=_("Đơn vị"),
        reads=("agency_id",),
        order_by=("agency__sort_key", "overdue_from", "id"),
        css="col-agency",
    )
    procedure = LeanColumn(
        lambda record: f"<div>{escape(record.procedure_name)}</div>",
        value=attrgetter("procedure_name"),
        verbose_name=_("Thủ tục"),
        reads=("procedure_name",),
        css="col-procedure",
    )
    applicant = LeanColumn(
        lambda record: escape(_masked(record.applicant)),
        value=lambda record: _masked(record.applicant),
        verbose_name=_("Chủ hồ sơ"),
        reads=("applicant",),
        labelled=True,
    )
    received = _day("received_on", verbose_name=_("Tiếp nhận"), order_by=("received_on", "id"))
    due = _day("due_on", verbose_name=_("Hạn hiện hành"), order_by=("overdue_from", "id"))
    state = LeanColumn(verbose_name=_("Tình trạng"), reads=JUDGED, css="col-state")
    officer = _text("officer", verbose_name=_("Cán bộ xử lý"), order_by=("officer", "id"), labelled=True)
    field = _text("field", verbose_name=_("Lĩnh vực"), order_by=("field", "overdue_from", "id"), usual=False, labelled=True)
    procedure_code = _text("procedure_code", verbose_name=_("Mã thủ tục"), usual=False, labelled=True)
    promised = _day("promised_due", verbose_name=_("Ngày hẹn trả"), usual=False)
    computed = _day("computed_due", verbose_name=_("Hạn tính toán"), usual=False)
    original = _day("original_due", verbose_name=_("Hạn gốc"), usual=False)
    late = LeanColumn(verbose_name=_("Số ngày làm việc quá hạn"), reads=JUDGED, css="num", usual=False, labelled=True)
    stopped = _day("stopped_on", verbose_name=_("Tạm dừng từ"), usual=False)
    ended = _day("ended_on", verbose_name=_("Kết thúc"), usual=False)

    class Meta:
        order_by = ("due",)

    def __init__(self, known: QuerySet[Any], columns: Sequence[str] = (), *, listing: Listing) -> None:
        super().__init__(known.values_list(*self.reads(columns), named=True), columns)
        self.as_of, self.calendar, self.names = listing.run.as_of, listing.calendar, listing.names
        self.root = reverse("dossiers:list")
        self.systems = {code: f'<small class="{code}">{name}</small>' for code, name in SYSTEMS.items()}

    @property
    def look(self) -> str:
        return "table-dossiers table-wide" if len(self.shown) > len(self.offer().usual) else "table-dossiers"

    @property
    def personal(self) -> bool:
        """Whether a shown column names people, masked or not."""
        return not PERSONAL.isdisjoint(self.chosen)

    def cell_code(self, record: Any) -> str:
        system, code = record.system_id, record.code
        return f'<a href="{self.root}{system}/{quote(code)}/?ngay={self.as_of}">{escape(code)}</a>{self.systems[system]}'

    def cell_agency(self, record: Any) -> str:
        return escape(self.names[record.agency_id])

    def cell_state(self, record: Any) -> str:
        found = self._verdict(record)
        return chip_html(found.state, found.working_days or None)

    def cell_late(self, record: Any) -> str:
        days = self.value_late(record)
        return UNKNOWN if days is None else integer(days)

    def value_agency(self, record: Any) -> str:
        return self.names[record.agency_id]

    def value_state(self, record: Any) -> str:
        found = self._verdict(record)
        return str(due_chip(found.state, found.working_days or None)["text"])

    def value_late(self, record: Any) -> int | None:
        """None for what is not late: 0 is a dossier due on a Friday, seen on the Saturday."""
        found = self._verdict(record)
        return found.working_days if found.state in LATE else None

    def values(self) -> list[tuple[str, Value]]:
        """In a file the system has a column of its own, so that a code can be looked up."""
        _code, *others = super().values()
        system = (str(_("Hệ thống")), lambda record: str(SYSTEMS[record.system_id]))
        return [(str(_("Mã hồ sơ")), attrgetter("code")), system, *others]

    def _verdict(self, record: Any) -> Verdict:
        facts = Facts(
            received_on=record.received_on,
            status=record.status,
            due_on=record.due_on,
            overdue_from=record.overdue_from,
            stopped_on=record.stopped_on,
            ended_on=record.ended_on,
            due_at=record.effective_due,
            ended_at=record.ended_at,
        )
        return verdict(facts, self.as_of, self.calendar)
