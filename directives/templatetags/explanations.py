"""``{% load explanations %}``: how an explanation and a call stand, as chips."""

from pathlib import PurePath

from django import template
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from directives.chips import EXPLANATIONS, STANDINGS
from directives.explanation_links import answers_url
from directives.rules.calls import Standing
from directives.selectors.explanations import CallStanding
from ui.formats import lateness
from ui.states import Mark

register = template.Library()
register.simple_tag(answers_url, name="answers")


@register.inclusion_tag("ui/chip.html")
def explanation_chip(state: str) -> dict[str, Mark | str]:
    return {"mark": EXPLANATIONS[state], "text": str(EXPLANATIONS[state].word)}


@register.inclusion_tag("ui/chip.html")
def call_chip(state: Standing) -> dict[str, Mark | str]:
    return {"mark": STANDINGS[state], "text": str(STANDINGS[state].word)}


@register.filter
def call_days(call: CallStanding) -> str:
    """``còn 3 ngày làm việc``; a deadline on a Friday is past on the Saturday, although no working day went by."""
    if call.state == "late" and not call.days_left:
        return _("vừa qua hạn")
    return lateness(-call.days_left)


@register.filter
def file_kind(attachment: FieldFile) -> str:
    """``PDF``; told by content when it was taken in (rules/attachments.py)."""
    return PurePath(attachment.name or "").suffix.removeprefix(".").upper()
