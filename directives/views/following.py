"""Doors to what follows a letter: the dossiers of its lists, its orders and what units say of them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.caller import caller
from agencies.access import agency_or_404, answers_for, can, require, visible_agencies
from agencies.rules import Capability
from directives.charts import burn_down
from directives.cohort_table import CohortTable
from directives.forms.following import AnswerForm, CohortForm, FollowForm
from directives.models import Directive, Obligation, ObligationAnswer
from directives.selectors.cohorts import Look
from directives.selectors.following import (
    days_followed,
    followed_until,
    lists_of,
    summary,
    units_followed,
    units_with_lists,
)
from directives.selectors.listing import cohort_dossiers
from directives.selectors.orders import answers_seen, checked_until, order_or_404, orders_standing
from directives.services.obligations import obligation_answer
from dossiers.selectors.dossiers import listing
from kontum_tthc import clock
from ui.htmx import wants_fragment


def follow_page(request: HttpRequest, directive: Directive) -> dict[str, object]:
    """What a letter's page says of its lists and orders to the caller."""
    user = caller(request)
    mine = lists_of(directive=directive, user=user)
    form = FollowForm(request.GET, units=units_with_lists(mine), days=followed_until(mine))
    follow: dict[str, object] = {"form": form}
    if form.is_valid() and form.day and form.days:
        lists = lists_of(directive=directive, user=user, unit=form.cleaned_data["don_vi"], system=form.cleaned_data["he_thong"])
        units = units_followed(lists=lists, as_of=form.day)
        days = days_followed(lists=lists, since=form.days[0], until=form.day)
        follow |= {"units": units, "days": days, "chart": burn_down(days, directive), "mark": lists.first()}
        follow |= {"words": form.words, "day": form.day, **summary(units)}
    as_of = checked_until(directive.obligations.all())
    orders = orders_standing(orders=directive.obligations.select_related("system"), units=visible_agencies(user), as_of=as_of)
    return {"follow": follow, "follow_wrong": not form.is_valid(), "orders": orders, "as_of": as_of}


@require_GET
@vary_on_headers("HX-Request")
def cohort(request: HttpRequest, slug: str) -> HttpResponse:
    """Of the caller's units, the dossiers of a letter's lists by what became of them."""
    user, directive = caller(request), get_object_or_404(Directive, slug=slug)
    mine = lists_of(directive=directive, user=user)
    form = CohortForm(request.GET, units=units_with_lists(mine), days=followed_until(mine))
    page: dict[str, object] = {"directive": directive, "form": form}
    if not form.is_valid():
        return render(request, "directives/cohort.html", page, status=422)
    night = listing(form.day) if form.day else None
    if night:
        lists = lists_of(directive=directive, user=user, unit=form.cleaned_data["don_vi"], system=form.cleaned_data["he_thong"])
        look = Look(night.run, night.day, night.known)
        rows = cohort_dossiers(look=look, lists=lists, result=form.cleaned_data["ket_qua"])
        page |= {"as_of": form.day, "table": CohortTable(rows, listing=night).configured(request)}
    return render(request, "directives/_cohort_list.html" if wants_fragment(request) else "directives/cohort.html", page)


@require_GET
def order(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One order: where the caller's units stand, and everything they said of it."""
    obligation = order_or_404(slug=slug, number=number)
    return render(request, "directives/order.html", _order_page(request, obligation))


@require_POST
def answer(request: HttpRequest, slug: str, number: int, code: str) -> HttpResponse:
    """The head of a unit says how far the unit is."""
    user = caller(request)
    obligation, agency = order_or_404(slug=slug, number=number), agency_or_404(user, code)
    require(user, Capability.EXPLAIN)
    if obligation.measured or not obligation.agencies.filter(pk=agency.pk).exists() or not answers_for(user, agency):
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        page = _order_page(request, obligation) | {"form": form, "answering": agency}
        return render(request, "directives/order.html", page, status=422)
    state = ObligationAnswer.State(form.cleaned_data["state"])
    obligation_answer(
        obligation=obligation, agency=agency, state=state, text=form.cleaned_data["text"], user=user, now=clock.now()
    )
    messages.success(request, _("Đã ghi báo cáo của %(unit)s.") % {"unit": agency})
    return redirect("directives:order", slug, number)


def _order_page(request: HttpRequest, obligation: Obligation) -> dict[str, object]:
    user = caller(request)
    orders = Obligation.objects.filter(pk=obligation.pk).select_related("directive")
    as_of = checked_until(orders)
    (standing,) = orders_standing(orders=orders, units=visible_agencies(user), as_of=as_of)
    return {
        "order": standing,
        "directive": obligation.directive,
        "as_of": as_of,
        "answers": answers_seen(obligation=obligation, user=user),
        "may_answer": can(user, Capability.EXPLAIN) and not standing.measured,
        "form": AnswerForm(),
    }
