"""What is filled in to draft a letter, and to change its template."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.models import Directive
from drafting.selectors import UnitFigures
from ui.forms import LeanDate
from worktime.rules import CalendarMissing, WorkCalendar

UNREADABLE = _("Ngày không đọc được. Hãy chọn ngày trên lịch hoặc viết như 07/11/2022.")


class DraftForm(forms.Form):
    """The units and letters on offer are those of the day of the figures."""

    use_required_attribute = False
    don_vi = forms.MultipleChoiceField(label=_("Đơn vị được nêu"), error_messages={"required": _("Hãy chọn ít nhất một đơn vị.")})
    van_ban = forms.MultipleChoiceField(label=_("Văn bản được dẫn"), required=False)
    trich_yeu = forms.CharField(
        label=_("Trích yếu (V/v)"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={"required": _("Hãy ghi trích yếu của công văn.")},
    )
    han = forms.DateField(
        label=_("Hạn giải quyết"),
        widget=LeanDate,
        error_messages={"invalid": UNREADABLE, "required": _("Hãy chọn hạn giải quyết.")},
    )
    tu_ngay = forms.DateField(
        label=_("Phụ lục I từ sau ngày"),
        help_text=_("Các hồ sơ đã giải quyết chậm sau ngày này; thường là ngày của văn bản trước."),
        widget=LeanDate,
        error_messages={"invalid": UNREADABLE, "required": _("Hãy chọn ngày.")},
    )

    def __init__(
        self,
        *args: Any,
        units: Iterable[UnitFigures],
        letters: Sequence[Directive],
        as_of: date,
        calendar: WorkCalendar,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.as_of, self.calendar = as_of, calendar
        self.letters = {one.slug: one for one in letters}
        self.fields["don_vi"].choices = [(one.agency.code, one.agency.name) for one in units]  # type: ignore[attr-defined]
        self.fields["van_ban"].choices = [(slug, str(one)) for slug, one in self.letters.items()]  # type: ignore[attr-defined]

    def clean_han(self) -> date:
        due: date = self.cleaned_data["han"]
        if due <= self.as_of:
            raise forms.ValidationError(_("Hạn giải quyết phải sau ngày của số liệu."))
        try:
            off = self.calendar.off_reason(due)
        except CalendarMissing as error:
            raise forms.ValidationError(str(error)) from error
        if off:
            raise forms.ValidationError(_("Ngày này là ngày nghỉ. Hãy chọn ngày làm việc."))
        return due

    def clean_tu_ngay(self) -> date:
        since: date = self.cleaned_data["tu_ngay"]
        if since >= self.as_of:
            raise forms.ValidationError(_("Phải trước ngày của số liệu."))
        return since

    @property
    def cited(self) -> list[Directive]:
        return [self.letters[slug] for slug in self.cleaned_data["van_ban"]]


class TemplateForm(forms.Form):
    tep = forms.FileField(
        label=_("Tệp mẫu (.docx)"),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".docx"}),
        error_messages={"required": _("Hãy chọn tệp mẫu."), "empty": _("Tệp mẫu rỗng.")},
    )
