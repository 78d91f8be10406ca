"""``{% load exchange %}``: how a key's state looks."""

from django import template
from django.utils.translation import gettext_lazy as _

from exchange.rules import KeyState
from ui.states import Mark

register = template.Library()

STATES = {
    KeyState.OPEN: Mark(_("Đang dùng được"), icon="circle-check", tone="calm"),
    KeyState.EXPIRED: Mark(_("Hết hạn"), icon="clock-x", tone="plain"),
    KeyState.REVOKED: Mark(_("Đã thu hồi"), icon="ban", tone="plain"),
}


@register.inclusion_tag("ui/chip.html")
def key_chip(state: KeyState) -> dict[str, Mark | str]:
    mark = STATES[state]
    return {"mark": mark, "text": str(mark.word)}
