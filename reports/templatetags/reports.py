"""``{% load reports %}``: numbers that lead to the lists they count."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.forms import DayForm
from reports.notes import doubt, moved, since
from reports.selectors.overview import Headline
from reports.selectors.ranking import Ranking
from reports.tables import Lists
from ui.formats import AGE_LABELS, integer
from ui.forms import filter_fields
from ui.graphics import AGE_KEYS

register = template.Library()


@register.simple_tag
def filter_bar(form: DayForm, as_of: date | str) -> SafeString:
    """The form's fields; the date in use (none for a form that cannot be read) stands in its box."""
    return filter_fields(form, [field.name for field in form.visible_fields()], ngay=as_of)


@register.simple_tag
def list_of(lists: Lists, state: str, number: int | None, **words: str) -> str:
    """A count, linked to its list unless there is nothing in it or no list holds exactly these."""
    address = lists.of(state, **{word: value or None for word, value in words.items()}) if number else ""
    return format_html('<a href="{}">{}</a>', address, integer(number)) if address else integer(number)


@register.simple_tag
def held_by(lists: Lists, state: str, number: int, word: str, key: str) -> str:
    """A procedure's or officer's count; what the source leaves blank has no list of its own."""
    return list_of(lists, state, number, **{word: key}) if key else integer(number)


@register.simple_tag
def at_day(words: Mapping[str, str], value: date) -> str:
    """The same page with the same choices on another date."""
    return "?" + urlencode({**words, "ngay": value.isoformat()})


@register.filter
def by_age(ages: Sequence[int]) -> Iterator[tuple[str, str | Promise, int]]:
    """(word of the address, label, count) for each age, youngest first."""
    return zip(AGE_KEYS, AGE_LABELS, ages, strict=True)


@register.filter
def compared(line: Headline, ranking: Ranking) -> Iterator[str]:
    """The change against each comparison; none for a system without data."""
    systems = (line.system,) if line.system else ranking.live
    for item, value in zip(ranking.comparisons, line.changes, strict=False):
        yield moved(value, tuple(system for system in item.stuck if system in systems), systems)


register.simple_tag(since)
register.filter(doubt)
