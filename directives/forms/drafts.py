"""A letter to read, and what was read of it: every box is a person's to correct."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from directives.forms.explanations import UNREADABLE
from directives.models import Obligation
from directives.rules.proposals import Proposals
from directives.rules.reading_text import reference_of
from directives.rules.reading_units import Units
from directives.services.drafts import Addressed, Cited, Confirmed, Counted, Ordered
from ui.forms import LeanDate, LeanSelect, LeanText

MOST_ROWS = 300
MOST_DOSSIERS = 9_999_999
SYSTEMS = [("", _("cả hai hệ thống")), ("old", _("hệ thống cũ")), ("new", _("hệ thống mới"))]
EMPTY = {"required": _("Ô này không được để trống.")}
REFERENCE = {"required": _("Chưa ghi số, ký hiệu."), "unread": _("Ghi số và ký hiệu như 3812/UBND-TTHCC hoặc 3573-CV/VPTU.")}


class UploadForm(forms.Form):
    """A file, or the letter's text."""

    file = forms.FileField(
        label=_("Tệp công văn"),
        help_text=_("Word (.docx), PDF có lớp chữ hoặc văn bản (.txt), không quá 10 MB."),
        required=False,
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".docx,.pdf,.txt"}),
        error_messages={"empty": _("Tệp rỗng. Hãy chọn tệp khác.")},
    )
    text = forms.CharField(
        label=_("hoặc dán toàn văn"),
        help_text=_("Dán cả phần đầu, nơi nhận và chú thích cuối trang."),
        required=False,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 6}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and bool(given.get("file")) == bool(given.get("text", "").strip()):
            both = given.get("file")
            raise forms.ValidationError(
                _("Chỉ nộp một: tệp hoặc toàn văn dán vào.") if both else _("Hãy chọn tệp công văn hoặc dán toàn văn.")
            )
        return given


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    errors = {"invalid": UNREADABLE, "required": _("Chưa ghi ngày.")}
    return forms.DateField(label=label, required=required, widget=LeanDate, error_messages=errors)


def _line(label: Any, longest: int, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=required, widget=LeanText, error_messages=EMPTY)


def _lines(label: Any, rows: int, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=5000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": rows}),
        error_messages=EMPTY,
    )


def _number(label: Any, *, least: int, most: int) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"})
    errors = {"invalid": _("Ghi một số nguyên, không có chữ.")}
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most, widget=widget, error_messages=errors)


class ReferenceField(forms.CharField):
    """A number and symbol, written in the one way letters are cited by."""

    def __init__(self) -> None:
        super().__init__(label=_("Số, ký hiệu"), max_length=60, widget=LeanText, error_messages=REFERENCE)

    def clean(self, value: Any) -> str:
        given = super().clean(value)
        reference = reference_of(given)
        if not reference:
            raise forms.ValidationError(self.error_messages["unread"], code="unread")
        return reference


class UnitsField(forms.CharField):
    """Names of units or of groups of them; as many lines as one likes. Cleans to the units, each once."""

    units: Units

    def __init__(self, *, label: Any, one: bool = False, required: bool = False) -> None:
        widget = LeanText() if one else forms.Textarea(attrs={"class": "form-control", "rows": 2})
        errors = {"required": _("Chưa ghi đơn vị nào.")}
        super().__init__(label=label, max_length=5000, required=required, widget=widget, error_messages=errors)
        self.one = one

    def clean(self, value: Any) -> tuple[int, ...]:
        words = super().clean(value)
        meant = self.units.meant(";".join(words.splitlines()))
        if meant.unknown:
            raise forms.ValidationError(
                _("Chưa rõ là đơn vị nào: %(words)s. Hãy ghi đúng tên từng đơn vị; xã, phường thì thêm tên huyện."),
                params={"words": "; ".join(meant.unknown)},
                code="unknown",
            )
        if self.one and len(meant.agencies) > 1:
            raise forms.ValidationError(_("Mỗi dòng số liệu là của một đơn vị."), code="several")
        return meant.agencies


class LetterForm(forms.Form):
    """What a letter is known by."""

    reference = ReferenceField()
    issued_on = _day(_("Ngày ban hành"), required=True)
    issuer = _line(_("Cơ quan ban hành"), 200)
    signer = _line(_("Người ký"), 200, required=False)
    subject = _lines(_("Trích yếu"), 2)


class RowForm(forms.Form):
    """A row that may be left out; then nothing in it is judged."""

    keep = forms.BooleanField(label=_("Ghi nhận"), required=False, initial=True)

    def __init__(self, *args: Any, units: Units, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known_units, self.named = units, list[str]()
        for field in self.fields.values():
            if isinstance(field, UnitsField):
                field.units = units

    @property
    def meant(self) -> tuple[int, ...]:
        """The units the row's words mean as they stand in its box."""
        named = [name for name, field in self.fields.items() if isinstance(field, UnitsField)]
        words = ";".join(";".join(str(self[name].value() or "").splitlines()) for name in named)
        return self.known_units.meant(words).agencies if words else ()

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.cleaned_data.get("keep"):
            self._errors = ErrorDict()

    @property
    def kept(self) -> bool:
        """Whether the row is to be written down; an added one that was left empty is not."""
        return bool(self.cleaned_data.get("keep")) and (self.has_changed() or not self.empty_permitted)


class AddresseeForm(RowForm):
    label = _line(_("Như văn bản ghi"), 250)
    units = UnitsField(label=_("Các đơn vị được gửi"))

    def unique(self) -> list[object]:
        return [self.cleaned_data["label"]]

    def addressed(self) -> Addressed:
        return Addressed(self.cleaned_data["label"], self.cleaned_data["units"])


class CitedForm(RowForm):
    """``known``: references of letters that are written down; of any other the day is needed."""

    reference = ReferenceField()
    issued_on = _day(_("Ngày"))
    issuer = _line(_("Cơ quan ban hành"), 200, required=False)
    subject = _lines(_("Trích yếu"), 2, required=False)

    def __init__(self, *args: Any, known: Collection[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "reference" in given and given["reference"] not in self.known and not given.get("issued_on"):
            self.add_error("issued_on", _("Công văn này chưa có trong danh mục: hãy ghi ngày ban hành."))
        return given

    def unique(self) -> list[object]:
        return [self.cleaned_data["reference"]]

    def cited(self) -> Cited:
        given = self.cleaned_data
        return Cited(given["reference"], given["issued_on"], given["issuer"], given["subject"])


class FigureForm(RowForm):
    unit = UnitsField(label=_("Đơn vị"), one=True, required=True)
    as_of = _day(_("Số liệu đến ngày"), required=True)
    old = _number(_("Hệ thống cũ"), least=0, most=MOST_DOSSIERS)
    new = _number(_("Hệ thống mới"), least=0, most=MOST_DOSSIERS)
    quote = _lines(_("Câu trong văn bản"), 2)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and given.get("old") is None and given.get("new") is None:
            self.add_error("old", _("Chưa ghi số của hệ thống nào."))
        return given

    def unique(self) -> list[object]:
        return [(each.agency, each.as_of, each.system) for each in self.counted()]

    def counted(self) -> Iterator[Counted]:
        given = self.cleaned_data
        (unit,) = given["unit"]
        for system in ("old", "new"):
            if given[system] is not None:
                yield Counted(unit, system, given["as_of"], given[system], given["quote"])


class ObligationForm(RowForm):
    sentence = _lines(_("Câu trong văn bản"), 3)
    addressee = _lines(_("Bên phải thực hiện, như văn bản ghi"), 2)
    units = UnitsField(label=_("Các đơn vị phải thực hiện"))
    partner = _line(_("Bên phối hợp"), 250, required=False)
    kind = forms.ChoiceField(
        label=_("Cách xét"), choices=Obligation.Kind.choices, initial=Obligation.Kind.TASK, widget=LeanSelect
    )
    system = forms.ChoiceField(label=_("Hệ thống"), choices=SYSTEMS, required=False, widget=LeanSelect)
    percent = _number(_("Giảm (%)"), least=1, most=100)
    due_on = _day(_("Hạn thực hiện"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind = given.get("kind")
        if kind == Obligation.Kind.REDUCED and not given.get("percent"):
            self.add_error("percent", _("Ghi phải giảm bao nhiêu phần trăm, từ 1 đến 100."))
        if kind in Obligation.MEASURED and not given.get("units") and not self.has_error("units"):
            self.add_error("units", _("Yêu cầu xét bằng số liệu phải có đơn vị thực hiện."))
        return given

    def unique(self) -> list[object]:
        return []

    def ordered(self) -> Ordered:
        given = self.cleaned_data
        return Ordered(
            sentence=given["sentence"],
            addressee=given["addressee"],
            partner=given["partner"],
            agencies=given["units"],
            kind=given["kind"],
            system=given["system"] if given["kind"] in Obligation.MEASURED else "",
            percent=given["percent"] if given["kind"] == Obligation.Kind.REDUCED else None,
            due_on=given["due_on"],
        )


class Rows(BaseFormSet):  # type: ignore[type-arg]  # takes no parameter when it runs
    """Rows of one kind; no two kept ones tell the same thing."""

    def clean(self) -> None:
        if any(form.errors for form in self.forms):
            return
        told = [what for form in self.kept for what in form.unique()]
        if len(told) != len(set(told)):
            raise forms.ValidationError(_("Có hai dòng ghi cùng một điều. Hãy bỏ chọn “Ghi nhận” ở một dòng."))

    @property
    def kept(self) -> list[Any]:
        return [form for form in self.forms if form.kept]


ROWS: Mapping[str, type[RowForm]] = {
    "addressees": AddresseeForm,
    "obligations": ObligationForm,
    "figures": FigureForm,
    "cited": CitedForm,
}


class DraftForms:
    """A letter's boxes and its rows of each kind; unbound they show what was read."""

    def __init__(
        self, proposed: Proposals, units: Units, *, known: Collection[str], data: QueryDict | None = None, more: str = ""
    ) -> None:
        """``more``: the kind of rows that gets one more empty row."""
        self.letter = LetterForm(data, initial=dict(proposed.letter))
        self.rows = {kind: _rows(kind, proposed, units, known, data, more=kind == more) for kind in ROWS}

    def is_valid(self) -> bool:
        """Every part is judged, so that all that is wrong is told at once."""
        return all([self.letter.is_valid(), *(rows.is_valid() for rows in self.rows.values())]) and self._cites_others()

    def _cites_others(self) -> bool:
        own = self.letter.cleaned_data["reference"]
        for form in self.rows["cited"].kept:
            if form.cleaned_data["reference"] == own:
                form.add_error("reference", _("Công văn không dẫn chính nó."))
                return False
        return True

    @property
    def reference(self) -> str:
        """The number and symbol as they stand in the box now."""
        return reference_of(str(self.letter["reference"].value() or ""))

    def units_meant(self) -> set[int]:
        return {unit for rows in self.rows.values() for form in rows for unit in form.meant}

    def name_units(self, names: Mapping[int, str]) -> None:
        """Say beside each row which units its words mean."""
        for rows in self.rows.values():
            for form in rows:
                form.named = [names[unit] for unit in form.meant]

    def confirmed(self) -> Confirmed:
        return Confirmed(
            **self.letter.cleaned_data,
            cited=[form.cited() for form in self.rows["cited"].kept],
            addressees=[form.addressed() for form in self.rows["addressees"].kept],
            figures=[each for form in self.rows["figures"].kept for each in form.counted()],
            obligations=[form.ordered() for form in self.rows["obligations"].kept],
        )


def _rows(kind: str, proposed: Proposals, units: Units, known: Collection[str], data: QueryDict | None, *, more: bool) -> Rows:
    options = {"units": units, **({"known": known} if kind == "cited" else {})}
    if data is not None and more:
        data = _one_more(kind, data)
    factory = formset_factory(ROWS[kind], formset=Rows, extra=0, max_num=MOST_ROWS, validate_max=True)
    return cast(Rows, factory(data, initial=list(getattr(proposed, kind)), prefix=kind, form_kwargs=options))


def _one_more(kind: str, data: QueryDict) -> QueryDict:
    """What was sent, with an empty row behind the others."""
    data, total = data.copy(), f"{kind}-TOTAL_FORMS"
    number = data.get(total, "")
    if number.isdecimal():
        data[total] = str(int(number) + 1)
        for name, field in ROWS[kind].base_fields.items():
            data[f"{kind}-{number}-{name}"] = "on" if field.initial is True else str(field.initial or "")
    return data
