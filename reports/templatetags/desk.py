"""``{% load desk %}``: what a unit's desk prints."""

from collections.abc import Mapping, Sequence
from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

from dossiers.models import STATUSES
from reports.notes import brief, moved
from reports.rules.strip import Stretch
from reports.selectors.desk import Desk, Job
from reports.selectors.unit import LetterFigure
from reports.selectors.worklist import Sheet

register = template.Library()


@register.filter
def of_system(jobs: Mapping[str, Sequence[Job]], system: str) -> Sequence[Job]:
    """The jobs of one system."""
    return jobs.get(system, ())


@register.filter
def status_name(status: int) -> str:
    """The national status in words: why a clock stands."""
    return str(STATUSES[status])


@register.filter
def since_letter(figure: LetterFigure) -> str:
    """The change of our own figure since the date a letter speaks of."""
    return moved(figure.since, (figure.system,) if figure.stuck else (), (figure.system,))


@register.filter
def holds(stretch: Stretch, desk: Desk) -> bool:
    """Whether the present day lies in this part of the strip."""
    return desk.current and stretch.first <= desk.day <= stretch.last


@register.filter
def day_of(value: date, as_of: date) -> str:
    """``10/11``; with the year where it is another one."""
    return brief(value, as_of)


@register.filter
def weekday(value: date) -> str:
    """A day's name within a sentence: ``thứ 5``, ``chủ nhật``, ``Thursday``."""
    name = date_format(value, "l")
    return name if get_language() == "en" else name.lower()


@register.filter
def due_on(sheet: Sheet, day: date) -> int:
    """How many of a sheet's dossiers are due on that day."""
    return len(dict(sheet.due).get(day, ()))
