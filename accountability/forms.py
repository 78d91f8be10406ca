"""What is filled in on the pages of reviews."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accountability.models import Criteria
from accountability.services import LIMITS


class CriteriaForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    class Meta:
        model = Criteria
        fields = (*LIMITS, "reason")
        labels = {
            "periods": _("Số tháng xét"),
            "late_periods": _("Số tháng có hồ sơ quá hạn"),
            "floor": _("Từ bao nhiêu hồ sơ"),
            "letters": _("Số văn bản đã tồn qua"),
            "least": _("Số tiêu chí phải đáp ứng"),
            "reason": _("Căn cứ, lý do"),
        }
        error_messages = {"reason": {"required": _("Hãy ghi căn cứ, lý do đổi tiêu chí.")}}
        widgets = {
            **{name: forms.NumberInput(attrs={"class": "form-control", "min": 1}) for name in LIMITS},
            "reason": forms.Textarea(attrs={"class": "form-control", "rows": 3}),
        }
