"""The administrator's site at /quan-tri/: accounts, aliases, and lists and evidence to read."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from agencies.access import can
from agencies.rules import Capability


class OperatorSite(AdminSite):
    site_title = _("Quản trị")
    site_header = _("Quản trị hệ thống")
    index_title = _("Người dùng, đơn vị và nhật ký")

    def has_permission(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and can(request.user, Capability.MANAGE_USERS)

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Everybody signs in at one page; whoever is signed in and sent here lacks the role."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    # One way to sign out and one to change one's password, for everybody.
    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        return redirect("account_change_password")
