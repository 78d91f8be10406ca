"""The filters of the dossier list: the words of its address (``dossiers/links.py``) made into conditions."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import django_filters as filters
from django.db.models import Q
from django.forms import Form
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, AgencyPath
from agencies.rules import fold
from dossiers.models import Dossier
from dossiers.selectors.dossiers import Choices, Listing
from dossiers.selectors.episodes import MOVEMENTS, moved
from dossiers.selectors.outlived import outlived
from dossiers.selectors.states import STATES, Known, age
from ui.addresses import COLUMNS, DATE, ORDER, PER_PAGE
from ui.asked import Asked, asked
from ui.columns import ColumnsField, Offer, SortField
from ui.forms import Fixed, LeanDate, LeanSearch, LeanSelect, LeanText, filter_fields
from ui.states import SCOPES, SYSTEMS
from ui.states import STATES as MARKS

AGE_CHOICES = Fixed(
    [
        ("5", _("đến 5 ngày làm việc")),
        ("10", _("6–10 ngày làm việc")),
        ("30", _("11–30 ngày làm việc")),
        ("90", _("31–90 ngày làm việc")),
        ("more", _("trên 90 ngày làm việc")),
    ]
)
NARROW = {"pham_vi": "own"}  # what a choice says when it says nothing
MAIN = ("q", "tinh_trang", "he_thong", "don_vi", "pham_vi", "ngay")
MORE = ("cap", "tuoi", "ton_qua", "han", "linh_vuc", "thu_tuc", "can_bo")  # folded away until one is used
OPEN_STATES = {"overdue", "open", "in_time", "due_today", "due_soon", "awaiting", "undated"}


class DossierFilter(filters.FilterSet):  # type: ignore[misc]  # untyped library
    """Every condition is judged at the listing's day. Wrong words make the form invalid; they are never ignored.

    The words that shape the table, not its rows, are read here too: ``cot`` (columns) and ``sap_xep`` (order).
    """

    q = filters.CharFilter(
        label=_("Tìm mã hồ sơ hoặc tên chủ hồ sơ"),
        method="search",
        min_length=2,
        widget=LeanSearch,
    )
    ngay = filters.DateFilter(label=_("Ngày số liệu"), method="keep", widget=LeanDate(steps=True))
    tinh_trang = filters.ChoiceFilter(
        label=_("Tình trạng"),
        choices=Fixed((state, MARKS[state].word) for state in (*STATES, *MOVEMENTS)),
        method="in_state",
        empty_label=_("tất cả đã tiếp nhận"),
        widget=LeanSelect,
    )
    he_thong = filters.ChoiceFilter(
        label=_("Hệ thống"), choices=Fixed(SYSTEMS.items()), field_name="system", empty_label=_("cả hai"), widget=LeanSelect
    )
    don_vi = filters.ChoiceFilter(label=_("Đơn vị"), method="of_agency", empty_label=_("tất cả"), widget=LeanSelect)
    pham_vi = filters.ChoiceFilter(
        label=_("Phạm vi"), choices=Fixed(SCOPES.items()), method="keep", empty_label=None, widget=LeanSelect
    )
    cap = filters.ChoiceFilter(
        label=_("Cấp"),
        choices=Fixed(Agency.Level.choices),
        field_name="agency__level",
        empty_label=_("mọi cấp"),
        widget=LeanSelect,
    )
    tuoi = filters.ChoiceFilter(
        label=_("Quá hạn"), choices=AGE_CHOICES, method="of_age", empty_label=_("mọi mức"), widget=LeanSelect
    )
    ton_qua = filters.NumberFilter(
        label=_("Tồn qua mấy văn bản"),
        method="past_letters",
        min_value=1,
        max_value=99,
        widget=LeanText(attrs={"inputmode": "numeric"}),
    )
    han = filters.DateFilter(label=_("Đến hạn ngày"), field_name="due_on", widget=LeanDate)
    linh_vuc = filters.CharFilter(label=_("Lĩnh vực"), field_name="field", widget=LeanText)
    thu_tuc = filters.CharFilter(label=_("Mã thủ tục"), field_name="procedure_code", widget=LeanText)
    can_bo = filters.CharFilter(label=_("Cán bộ xử lý"), field_name="officer", widget=LeanText)

    def __init__(self, data: Any, known: Known, *, listing: Listing, units: Choices, fields: Iterable[str], offer: Offer) -> None:
        self.listing, self.day, self.offer = listing, listing.day, offer
        super().__init__(data, known)
        self.filters["don_vi"].extra["choices"] = Fixed(units)
        offered = [("", str(_("mọi lĩnh vực"))), *((field, field) for field in fields)]
        self.filters["linh_vuc"].extra["widget"] = LeanSelect(choices=Fixed(offered))

    @cached_property
    def form(self) -> Form:
        """The library makes a class of the fields and copies them for each form; these fields are this one's own already."""
        form = Form(self.data)
        shape = {COLUMNS: ColumnsField(self.offer), ORDER: SortField(self.offer)}
        form.fields = {name: one.field for name, one in self.filters.items()} | shape
        form.fields["ngay"].widget.between(*self.listing.days)
        return form

    @property
    def bar(self) -> SafeString:
        return filter_fields(self.form, MAIN, ngay=self.day.as_of)

    @property
    def more(self) -> SafeString:
        return filter_fields(self.form, MORE)

    @property
    def columns(self) -> tuple[str, ...]:
        chosen: tuple[str, ...] = self.form.cleaned_data[COLUMNS]
        return chosen

    @property
    def shape(self) -> dict[str, str]:
        """The words that shape the table, for a form that changes its rows only."""
        size = self.data.get(PER_PAGE, "")
        return {name: value for name, value in {ORDER: self.form.cleaned_data[ORDER], PER_PAGE: size}.items() if value}

    @property
    def question(self) -> str:
        """All that was asked, but the page of the list, without what holds anyway."""
        words = {name: self.data.get(name) for name in (*MAIN, *MORE)} | self.shape | {COLUMNS: self.offer.word(self.columns)}
        return urlencode({name: value for name, value in words.items() if value and value != NARROW.get(name)})

    @property
    def hidden_errors(self) -> list[str]:
        """What is wrong with words that have no box of their own."""
        return [str(error) for name in (COLUMNS, ORDER) for error in self.form[name].errors]

    @cached_property
    def asked(self) -> list[Asked]:
        """The conditions in use, in words; the date is told beside the list."""
        return asked(self.form, [name for name in (*MAIN, *MORE) if name != DATE], dict(self.data.lists()), NARROW)

    @property
    def narrowed(self) -> bool:
        """Whether one of the less common filters is in use, or wrong."""
        return any(self.data.get(name) for name in MORE)

    def filter_queryset(self, queryset: Known) -> Known:
        chosen = queryset
        for name, one in self.filters.items():
            chosen = one.filter(chosen, self.form.cleaned_data[name])
        if any(self.form.cleaned_data[name] for name in ("tinh_trang", "tuoi", "ton_qua")):
            return chosen
        return chosen.filter(received_on__lte=self.day.as_of)

    def keep(self, known: Known, name: str, value: object) -> Known:
        """Read elsewhere: the date chose ``known``, the scope widens ``don_vi``."""
        return known

    def in_state(self, known: Known, name: str, value: str) -> Known:
        if value in MOVEMENTS:
            return moved(known, value, self.day.as_of)
        found = known.filter(STATES[value](self.day))
        return self._open(found) if value in OPEN_STATES else found

    def of_age(self, known: Known, name: str, value: str) -> Known:
        return self._open(known.filter(age(value, self.day)))

    def past_letters(self, known: Known, name: str, value: Decimal) -> Known:
        return self._open(outlived(known, self.day, int(value)))

    def _open(self, known: Known) -> Known:
        """The same dossiers, said the way the indexes of open dossiers know them."""
        return known.filter(ended_on__isnull=True) if self.listing.settled else known

    def of_agency(self, known: Known, name: str, value: str) -> Known:
        if self.form.cleaned_data["pham_vi"] != "area":
            return known.filter(agency__code=value)
        return known.filter(agency__in=AgencyPath.objects.filter(ancestor__code=value).values("agency"))

    def search(self, known: Known, name: str, value: str) -> Known:
        text = "search_text" if known.model is Dossier else "dossier__search_text"
        return known.filter(Q(**{f"{text}__contains": fold(value)}))
