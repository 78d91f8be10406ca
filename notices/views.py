"""Doors to notices: one's own, opening one, who was told of a letter."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.caller import caller
from agencies.access import require
from agencies.rules import Capability
from directives.models import Directive
from kontum_tthc import clock
from notices.selectors import notices_about, notices_of
from notices.services import notice_open
from ui.htmx import wants_fragment

SHOWN = 50


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    shown = Paginator(notices_of(caller(request)), SHOWN).get_page(request.GET.get("trang"))
    return render(request, "notices/list.html", {"notices": shown})


@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Put on record that it was opened, and go to what it is about. Somebody else's answers like a missing one."""
    notice = notice_open(user=caller(request), pk=pk, now=clock.now())
    if notice is None:
        raise Http404
    return redirect(notice.url)


@require_GET
@vary_on_headers("HX-Request")
def about_letter(request: HttpRequest, slug: str) -> HttpResponse:
    """Who was told what of a letter, and when they opened it: a part of its page, or a page of its own."""
    require(caller(request), Capability.SEE_NOTICES)
    letter = get_object_or_404(Directive, slug=slug)
    page = {"letter": letter, "notices": notices_about(letter)}
    return render(request, "notices/_about_letter.html" if wants_fragment(request) else "notices/about_letter.html", page)
