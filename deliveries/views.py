"""Doors to the schedule of deliveries: what is expected and what came of it; saying it, changing it, stopping it."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.caller import caller
from agencies.access import can, require
from agencies.rules import Capability
from deliveries.forms import ExpectedDeliveryForm
from deliveries.selectors.rounds import last_round
from deliveries.selectors.schedule import deliveries_listed, schedule
from deliveries.services.schedule import Given, delivery_change, delivery_expect, delivery_stop
from dossiers.models import ImportBatch
from kontum_tthc import clock
from worktime.rules import CalendarMissing


@require_GET
def schedule_page(request: HttpRequest) -> HttpResponse:
    user = caller(request)
    require(user, Capability.SEE_IMPORTS)
    page: dict[str, object] = {"can_change": can(user, Capability.IMPORT), "round": last_round()}
    try:
        page["scheduled"] = schedule(clock.now())
    except CalendarMissing as error:
        page["trouble"] = str(error)
    return render(request, "deliveries/schedule.html", page)


@require_http_methods(["GET", "POST"])
def expect(request: HttpRequest) -> HttpResponse:
    user = caller(request)
    require(user, Capability.IMPORT)
    usual = {"kind": ImportBatch.Kind.FULL, "active_from": clock.today()}
    form = ExpectedDeliveryForm(request.POST or None, initial=usual)
    return _filled_in(request, form, lambda given: delivery_expect(given=given, user=user))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    user = caller(request)
    require(user, Capability.IMPORT)
    expected = get_object_or_404(deliveries_listed(), pk=pk, stopped_from__isnull=True)
    form = ExpectedDeliveryForm(request.POST or None, instance=expected)
    return _filled_in(
        request, form, lambda given: delivery_change(expected=expected, given=given, user=user, today=clock.today())
    )


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    user = caller(request)
    require(user, Capability.IMPORT)
    delivery_stop(expected=get_object_or_404(deliveries_listed(), pk=pk), user=user, today=clock.today())
    return redirect("deliveries:schedule")


def _filled_in(request: HttpRequest, form: ExpectedDeliveryForm, act: Callable[[Given], object]) -> HttpResponse:
    """Back to the schedule when the act succeeds; else the form, saying what is missing."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("deliveries:schedule")
    return render(request, "deliveries/form.html", {"form": form}, status=422 if request.method == "POST" else 200)
