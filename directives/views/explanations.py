"""Doors to explanations: what is asked and what waits, one explanation, giving one, deciding, calling for them."""

from pathlib import PurePath
from typing import Any

from django.contrib import messages as notices
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.caller import caller
from accounts.models import User
from agencies.access import can, require
from agencies.models import Agency
from agencies.rules import Capability
from directives.filters import InboxFilter
from directives.forms.explanations import CallForm, DecideForm
from directives.models import Directive, Explanation
from directives.rules.attachments import CONTENT_TYPES
from directives.selectors.explanations import (
    calls_seen,
    calls_standing,
    explanation_history,
    explanation_or_404,
    explanations_of,
    explanations_seen,
    explanations_to_answer,
    explanations_waiting,
    senders,
    units_to_ask,
)
from directives.services.explanations import explanations_call, explanations_decide
from directives.tables import ExplanationTable
from dossiers.selectors.dossiers import dossier_or_404
from kontum_tthc import clock
from ui.htmx import wants_fragment

DOSSIERS_SHOWN = 50
INBOX_FIRST = ("-late", "agency__sort_key", "-directive__issued_on", "submitted_at", "pk")


@require_GET
@vary_on_headers("HX-Request")
def desk(request: HttpRequest) -> HttpResponse:
    """What is asked by when, what was returned, and all explanations; the office's begins with those that wait."""
    user, now = caller(request), clock.now()
    deciding = can(user, Capability.DECIDE_EXPLANATION)
    units, letters = senders(user)
    chosen = InboxFilter(_asked(request.GET, deciding), explanations_seen(user), units=units, letters=letters)
    if not chosen.is_valid():
        return render(request, "directives/explanations.html", {"filter": chosen}, status=422)
    ordered = chosen.qs.order_by(*INBOX_FIRST) if deciding else chosen.qs
    page = {"filter": chosen, "table": ExplanationTable(ordered, deciding=deciding).configured(request), "deciding": deciding}
    if wants_fragment(request):
        return render(request, "directives/_explanation_inbox.html", page)
    explaining = can(user, Capability.EXPLAIN)
    page |= {
        "explaining": explaining,
        "reviewing": can(user, Capability.SEE_REVIEWS),
        "waiting": explanations_waiting(user) if deciding else None,
        "returned": explanations_to_answer(user) if explaining else (),
        "calls": calls_standing(calls=calls_seen(user), now=now),
        "form": DecideForm(explanations=explanations_seen(user)),
    }
    return render(request, "directives/explanations.html", page)


def _asked(query: QueryDict, deciding: bool) -> QueryDict:
    """The office's list shows what waits for it, unless something else is asked."""
    if query or not deciding:
        return query
    return QueryDict("tinh_trang=submitted")


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    user = caller(request)
    explanation = explanation_or_404(user, pk)
    named = explanation.dossiers.select_related("agency", "system").order_by("effective_due", "pk")
    page = {
        "explanation": explanation,
        "history": explanation_history(user, explanation),
        "dossiers": Paginator(named, DOSSIERS_SHOWN).get_page(request.GET.get("trang")),
        "deciding": can(user, Capability.DECIDE_EXPLANATION) and explanation.state == Explanation.State.SUBMITTED,
        "answering": explanations_to_answer(user).filter(pk=pk).exists(),
        "form": DecideForm(explanations=explanations_seen(user)),
    }
    return render(request, "directives/explanation.html", page)


@require_GET
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """As a download only, under a name of ours."""
    explanation = explanation_or_404(caller(request), pk)
    if not explanation.attachment:
        raise Http404
    kind = PurePath(explanation.attachment.name).suffix.removeprefix(".")
    name = f"giai-trinh-{explanation.pk}.{kind}"
    return FileResponse(explanation.attachment.open(), as_attachment=True, filename=name, content_type=CONTENT_TYPES[kind])


@require_GET
@vary_on_headers("HX-Request")
def of_dossier(request: HttpRequest, system: str, code: str) -> HttpResponse:
    """What was said of one dossier: a part of its page, or a page of its own."""
    user = caller(request)
    dossier = dossier_or_404(user=user, system=system, code=code)
    page = {"dossier": dossier, "explanations": explanations_of(user, dossier)}
    name = "_explanations_of_dossier" if wants_fragment(request) else "explanations_of_dossier"
    return render(request, f"directives/{name}.html", page)


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Accept or return one explanation or several."""
    user = caller(request)
    require(user, Capability.DECIDE_EXPLANATION)
    form = DecideForm(request.POST, explanations=explanations_seen(user))
    if form.is_valid():
        given = form.cleaned_data
        chosen, verdict = given["giai_trinh"], given["verdict"]
        try:
            done = explanations_decide(chosen=chosen, verdict=verdict, remark=given["remark"], user=user, now=clock.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _say_decided(request, verdict, done, len(chosen) - done)
            return redirect("explanations:desk")
    page = {"form": form, "chosen": form.cleaned_data.get("giai_trinh", ())}
    return render(request, "directives/explanation_decide.html", page, status=422)


def _say_decided(request: HttpRequest, verdict: str, done: int, before: int) -> None:
    texts = {
        "accept": ngettext("Đã chấp nhận %(n)s giải trình.", "Đã chấp nhận %(n)s giải trình.", done),
        "return": ngettext("Đã trả lại %(n)s giải trình.", "Đã trả lại %(n)s giải trình.", done),
    }
    if done:
        notices.success(request, texts[verdict] % {"n": done})
    if before:
        text = ngettext(
            "%(n)s giải trình đã được xem xét trước đó, giữ nguyên.",
            "%(n)s giải trình đã được xem xét trước đó, giữ nguyên.",
            before,
        )
        notices.warning(request, text % {"n": before})


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask units to explain the dossiers on a letter's lists, by a day."""
    user, now = caller(request), clock.now()
    require(user, Capability.DECIDE_EXPLANATION)
    letter = get_object_or_404(Directive, slug=slug)
    units = units_to_ask(letter, now=now)
    offered = Agency.objects.filter(pk__in=[unit.pk for unit, _asked in units])
    form = CallForm(request.POST if request.method == "POST" else None, agencies=offered)
    if form.is_valid() and _called(form, letter, user):
        notices.success(request, _("Đã yêu cầu %(n)s đơn vị giải trình.") % {"n": len(form.cleaned_data["agencies"])})
        return redirect(f"{reverse('explanations:desk')}?cong_van={letter.slug}")
    page: dict[str, Any] = {"letter": letter, "units": units, "form": form}
    return render(request, "directives/explanation_call.html", page, status=422 if form.is_bound else 200)


def _called(form: CallForm, letter: Directive, user: User) -> bool:
    try:
        explanations_call(letter=letter, user=user, now=clock.now(), **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
