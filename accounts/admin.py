"""The administrator's page of a person. ``agencies`` registers it, adding the units the person answers for."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from accounts.caller import caller, signature
from accounts.forms import AccountForm
from accounts.models import User
from accounts.services import account_add, account_change, account_password_set


class AccountAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    form = AccountForm
    fields: ClassVar[tuple[str, ...]] = ("username", "full_name", "email", "role", "is_active", "new_password")
    list_display = ("username", "full_name", "role", "is_active", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("username", "full_name")
    ordering = ("username",)

    def save_model(self, request: HttpRequest, obj: User, form: AccountForm, change: bool) -> None:
        actor, password = signature(caller(request)), form.cleaned_data["new_password"]
        if not change:
            account_add(account=obj, password=password, actor=actor)
            return
        account_change(account=obj, actor=actor)
        if password:
            account_password_set(account=obj, password=password, actor=actor)
