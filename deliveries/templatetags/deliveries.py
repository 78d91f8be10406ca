"""``{% load deliveries %}``: how a day of the schedule looks; the alarm on pages of other rooms."""

from datetime import timedelta
from math import ceil

from django import template
from django.template import Context
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from agencies.access import can
from agencies.rules import Capability
from deliveries.rules.schedule import Standing, State
from deliveries.selectors.schedule import deliveries_late
from deliveries.sentences import late_text
from ui.states import Mark
from worktime.rules import CalendarMissing

register = template.Library()
register.filter("late_text", late_text)
MINUTE = timedelta(minutes=1)

STATES = {
    State.NOT_EXPECTED: Mark(gettext_lazy("Không chờ"), icon="minus", tone="plain"),
    State.TO_COME: Mark(gettext_lazy("Chưa đến giờ"), icon="clock", tone="plain"),
    State.CAME: Mark(gettext_lazy("Đã đến"), icon="circle-check", tone="calm"),
    State.LATE: Mark(gettext_lazy("Đến muộn"), icon="clock-exclamation", tone="past"),
    State.HELD: Mark(gettext_lazy("Đang chờ xác nhận"), icon="hand-stop", tone="soon"),
    State.MISSING: Mark(gettext_lazy("Không có tệp"), icon="alert-triangle", tone="late"),
}


@register.inclusion_tag("ui/chip.html")
def delivery_chip(standing: Standing) -> dict[str, Mark | str]:
    """What became of one day's delivery."""
    mark = STATES[standing.state]
    return {"mark": mark, "text": str(mark.word)}


@register.filter
def late_by(standing: Standing) -> str:
    """``chậm 3 giờ 05 phút``; begun minutes count."""
    if standing.arrival is None:
        return ""
    hours, minutes = divmod(ceil((standing.arrival.at - standing.due) / MINUTE), 60)
    return _("chậm %(hours)s giờ %(minutes)02d phút") % {"hours": hours, "minutes": minutes}


@register.inclusion_tag("deliveries/_late.html", takes_context=True)
def late_deliveries(context: Context) -> dict[str, object]:
    """What is late now, for those who may see imports. Needs user and now, as every page has them."""
    user = context["user"]
    if not isinstance(user, User) or not can(user, Capability.SEE_IMPORTS):
        return {}
    try:
        return {"late": deliveries_late(context["now"])}
    except CalendarMissing as error:
        return {"trouble": str(error)}
