"""The words of these pages' addresses. A wrong word is refused with a reason, never ignored."""

from collections.abc import Collection
from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from reports.columns import OFFER
from reports.documents import no_such_field
from reports.selectors.overview import field_meant
from reports.selectors.ranking import Filters
from ui.addresses import COLUMNS
from ui.asked import Asked, asked
from ui.columns import ColumnsField, SortField
from ui.forms import Fixed, LeanDate, LeanSearch, LeanSelect
from ui.states import SCOPES, SYSTEMS

DEFAULTS = {("pham_vi", "own"), ("sap_xep", "rank")}


class DayForm(forms.Form):
    """``?ngay=``: the date of the figures; without it the newest night."""

    use_required_attribute = False
    ngay = forms.DateField(
        label=_("Ngày số liệu"),
        required=False,
        widget=LeanDate(steps=True),
        error_messages={"invalid": _("Ngày không đọc được. Hãy chọn ngày trên lịch hoặc viết như 07/11/2022.")},
    )

    def offer_days(self, days: tuple[date, date] | None) -> None:
        """The calendar offers days with figures; others may be asked for and are told to have none."""
        if days:
            self.fields["ngay"].widget.between(*days)

    def words(self) -> dict[str, str]:
        """The address of this selection: what was chosen and differs from what holds without choosing."""
        chosen = {name: str(value) for name, value in self.cleaned_data.items() if value}
        return {name: value for name, value in chosen.items() if (name, value) not in DEFAULTS}


class ScopeForm(DayForm):
    """``pham_vi``: the unit's own dossiers, or with all units under it."""

    pham_vi = forms.ChoiceField(label=_("Phạm vi"), choices=Fixed(SCOPES.items()), required=False, widget=LeanSelect)

    def clean_pham_vi(self) -> str:
        return self.cleaned_data["pham_vi"] or "own"


class OverviewForm(ScopeForm):
    """The scope is chosen beside the map; here it only stays as it is when the date changes."""

    pham_vi = forms.ChoiceField(choices=Fixed(SCOPES.items()), required=False, widget=forms.HiddenInput)


class RankingForm(ScopeForm):
    q = forms.CharField(
        label=_("Tìm đơn vị"),
        max_length=100,
        required=False,
        widget=LeanSearch(attrs={"autocomplete": "off"}),
    )
    he_thong = forms.ChoiceField(
        label=_("Hệ thống"), choices=[("", _("cả hai")), *SYSTEMS.items()], required=False, widget=LeanSelect
    )
    cap = forms.ChoiceField(
        label=_("Cấp"), choices=[("", _("mọi cấp")), *Agency.Level.choices], required=False, widget=LeanSelect
    )
    linh_vuc = forms.CharField(label=_("Lĩnh vực"), max_length=120, required=False, widget=LeanSelect)
    sap_xep = SortField(OFFER)
    cot = ColumnsField(OFFER)
    field_order = ["q", "ngay", "pham_vi", "cap", "he_thong", "linh_vuc", "sap_xep"]

    def clean_sap_xep(self) -> str:
        return self.cleaned_data["sap_xep"] or "rank"

    def words(self) -> dict[str, str]:
        words = super().words() | {COLUMNS: OFFER.word(self.cleaned_data[COLUMNS])}
        return {name: value for name, value in words.items() if value}

    def asked(self) -> list[Asked]:
        """The conditions in use, in words; the date is told beside the figures."""
        return asked(self, ("q", "pham_vi", "cap", "he_thong", "linh_vuc"), self.words(), dict(DEFAULTS))

    def offer_fields(self, names: Collection[str], *, agencies: QuerySet[Agency]) -> None:
        """The fields to choose from. The chosen one stays on offer without figures that day; no field at all is an error."""
        chosen = self.cleaned_data["linh_vuc"]
        extra = [chosen] if chosen and chosen not in names else []
        if extra and not field_meant(chosen, agencies=agencies):
            self.add_error("linh_vuc", no_such_field(chosen))
        widget = self.fields["linh_vuc"].widget
        widget.choices = [("", _("mọi lĩnh vực")), *((name, name) for name in [*names, *extra])]

    @property
    def explained(self) -> bool:
        """Whether the column of explained dossiers is shown or sorted by."""
        return "explained" in (*self.cleaned_data[COLUMNS], self.cleaned_data["sap_xep"].removeprefix("-"))

    def filters(self) -> Filters:
        """The selection in the selectors' words."""
        asked = self.cleaned_data
        return {
            "scope": asked["pham_vi"],
            "system": asked["he_thong"] or None,
            "level": asked["cap"] or None,
            "field": asked["linh_vuc"] or None,
        }
