"""The words of the pages that follow a letter. A wrong word is refused with a reason, never ignored."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from directives.models import ObligationAnswer
from directives.words import FATES, GROUPS
from ui.asked import Asked, asked
from ui.forms import Fixed, LeanDate, LeanSelect, filter_fields
from ui.states import SYSTEMS

RESULTS = [*GROUPS.items(), *((fate, mark.word) for fate, mark in FATES.items())]


class FollowForm(forms.Form):
    """``don_vi``, ``he_thong``: one unit's lists, one system's; ``ngay``: the end of that day, else the newest."""

    use_required_attribute = False
    don_vi = forms.ChoiceField(
        label=_("Đơn vị"),
        required=False,
        widget=LeanSelect,
        error_messages={"invalid_choice": _("Đơn vị này không có danh sách của công văn. Hãy chọn trong ô Đơn vị.")},
    )
    he_thong = forms.ChoiceField(
        label=_("Hệ thống"), choices=[("", _("cả hai")), *SYSTEMS.items()], required=False, widget=LeanSelect
    )
    ngay = forms.DateField(
        label=_("Ngày số liệu"),
        required=False,
        widget=LeanDate(steps=True),
        error_messages={"invalid": _("Ngày không đọc được. Hãy chọn ngày trên lịch hoặc viết như 07/11/2022.")},
    )

    def __init__(self, data: object, *, units: Iterable[Agency], days: tuple[date, date] | None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        unit = self.fields["don_vi"]
        unit.choices = Fixed([("", _("tất cả")), *((one.code, one.name) for one in units)])  # type: ignore[attr-defined]
        self.days = days
        if days:
            self.fields["ngay"].widget.between(*days)

    def clean_ngay(self) -> date | None:
        chosen: date | None = self.cleaned_data["ngay"]
        if chosen and self.days and not self.days[0] <= chosen <= self.days[1]:
            raise forms.ValidationError(
                _("Danh sách được theo dõi từ %(first)s đến %(last)s. Hãy chọn ngày trong khoảng đó."),
                params={"first": f"{self.days[0]:%d/%m/%Y}", "last": f"{self.days[1]:%d/%m/%Y}"},
            )
        return chosen

    bar_fields: tuple[str, ...] = ("don_vi", "he_thong", "ngay")

    @property
    def bar(self) -> SafeString:
        return filter_fields(self, self.bar_fields, ngay=self.days[1] if self.days else "")

    @property
    def day(self) -> date | None:
        """The day asked for, else the newest; None while nothing is followed."""
        chosen: date | None = self.cleaned_data["ngay"]
        return chosen or (self.days[1] if self.days else None)

    @property
    def words(self) -> dict[str, str]:
        """The address of this selection."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class CohortForm(FollowForm):
    """``ket_qua``: dossiers of one fate, of a group of fates, or newcomers beside the list."""

    ket_qua = forms.ChoiceField(
        label=_("Kết quả"), choices=Fixed([("", _("cả danh sách")), *RESULTS]), required=False, widget=LeanSelect
    )
    bar_fields = ("ket_qua", "don_vi", "he_thong", "ngay")

    @property
    def asked(self) -> list[Asked]:
        return asked(self, ("ket_qua", "don_vi", "he_thong"), {name: [value] for name, value in self.words.items()}, {})


class AnswerForm(forms.Form):
    """What a unit says of an order no figure measures."""

    state = forms.ChoiceField(label=_("Tình hình thực hiện"), choices=ObligationAnswer.State.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Nội dung báo cáo"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Nêu việc đã làm, kết quả, vướng mắc và thời gian hoàn thành."),
        error_messages={"required": _("Hãy ghi nội dung báo cáo trước khi gửi.")},
    )
