"""What is filled in to give a key out."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.forms import SystemField
from exchange.models import ApiKey, Service
from ui.forms import LeanDate


class KeyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    system = SystemField()
    services = forms.MultipleChoiceField(
        label=_("Được gửi"),
        choices=Service.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"required": _("Chọn ít nhất một loại được gửi.")},
    )

    class Meta:
        model = ApiKey
        fields = ("name", "system", "services", "per_minute", "expires_on")
        labels = {"name": _("Bên giữ khóa"), "per_minute": _("Yêu cầu mỗi phút"), "expires_on": _("Dùng đến hết ngày")}
        error_messages = {"name": {"required": _("Ghi ai giữ khóa này, để sau này biết thu hồi của ai.")}}
        widgets = {
            "name": forms.TextInput(attrs={"class": "form-control"}),
            "per_minute": forms.NumberInput(attrs={"class": "form-control", "min": 1}),
            "expires_on": LeanDate(),
        }

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.today = today

    def clean_expires_on(self) -> date | None:
        last: date | None = self.cleaned_data["expires_on"]
        if last and last < self.today:
            raise forms.ValidationError(_("Ngày này đã qua: khóa sẽ không dùng được."))
        return last
