"""Which columns a table shows, in which order: the words of an address, the fields that read them, the menu of columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ui.addresses import COLUMNS, Query, address
from ui.language import remembered


@dataclass(frozen=True, eq=False)
class Offer:
    """The columns a table can show, by name, in its order. One per kind of table, so equal only to itself."""

    labels: Mapping[str, str | Promise]
    usual: tuple[str, ...]  # shown when nothing else is asked
    fixed: tuple[str, ...]  # say what a row is about: always shown, in front
    sorts: tuple[str, ...]  # those it can be sorted by

    def word(self, columns: Sequence[str]) -> str:
        """What an address says of these columns: nothing when they are the usual ones."""
        return "" if tuple(columns) == self.usual else ",".join(columns)

    def menu(self, columns: Sequence[str], query: Query) -> "Menu":
        return Menu(_choices(self, tuple(columns)), ",".join(self.usual), address(query, **{COLUMNS: None}))


@dataclass(frozen=True, slots=True)
class Menu:
    """For ``ui/columns.html``. ``choices``: a box per column; ``reset``: the address of the page with its usual columns."""

    choices: SafeString
    usual: str
    reset: str


@remembered(maxsize=256)
def _choices(offer: Offer, columns: tuple[str, ...]) -> SafeString:
    """Boxes of the page's filter form, wherever the menu stands; what names the rows cannot be taken away."""
    parts = [
        (" checked" if name in columns else "", " disabled" if name in offer.fixed else "", name, label)
        for name, label in offer.labels.items()
    ]
    box = '<label><input type="checkbox" name="cot" value="{2}" form="bo-loc"{0}{1}>{3}</label>\n'
    return format_html_join("", box, parts)


class Joined(forms.HiddenInput):
    """Said once with commas (``cot=code,due``, as our links do) or several times (as a browser sends ticked boxes)."""

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> str:
        said = data.getlist(name) if isinstance(data, MultiValueDict) else [data.get(name, "")]
        return ",".join(filter(None, said))


class ColumnsField(forms.Field):
    """Names of columns to show, in the order asked; what a table does not have is refused by name."""

    widget = Joined

    def __init__(self, offer: Offer) -> None:
        super().__init__(required=False)
        self.offer = offer

    def clean(self, value: Any) -> tuple[str, ...]:
        names = [name for name in str(value or "").split(",") if name]
        if not names:
            return self.offer.usual
        wrong = [name for name in names if name not in self.offer.labels]
        if wrong:
            words = {"names": ", ".join(wrong), "known": ", ".join(self.offer.labels)}
            raise forms.ValidationError(_("Không có cột “%(names)s”. Các cột chọn được: %(known)s.") % words)
        return tuple(dict.fromkeys([*self.offer.fixed, *names]))


class SortField(forms.Field):
    """The name of a column to sort by, ``-`` in front for descending."""

    widget = forms.HiddenInput

    def __init__(self, offer: Offer) -> None:
        super().__init__(required=False)
        self.offer = offer

    def clean(self, value: Any) -> str:
        asked = str(value or "")
        if asked and asked.removeprefix("-") not in self.offer.sorts:
            words = {"name": asked, "known": ", ".join(self.offer.sorts)}
            raise forms.ValidationError(_("Không sắp xếp được theo “%(name)s”. Các cột sắp xếp được: %(known)s.") % words)
        return asked


def order_text(order: str, label: Callable[[str], object]) -> str:
    """By which column rows stand, in words."""
    text = _("%(column)s, giảm dần") if order.startswith("-") else _("%(column)s, tăng dần")
    return text % {"column": label(order.removeprefix("-"))}
