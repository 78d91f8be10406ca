"""``{% load reviews %}``: criteria and facts in words."""

from collections.abc import Iterator

from django import template

from accountability.models import Criteria
from accountability.rules import CRITERIA
from accountability.selectors import Candidate
from accountability.sentences import NAMES, criteria_lines, criterion_text, fact_text, version_text

register = template.Library()
register.filter("criteria_version", version_text)
register.filter("criteria_lines", criteria_lines)


@register.filter
def compared(one: Candidate, criteria: Criteria) -> Iterator[tuple[str, str, str, bool]]:
    """(name of the criterion, what it asks for, what the unit's figures say, whether they meet it)."""
    for criterion in CRITERIA:
        yield (
            str(NAMES[criterion]),
            criterion_text(criterion, criteria),
            fact_text(criterion, one.facts, criteria),
            criterion in one.met,
        )
