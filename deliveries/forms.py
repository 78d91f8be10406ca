"""What is filled in to say which file is expected when."""

from django import forms
from django.utils.translation import gettext_lazy as _

from deliveries.models import ExpectedDelivery
from deliveries.services.schedule import JUDGED_BY, WORDS
from dossiers.forms import SystemField
from ui.forms import LeanDate, LeanText


class ExpectedDeliveryForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    system = SystemField()
    by = forms.TimeField(
        label=_("Giờ muộn nhất"),
        help_text=_("Giờ Việt Nam, ví dụ 06:00. Tệp đến từ 12 giờ trước giờ này là đúng hẹn."),
        input_formats=["%H:%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "form-control", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Chưa ghi giờ muộn nhất."), "invalid": _("Không đọc được giờ. Ghi như 06:00.")},
    )
    active_from = forms.DateField(
        label=_("Chờ từ ngày"),
        widget=LeanDate,
        error_messages={
            "required": _("Chưa ghi ngày bắt đầu."),
            "invalid": _("Ngày không đọc được. Hãy chọn ngày trên lịch hoặc viết như 07/11/2022."),
        },
    )

    class Meta:
        model = ExpectedDelivery
        fields = (*JUDGED_BY, *WORDS)
        labels = {
            "kind": _("Loại tệp"),
            "days": _("Những ngày phải có tệp"),
            "watcher": _("Ai chờ tệp này"),
            "note": _("Ghi chú"),
        }
        help_texts = {"kind": _("Chờ bản thay đổi thì bản đầy đủ cũng được tính."), "days": "", "note": ""}
        widgets = {
            "kind": forms.Select(attrs={"class": "form-select"}),
            "days": forms.Select(attrs={"class": "form-select"}),
            "watcher": LeanText,
            "note": LeanText,
        }
