"""What a person fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.models import ImportBatch, SourceSystem
from ui.forms import LeanMoment


class SystemField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """One of the two systems, which has to be chosen: none is more likely than the other."""

    def __init__(self) -> None:
        super().__init__(
            SourceSystem.objects.order_by("-code"),
            label=_("Hệ thống nguồn"),
            empty_label=_("Chọn hệ thống"),
            widget=forms.Select(attrs={"class": "form-select"}),
            error_messages={"required": _("Chưa chọn hệ thống.")},
        )


class ImportForm(forms.Form):
    """A file, which system it comes from, whether it is complete, and which moment it describes."""

    file = forms.FileField(
        label=_("Tệp hồ sơ"),
        help_text=_("Sổ theo dõi .xlsx hoặc .csv, hoặc JSON của DongBoHoSoMC, CapNhatTienDoHoSoMC, iGate."),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".xlsx,.csv,.txt,.json"}),
        error_messages={"required": _("Chưa chọn tệp."), "empty": _("Tệp rỗng. Hãy xuất lại từ hệ thống nguồn rồi nộp lại.")},
    )
    system = SystemField()
    kind = forms.ChoiceField(
        label=_("Loại tệp"),
        help_text=_("Bản đầy đủ có mọi hồ sơ đang giải quyết: hồ sơ vắng mặt sẽ được nêu ra."),
        choices=ImportBatch.Kind.of_files,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    data_as_of = forms.DateTimeField(
        label=_("Thời điểm số liệu"),
        help_text=_("Lúc hệ thống nguồn xuất tệp, không phải lúc nộp. Ghi ngày/tháng/năm giờ:phút."),
        widget=LeanMoment,
        input_formats=["%d/%m/%Y %H:%M"],
        error_messages={
            "required": _("Chưa ghi thời điểm số liệu."),
            "invalid": _("Không đọc được thời điểm. Ghi như 07/11/2022 17:00."),
        },
    )
    asks = forms.BooleanField(
        label=_("Xem trước rồi mới ghi"),
        help_text=_("Tệp được xét thử: bao nhiêu hồ sơ mới, thay đổi, bị loại. Chưa ghi gì cho đến khi anh/chị xác nhận."),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )


class RevealForm(forms.Form):
    """Why somebody needs an applicant's full name."""

    reason = forms.CharField(label=_("Lý do"), min_length=5, max_length=200)
