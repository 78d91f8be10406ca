"""Doors to the keys by which systems push dossiers: who has one, what came, giving out, revoking."""

from django.contrib import messages as notices
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.caller import caller
from agencies.access import can, require
from agencies.rules import Capability
from exchange.forms import KeyForm
from exchange.selectors import keys_listed, requests_listed
from exchange.services import key_give, key_revoke
from kontum_tthc import clock

SHOWN = 50


@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """All keys and the latest requests. A new key's secret is on the answer to giving it out, and nowhere else."""
    user, today = caller(request), clock.today()
    require(user, Capability.SEE_IMPORTS)
    form, given, secret = KeyForm(today=today), None, ""
    if request.method == "POST":
        require(user, Capability.MANAGE_KEYS)
        form = KeyForm(request.POST, today=today)
        if form.is_valid():
            asked = form.cleaned_data
            given, secret = key_give(**{**asked, "system": asked["system"].pk}, user=user, now=clock.now())
            form = KeyForm(today=today)
    page = {
        "form": form if can(user, Capability.MANAGE_KEYS) else None,
        "given": given,
        "secret": secret,
        "keys": [(key, key.state(today)) for key in keys_listed()],
        "requests": requests_listed()[:SHOWN],
        "address": request.build_absolute_uri(reverse("exchange-api:api-root")),
    }
    return render(request, "exchange/keys.html", page, status=422 if form.errors else 200)


@require_POST
def key_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user = caller(request)
    require(user, Capability.MANAGE_KEYS)
    key = get_object_or_404(keys_listed(), pk=pk)
    try:
        key_revoke(key=key, user=user, now=clock.now())
        notices.success(request, _("Đã thu hồi khóa %(key)s. Yêu cầu dùng khóa này không được nhận nữa.") % {"key": key})
    except ValidationError as error:
        notices.error(request, error.messages[0])
    return redirect("exchange:keys")
