"""What is filled in to call for explanations, to give one, to decide on them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from directives.models import Directive, Explanation
from directives.services.explanations import Answer
from ui.forms import LeanDate, LeanSelect

UNREADABLE = _("Ngày không đọc được. Hãy chọn ngày trên lịch hoặc viết như 07/11/2022.")
FILES = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"


class DayAheadForm(forms.Form):
    """A form with a day to come (``day_field``) that should be worked; one that is not has to be meant."""

    day_field = ""
    day_off = forms.BooleanField(label=_("Giữ ngày này dù là ngày nghỉ"), required=False)

    @property
    def asks_day_off(self) -> bool:
        return self.has_error(self.day_field, "day_off") or bool(self["day_off"].value())


class AnswerForm(DayAheadForm):
    """A unit's explanation. ``count``: how many dossiers its sender saw, so that nobody answers for more than they looked at."""

    day_field = "promised_on"
    letter = forms.ModelChoiceField(
        Directive.objects.none(),
        label=_("Theo công văn"),
        required=False,
        empty_label=_("không theo công văn nào"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    reason = forms.ChoiceField(
        label=_("Nguyên nhân"),
        choices=[("", _("Chọn nguyên nhân")), *Explanation.Reason.choices],
        widget=LeanSelect,
        error_messages={"required": _("Chưa chọn nguyên nhân.")},
    )
    text = forms.CharField(
        label=_("Nội dung giải trình"),
        help_text=_("Nêu việc đã làm, vướng ở đâu, cần ai phối hợp. Gửi rồi không sửa được."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 6}),
        error_messages={"required": _("Chưa ghi nội dung giải trình.")},
    )
    promised_on = forms.DateField(
        label=_("Cam kết xong ngày"), required=False, widget=LeanDate, error_messages={"invalid": UNREADABLE}
    )
    attachment = forms.FileField(
        label=_("Tệp kèm theo"),
        help_text=_("PDF, Word, Excel hoặc ảnh, không quá 10 MB."),
        required=False,
        widget=forms.FileInput(attrs={"class": "form-control", "accept": FILES}),
        error_messages={"empty": _("Tệp rỗng. Hãy chọn tệp khác.")},
    )
    count = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, count: int, letters: QuerySet[Directive] | None = None, **options: Any) -> None:
        """Without ``letters`` the letter stands already."""
        super().__init__(*args, **options)
        self.fields["count"].initial = self.expected = count
        if letters is None:
            del self.fields["letter"]
        else:
            self.fields["letter"].queryset = letters  # type: ignore[attr-defined]  # a ModelChoiceField's

    def clean_count(self) -> int:
        seen: int = self.cleaned_data["count"]
        if seen != self.expected:
            words = {"before": seen, "now": self.expected}
            message = _("Danh sách đã thay đổi từ %(before)s thành %(now)s hồ sơ. Hãy xem lại rồi gửi.")
            raise forms.ValidationError(message, params=words)
        return seen

    def answer(self) -> Answer:
        given = self.cleaned_data
        file = given["attachment"]
        return Answer(given["reason"], given["text"], given["promised_on"], given["day_off"], file.file if file else None)


class CallForm(DayAheadForm):
    """Which units are asked to explain, by when."""

    day_field = "answer_by"
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(), error_messages={"required": _("Chưa chọn đơn vị nào.")}, label=_("Đơn vị")
    )
    answer_by = forms.DateField(
        label=_("Hạn giải trình"),
        widget=LeanDate,
        error_messages={"required": _("Chưa ghi hạn giải trình."), "invalid": UNREADABLE},
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agencies"].queryset = agencies  # type: ignore[attr-defined]  # a ModelMultipleChoiceField's

    @property
    def ticked(self) -> set[str]:
        return {str(value) for value in self["agencies"].value() or ()}


class DecideForm(forms.Form):
    """Accept or return these explanations."""

    giai_trinh = forms.ModelMultipleChoiceField(
        Explanation.objects.none(), error_messages={"required": _("Chưa chọn giải trình nào. Hãy đánh dấu trong danh sách.")}
    )
    verdict = forms.ChoiceField(choices=[("accept", ""), ("return", "")])
    remark = forms.CharField(
        label=_("Ý kiến"),
        help_text=_("Bắt buộc khi trả lại: đơn vị cần bổ sung gì."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
    )

    def __init__(self, *args: Any, explanations: QuerySet[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["giai_trinh"].queryset = explanations  # type: ignore[attr-defined]  # a ModelMultipleChoiceField's
