"""``{% load following %}``: fates, courses and judgements as chips and sentences; links to the lists behind numbers."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from directives.links import cohort_url
from directives.rules.fate import FATES as ORDER
from directives.rules.flow import Flow
from directives.selectors.orders import OrderStanding
from directives.sentences import check_sentence, measure_words
from directives.words import ANSWERS, CHECKS, COURSES, FATES
from ui.formats import integer
from ui.states import Mark

register = template.Library()
register.filter("check_text", check_sentence)
register.filter("measure_text", measure_words)
CHIPS: dict[str, Mapping[Any, Mark]] = {"fate": FATES, "course": COURSES, "check": CHECKS, "answer": ANSWERS}


@register.inclusion_tag("ui/chip.html")
def mark_chip(kind: str, word: str, count: int | None = None) -> dict[str, Mark | str]:
    """A word of one of these kinds; with ``count`` the number stands before it."""
    mark = CHIPS[kind][word]
    return {"mark": mark, "text": str(mark.word) if count is None else f"{integer(count)} {mark.word}"}


@register.simple_tag
def listed(count: int, slug: str, words: Mapping[str, str], result: str = "", unit: str = "", system: str = "") -> SafeString:
    """A number as the link to the dossiers it counts; 0 counts none and links nowhere."""
    if not count:
        return format_html("{}", integer(0))
    more = {"ket_qua": result} | ({"don_vi": unit} if unit else {}) | ({"he_thong": system} if system else {})
    return format_html('<a href="{}">{}</a>', cohort_url(slug, **{**words, **more}), integer(count))


@register.simple_tag
def cohort_link(count: int, slug: str, day: str, unit: str, result: str) -> SafeString:
    """The same for one unit on one day, without a selection around it."""
    return listed(count, slug, {"ngay": day}, result, unit)


@register.filter
def by_state(order: OrderStanding) -> Iterable[tuple[str, str, int]]:
    """(kind of word, word, how many units), the most pressing first."""
    kind = "check" if order.measured else "answer"
    states = order.states
    return [(kind, word, states[word]) for word in CHIPS[kind] if word in states]


@register.filter
def ways_out(flow: Flow) -> Iterable[tuple[str, int]]:
    """The fates of a list's dossiers that are not simply still overdue, in the order of the rule."""
    return [(fate, flow.fates[fate]) for fate in ORDER if fate != "overdue" and flow.fates[fate]]
