"""What an administrator fills in about units: who answers for which, and how names are written."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.forms import AccountForm
from agencies.models import Agency, AgencyAlias
from agencies.services import alias_checked


class AgencyField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """Two communes share a name: each unit is shown with the one above it, or the day it began."""

    def label_from_instance(self, obj: Agency) -> str:
        if obj.valid_from:
            return _("%(name)s (từ %(day)s)") % {"name": obj.name, "day": f"{obj.valid_from:%d/%m/%Y}"}
        return f"{obj.name} ({obj.parent})" if obj.parent else obj.name


class AgencyPicker(FilteredSelectMultiple):
    """Two lists side by side; in a box of its own, else the admin's script puts them before the label."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return format_html("<div>{}</div>", super().render(name, value, attrs, renderer))


class PersonForm(AccountForm):
    """An account with the units the person answers for."""

    agencies = AgencyField(
        label=_("Đơn vị phụ trách"),
        queryset=Agency.objects.select_related("parent"),
        required=False,
        widget=AgencyPicker(_("đơn vị"), is_stacked=False),
        help_text=_("Người dùng xem được các đơn vị này và mọi đơn vị trực thuộc."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["agencies"] = list(self.instance.memberships.values_list("agency_id", flat=True))


class AliasForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    class Meta:
        model = AgencyAlias
        fields = ("agency", "text")
        help_texts = {"agency": "", "text": _("Như trong tệp; chữ hoa, dấu và khoảng trắng không phân biệt.")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "agency" in cleaned and "text" in cleaned:
            alias_checked(agency=cleaned["agency"], text=cleaned["text"])
        return cleaned
