"""The words of the addresses of explanations made into conditions: overdue dossiers by what was said of them; explanations."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from directives.chips import ANSWERS, EXPLANATIONS
from directives.models import Directive, Explanation
from directives.selectors.explained import Answer, Said, answered, of_letter
from directives.selectors.explanations import TO_ANSWER
from dossiers.filters import NARROW, DossierFilter
from dossiers.selectors.dossiers import Choices, Listing
from dossiers.selectors.runs import midnight_after
from dossiers.selectors.states import Known
from ui.asked import Asked, asked
from ui.columns import Offer
from ui.forms import Fixed, LeanSelect, filter_fields

MAIN = ("q", "giai_trinh", "cong_van", "he_thong", "don_vi", "pham_vi")
MORE = ("ngay", "cap", "tuoi", "han", "linh_vuc", "thu_tuc", "can_bo")
TO_ANSWER_CHOICE = ("to_answer", _("Đã trả lại, chờ đơn vị"))
INBOX = ("tinh_trang", "don_vi", "cong_van", "nguyen_nhan", "gui")


class AnswerFilter(DossierFilter):
    """Overdue dossiers of a night, by what was said of them: now, or at 24:00 of the day that is asked for.

    With a letter (``cong_van``) only the dossiers on its lists, and only what was said to that letter.
    """

    giai_trinh = filters.ChoiceFilter(
        label=_("Giải trình"),
        choices=Fixed((answer, mark.word) for answer, mark in ANSWERS.items()),
        method="with_answer",
        empty_label=_("tất cả"),
        widget=LeanSelect,
    )
    cong_van = filters.ChoiceFilter(
        label=_("Danh sách của công văn"), method="on_list", empty_label=_("mọi hồ sơ quá hạn"), widget=LeanSelect
    )
    tinh_trang = None  # all are overdue

    def __init__(
        self,
        data: Any,
        late: Known,
        *,
        listing: Listing,
        units: Choices,
        fields: Iterable[str],
        offer: Offer,
        letters: Iterable[Directive],
        now: datetime,
    ) -> None:
        super().__init__(data, late, listing=listing, units=units, fields=fields, offer=offer)
        self.now, self.letters = now, {letter.slug: letter for letter in letters}
        self.filters["cong_van"].extra["choices"] = Fixed((slug, letter.reference) for slug, letter in self.letters.items())

    @cached_property
    def letter(self) -> Directive | None:
        return self.letters.get(self.form.cleaned_data["cong_van"])

    @cached_property
    def said(self) -> Said:
        moment = midnight_after(self.day.as_of) if self.form.cleaned_data["ngay"] else self.now
        return Said(moment, self.letter)

    @property
    def bar(self) -> SafeString:
        return filter_fields(self.form, MAIN)

    @property
    def more(self) -> SafeString:
        return filter_fields(self.form, MORE)

    @cached_property
    def asked(self) -> list[Asked]:
        return asked(self.form, (*MAIN, *MORE), dict(self.data.lists()), NARROW)

    @property
    def narrowed(self) -> bool:
        return any(self.data.get(name) for name in MORE)

    def filter_queryset(self, queryset: Known) -> Known:
        chosen = queryset
        for name, one in self.filters.items():
            chosen = one.filter(chosen, self.form.cleaned_data[name])
        return chosen

    def with_answer(self, known: Known, name: str, value: Answer) -> Known:
        return answered(known, value, self.said)

    def on_list(self, known: Known, name: str, value: str) -> Known:
        return of_letter(known, self.letters[value])


class InboxFilter(filters.FilterSet):  # type: ignore[misc]  # untyped library
    """Explanations by state, unit, letter and reason; ``gui``: sent after the deadline of the call."""

    tinh_trang = filters.ChoiceFilter(
        label=_("Tình trạng"),
        choices=Fixed([*((state, mark.word) for state, mark in EXPLANATIONS.items()), TO_ANSWER_CHOICE]),
        method="in_state",
        empty_label=_("tất cả"),
        widget=LeanSelect,
    )
    don_vi = filters.ChoiceFilter(label=_("Đơn vị"), field_name="agency__code", empty_label=_("tất cả"), widget=LeanSelect)
    cong_van = filters.ChoiceFilter(label=_("Công văn"), field_name="directive__slug", empty_label=_("tất cả"), widget=LeanSelect)
    nguyen_nhan = filters.ChoiceFilter(
        label=_("Nguyên nhân"),
        choices=Fixed(Explanation.Reason.choices),
        field_name="reason",
        empty_label=_("tất cả"),
        widget=LeanSelect,
    )
    gui = filters.ChoiceFilter(
        label=_("Gửi"),
        choices=Fixed([("muon", _("sau hạn giải trình"))]),
        method="sent_late",
        empty_label=_("mọi lúc"),
        widget=LeanSelect,
    )

    def __init__(self, data: Any, seen: QuerySet[Any], *, units: Choices, letters: Mapping[str, str]) -> None:
        super().__init__(data, seen)
        self.filters["don_vi"].extra["choices"] = Fixed(units)
        self.filters["cong_van"].extra["choices"] = Fixed(letters.items())

    @property
    def bar(self) -> SafeString:
        return filter_fields(self.form, INBOX)

    @cached_property
    def asked(self) -> list[Asked]:
        return asked(self.form, INBOX, dict(self.data.lists()), {})

    def in_state(self, seen: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return seen.filter(TO_ANSWER if value == "to_answer" else Q(state=value))

    def sent_late(self, seen: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return seen.filter(late=True)
