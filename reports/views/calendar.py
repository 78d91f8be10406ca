"""A person's due dates as a calendar other programs subscribe to: giving out the secret address, and what stands there."""

from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.caller import caller, signature
from accounts.limits import too_often
from agencies.access import answered_for, calendar_owner_or_404
from agencies.rules import key_digest
from agencies.selectors import calendar_feed_of, units_given
from agencies.services import calendar_key_give, calendar_key_withdraw
from dossiers.selectors.runs import latest_run
from journal.selectors import changed_at
from kontum_tthc import clock
from reports.calendar import due_calendar
from reports.selectors.agenda import AHEAD, agenda
from reports.selectors.overview import known_of
from worktime.selectors import calendar

ASKED, WITHIN = 60, 3600  # programs ask every few hours; seconds


@require_GET
def calendar_page(request: HttpRequest) -> HttpResponse:
    """Whether the caller has a calendar address, what it shows, how to use it."""
    user = caller(request)
    page = {"units": units_given(user), "feed": calendar_feed_of(user), "ahead": AHEAD.days}
    return render(request, "reports/calendar.html", page)


@require_POST
def calendar_give(request: HttpRequest) -> HttpResponse:
    """A new secret address, shown on this answer only; the earlier one ends."""
    user = caller(request)
    units = units_given(user)
    if not units.exists():
        raise PermissionDenied
    key = calendar_key_give(user=user, now=clock.now(), actor=signature(user))
    address = request.build_absolute_uri(f"{reverse('reports:calendar_feed')}?khoa={key}")
    page = {"units": units, "feed": calendar_feed_of(user), "ahead": AHEAD.days, "address": address}
    return render(request, "reports/calendar.html", page)


@require_POST
def calendar_withdraw(request: HttpRequest) -> HttpResponse:
    user = caller(request)
    calendar_key_withdraw(user=user, actor=signature(user))
    return redirect("reports:calendar")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest) -> HttpResponseBase:
    """``?khoa=`` alone says whose due dates these are; what the person answers for is looked up each time.

    The key is no part of the path: paths stand in the logs, questions do not.
    """
    key = request.GET.get("khoa", "")
    if too_often(f"lich:{key_digest(key)}", ASKED, WITHIN):  # every key alike, before anybody looks whether it opens something
        text = _("Đã hỏi quá nhiều lần trong một giờ. Số liệu đổi mỗi ngày một lần; hãy hỏi lại sau.")
        return HttpResponse(text, status=429, content_type="text/plain; charset=utf-8", headers={"Retry-After": str(WITHIN)})
    units, run = answered_for(calendar_owner_or_404(key)), latest_run()
    days = agenda(known=known_of(units, run), as_of=run.as_of, calendar=calendar()) if run else ()
    return _unless_known(request, due_calendar(days, run=run, site=request.build_absolute_uri("/").rstrip("/")))


def _unless_known(request: HttpRequest, content: bytes) -> HttpResponseBase:
    """The calendar, or only that it has not changed. Its reader may keep it, and asks before using it again."""
    changed = changed_at()
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, no-cache"})
    answer.headers["ETag"] = f'"{sha256(content).hexdigest()}"'
    if changed:
        answer.headers["Last-Modified"] = http_date(changed.timestamp())
    seconds = int(changed.timestamp()) if changed else None
    return get_conditional_response(request, answer.headers["ETag"], seconds, answer) or answer
