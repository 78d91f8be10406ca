"""Doors to the overdue dossiers units explain: the list to choose from, writing an explanation, answering a returned one."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages as notices
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.caller import caller
from accounts.models import User
from agencies.access import can, require, within_sight
from agencies.models import Agency
from agencies.rules import Capability
from directives.filters import AnswerFilter
from directives.forms.explanations import AnswerForm
from directives.models import Explanation
from directives.selectors.explained import answered, overdue_dossiers
from directives.selectors.explanations import answerable, calls_seen, explanations_to_answer, letters_with_lists
from directives.services.explanations import explanation_answer_again, explanations_submit
from directives.tables import AnswerTable
from dossiers.models import Dossier
from dossiers.selectors.dossiers import Listing, fields_offered, listing, units_offered
from dossiers.selectors.runs import latest_run
from dossiers.selectors.states import Known, dossier_key
from dossiers.views.dossiers import asked_date
from journal.selectors import night_seal
from kontum_tthc import clock
from ui.htmx import wants_fragment

SHOWN = 12  # of the chosen dossiers, on the page that explains them
LONGEST_NUMBER = 18  # digits that fit the database's


@require_GET
@vary_on_headers("HX-Request")
def dossier_list(request: HttpRequest) -> HttpResponse:
    """Overdue dossiers by what was said of them. Of the newest night a unit's people choose those they explain."""
    user, asked = caller(request), asked_date(request.GET)
    night = listing(asked)
    if night is None:
        return _no_night(request)
    chosen = _filter(request, user, night, within_sight(user, overdue_dossiers(night)))
    if not chosen.is_valid():
        return render(request, "directives/explanation_dossiers.html", {"filter": chosen}, status=422)
    explaining = can(user, Capability.EXPLAIN) and not asked
    table = AnswerTable(chosen.qs, chosen.columns, listing=night, said=chosen.said, pickable=explaining).configured(request)
    page = {
        "filter": chosen,
        "table": table,
        "as_of": night.run.as_of,
        "seal": night_seal(night.run.as_of),
        "menu": AnswerTable.offer().menu(chosen.columns, table.query),
        "explaining": explaining,
        "open": answered(chosen.qs, "chua", chosen.said).count() if explaining else 0,
        "query": request.GET.urlencode(),
    }
    name = "_explanation_dossiers" if wants_fragment(request) else "explanation_dossiers"
    return render(request, f"directives/{name}.html", page)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Explain the dossiers the address names: those ticked (``ho_so``), or all its filter finds unexplained (``tat_ca``)."""
    user = caller(request)
    require(user, Capability.EXPLAIN)
    night = listing(None)
    if night is None:
        return _no_night(request)
    known = _chosen(request, user, night)
    pairs = list(known.order_by("effective_due", "pk").values_list(dossier_key(known), "agency_id"))
    letters = letters_with_lists(user)
    letter = letters.filter(slug=request.GET.get("cong_van", "")).first()
    form = AnswerForm(*_sent(request), count=len(pairs), letters=letters, initial={"letter": letter})
    if form.is_valid() and _submitted(request, form, pairs):
        return redirect("explanations:desk")
    page = {
        "form": form,
        "count": len(pairs),
        "first": Dossier.objects.filter(pk__in=[pk for pk, _unit in pairs[:SHOWN]]).order_by("effective_due", "pk"),
        "units": Agency.objects.filter(pk__in={unit for _pk, unit in pairs}),
        "calls": calls_seen(user).filter(directive=letter, agency__in={unit for _pk, unit in pairs}) if letter else (),
    }
    return render(request, "directives/explanation_write.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a returned explanation by a new one, for its dossiers or some of them."""
    user = caller(request)
    require(user, Capability.EXPLAIN)
    returned = get_object_or_404(explanations_to_answer(user), pk=pk)
    dossiers = returned.dossiers.order_by("effective_due", "pk")
    initial = {"reason": returned.reason, "text": returned.text}
    form = AnswerForm(*_sent(request), count=returned.count, initial=initial)
    left_out = set(_numbers(request.POST.getlist("bo_ra")))
    if form.is_valid() and _answered_again(request, form, returned, [one.pk for one in dossiers if one.pk not in left_out]):
        return redirect("explanations:desk")
    page = {"form": form, "returned": returned, "dossiers": dossiers, "left_out": left_out}
    return render(request, "directives/explanation_again.html", page, status=422 if form.is_bound else 200)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: nothing until it is sent."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _no_night(request: HttpRequest) -> HttpResponse:
    return render(request, "directives/explanation_empty.html", {"latest": latest_run()})


def _filter(request: HttpRequest, user: User, night: Listing, late: Known) -> AnswerFilter:
    return AnswerFilter(
        request.GET,
        late,
        listing=night,
        units=units_offered(user=user, listing=night),
        fields=fields_offered(user=user, listing=night),
        offer=AnswerTable.offer(),
        letters=letters_with_lists(user),
        now=clock.now(),
    )


def _chosen(request: HttpRequest, user: User, night: Listing) -> Known:
    pool = answerable(user, night)
    if "tat_ca" not in request.GET:
        return pool.filter(**{f"{dossier_key(pool)}__in": _numbers(request.GET.getlist("ho_so"))})
    chosen = _filter(request, user, night, pool)
    return answered(chosen.qs, "chua", chosen.said) if chosen.is_valid() else pool.none()


def _numbers(words: Sequence[str]) -> list[int]:
    return [int(word) for word in words if word.isdecimal() and len(word) <= LONGEST_NUMBER]


def _submitted(request: HttpRequest, form: AnswerForm, pairs: Sequence[tuple[int, int]]) -> bool:
    dossiers, answer, letter = [pk for pk, _unit in pairs], form.answer(), form.cleaned_data["letter"]
    try:
        made = explanations_submit(dossiers=dossiers, letter=letter, answer=answer, user=caller(request), now=clock.now())
    except ValidationError as error:
        form.add_error(None, error)
        return False
    text = _("Đã gửi %(n)s giải trình cho %(dossiers)s hồ sơ. Văn phòng sẽ xem xét.")
    notices.success(request, text % {"n": len(made), "dossiers": len(pairs)})
    return True


def _answered_again(request: HttpRequest, form: AnswerForm, returned: Explanation, dossiers: Sequence[int]) -> bool:
    answer, user = form.answer(), caller(request)
    try:
        explanation_answer_again(returned=returned, dossiers=dossiers, answer=answer, user=user, now=clock.now())
    except ValidationError as error:
        form.add_error(None, error)
        return False
    notices.success(request, _("Đã gửi giải trình thay bản bị trả lại. Văn phòng sẽ xem xét."))
    return True
