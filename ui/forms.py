"""Form widgets that print themselves: Django renders a template per widget and per option, too slow for a bar on every page."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any, Self

from django.forms import BaseForm, BoundField, DateInput, Select, TextInput
from django.forms.widgets import Input, Widget
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ui.formats import day

Attributes = dict[str, Any]


class Fixed(BaseChoiceIterator):
    """Choices that stand: forms neither copy them nor look through them again."""

    def __init__(self, choices: Iterable[tuple[str, str | Promise]]) -> None:
        self.pairs = tuple(choices)

    def __iter__(self) -> Iterator[tuple[str, str | Promise]]:
        return iter(self.pairs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class LeanSelect(Select):
    """A ``<select>`` of flat choices."""

    def render(self, name: str, value: Any, attrs: Attributes | None = None, renderer: Any = None) -> SafeString:
        options = _options(tuple((str(key), str(label)) for key, label in self.choices))
        if value not in (None, ""):
            mark = f'value="{escape(str(value))}"'
            options = options.replace(f"{mark}>", f"{mark} selected>", 1)
        return mark_safe(f"<select{_attributes(self, attrs, name=name)}>{options}</select>")  # noqa: S308  # escaped in parts


class _Input(Input):
    def render(self, name: str, value: Any, attrs: Attributes | None = None, renderer: Any = None) -> SafeString:
        own = {"type": self.input_type, "name": name, "value": self.format_value(value)}
        return mark_safe(f"<input{_attributes(self, attrs, **own)}>")  # noqa: S308  # escaped in parts


class LeanText(_Input, TextInput):
    pass


class LeanSearch(LeanText):
    input_type = "search"


class LeanDate(_Input, DateInput):
    """A day as people here write it, 07/11/2022, whatever the browser's language, and a calendar to pick it from.

    With ``steps`` also a button for the day before and for the day after. ``static/js/dates.js`` sends it as 2022-11-07.
    """

    kind = "day"
    wrong: str | Promise = gettext_lazy("Ngày không đọc được. Hãy chọn ngày trên lịch hoặc viết như 07/11/2022.")

    def __init__(self, attrs: Attributes | None = None, *, steps: bool = False, format: str = "%d/%m/%Y") -> None:
        super().__init__(attrs, format)
        self.steps = steps

    def format_value(self, value: Any) -> str | None:
        """A day as addresses write it is shown as people do; what is no day stays as it was typed."""
        try:
            return day(date.fromisoformat(value))
        except (TypeError, ValueError):
            return super().format_value(value)

    def render(self, name: str, value: Any, attrs: Attributes | None = None, renderer: Any = None) -> SafeString:
        said = {
            "inputmode": "numeric",
            "autocomplete": "off",
            "placeholder": _("ngày/tháng/năm"),
            "data-date": self.kind,
            "data-wrong": self.wrong,
        }
        parts = [
            _date_button(_("Ngày trước"), icon="chevron-left", action='data-step="-1"') if self.steps else "",
            super().render(name, value, {**said, **(attrs or {})}),
            _date_button(_("Chọn trên lịch"), icon="calendar", action='data-calendar aria-haspopup="dialog"'),
            _date_button(_("Ngày sau"), icon="chevron-right", action='data-step="1"') if self.steps else "",
        ]
        return mark_safe(f'<span class="date-box">{"".join(parts)}</span>')  # noqa: S308  # escaped in parts

    def between(self, first: date | None, last: date | None) -> None:
        """Days outside are not offered. The server answers for any day; this only saves a vain question."""
        limits = {"data-min": first, "data-max": last}
        self.attrs |= {name: limit.isoformat() for name, limit in limits.items() if limit}
        if first and last:
            self.attrs["data-outside"] = _("Chỉ có số liệu từ %(first)s đến %(last)s.") % {"first": day(first), "last": day(last)}


class LeanMoment(LeanDate):
    """A moment: the day as in LeanDate, then the time, 07/11/2022 17:00. The calendar sets the day and leaves the time alone."""

    kind = "moment"
    wrong = gettext_lazy("Không đọc được thời điểm. Ghi như 07/11/2022 17:00.")

    def __init__(self, attrs: Attributes | None = None) -> None:
        super().__init__(attrs, format="%d/%m/%Y %H:%M")


def _date_button(label: str, *, icon: str, action: str) -> str:
    return f'<button type="button" class="btn i-{icon}" {action} aria-label="{escape(label)}"></button>'


@lru_cache(maxsize=256)
def _options(choices: tuple[tuple[str, str], ...]) -> str:
    """Keyed by what is offered, so nobody is ever offered what another may see."""
    return "".join(f'<option value="{escape(key)}">{escape(label)}</option>' for key, label in choices)


def _attributes(widget: Widget, attrs: Attributes | None, **own: Any) -> str:
    look = "form-select" if isinstance(widget, Select) else "form-control"
    named = {"class": look, **own, **widget.attrs, **(attrs or {})}
    return "".join(
        f" {key}" if text is True else f' {key}="{escape(str(text))}"' for key, text in named.items() if text not in (None, False)
    )


def filter_fields(form: BaseForm, names: Iterable[str], **shown: object) -> SafeString:
    """These fields of a filter bar with their labels and errors; ``shown`` stands in boxes that were left empty."""
    return mark_safe("".join([_filter_field(form[name], shown.get(name)) for name in names]))  # noqa: S308  # escaped in parts


def _filter_field(field: BoundField, shown: object) -> str:
    told = "".join([f'<p class="invalid-feedback d-block">{escape(str(error))}</p>' for error in field.errors])
    errors = told and f'<div id="{field.auto_id}_error">{told}</div>'  # as the field's aria-describedby says
    label = f'<label for="{field.id_for_label}">{escape(str(field.label))}</label>'
    attributes = field.build_widget_attrs({"id": field.auto_id})
    box = field.field.widget.render(field.html_name, field.value() or shown, attributes)
    return f'<div class="filter-field">{label}{box}{errors}</div>'
