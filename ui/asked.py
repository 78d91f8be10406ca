"""What a filter form was asked, in words: the chips above a list, the head of its print and of its file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.forms import BaseForm, ChoiceField, Field

from ui.addresses import PAGE, Query, address
from ui.formats import day


@dataclass(frozen=True, slots=True)
class Asked:
    """One condition in use; ``without`` is the address of the same page without it."""

    name: str
    label: str
    text: str
    without: str


def asked(form: BaseForm, names: Iterable[str], query: Query, narrow: Mapping[str, str]) -> list[Asked]:
    """The conditions of a valid form among these, in this order. ``narrow``: choices that hold without being made."""
    found = []
    for name in names:
        value = form.cleaned_data[name]
        if value and value != narrow.get(name):
            field = form.fields[name]
            found.append(Asked(name, str(field.label), _told(field, value), address(query, **{name: None, PAGE: None})))
    return found


def sentence(conditions: Iterable[Asked]) -> str:
    """``Hệ thống: Hệ thống cũ; Đơn vị: UBND huyện Đăk Tô``."""
    return "; ".join(f"{one.label}: {one.text}" for one in conditions)


def _told(field: Field, value: object) -> str:
    if isinstance(value, date):
        return day(value)
    choices: Iterable[tuple[object, object]] = field.choices if isinstance(field, ChoiceField) else ()  # type: ignore[assignment]  # flat ones
    return next((str(label) for key, label in choices if key == value), str(value))
