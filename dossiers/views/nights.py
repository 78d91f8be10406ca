"""Doors to the nights: what each did, which are missing, and a button that starts them."""

from datetime import date, timedelta

from celery import current_app
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh
from kombu.exceptions import OperationalError

from accounts.caller import caller
from agencies.access import can, require
from agencies.rules import Capability
from dossiers.first_run import first_run
from dossiers.links import list_url
from dossiers.selectors.nights import NightWork, night_work, nights_due
from dossiers.selectors.runs import failed_runs, finished_runs, latest_run, nights_told
from dossiers.services.worker import nights_answered, nights_asked
from kontum_tthc import clock
from ui.htmx import wants_fragment
from worktime.selectors import calendar_ends

NIGHTS_SHOWN = 30
CALENDAR_LEFT = timedelta(days=60)
EXPIRES = 600  # seconds; the watchdog comes by every five minutes anyway


@require_GET
def nights(request: HttpRequest) -> HttpResponse:
    user = caller(request)
    require(user, Capability.SEE_NIGHTS)
    work = night_work(clock.last_ended_day())
    if wants_fragment(request):
        return _work(request, work)
    last = latest_run()
    shown = Paginator(finished_runs(), NIGHTS_SHOWN).get_page(request.GET.get("trang"))
    page = {
        "last": last,
        "work": work,
        "first_run": None if last else first_run(user),
        "failed": failed_runs(),
        "calendar_ends": _ending_soon(calendar_ends(), clock.today()),
        "nights": shown,
        "told": [(night, list_url(ngay=night.run.as_of, tinh_trang="overdue")) for night in nights_told(shown.object_list)],
        "can_run": can(user, Capability.RUN_NIGHT),
    }
    return render(request, "dossiers/nights.html", page)


def _work(request: HttpRequest, work: NightWork) -> HttpResponse:
    """What the page asks for every two seconds; when nothing is going on any more, the whole page anew."""
    if not work.going:
        return HttpResponseClientRefresh()
    return render(request, "dossiers/_nights_work.html", {"work": work})


def _ending_soon(last: date | None, today: date) -> date | None:
    """The calendar's last day when so few are left that due dates begin to fall outside it."""
    return last if last and last - today < CALENDAR_LEFT else None


@require_POST
def nights_run(request: HttpRequest) -> HttpResponse:
    """Ask the worker to make up the missing nights now; asking twice does no harm."""
    require(caller(request), Capability.RUN_NIGHT)
    due = nights_due(clock.last_ended_day())
    nights_asked(missing=len(due))
    try:
        current_app.send_task("kontum_tthc.tasks.night", args=["page"], expires=EXPIRES, retry=False)
    except OperationalError:
        nights_answered()
        messages.error(request, _("Chưa gửi được yêu cầu: hàng đợi không trả lời. Lịch 5 phút một lần sẽ tự chạy bù."))
    else:
        if not due:
            messages.info(request, _("Không thiếu đêm nào; bộ xử lý sẽ kiểm tra lại."))
    return redirect("dossiers:nights")
