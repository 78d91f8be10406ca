"""What an administrator does with people and units. What the role allows is in ``agencies/backends.py``."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin import AccountAdmin
from accounts.caller import caller, signature
from accounts.forms import AccountForm
from accounts.models import User
from agencies.forms import AliasForm, PersonForm
from agencies.models import Agency, AgencyAlias
from agencies.services import alias_add, alias_remove, memberships_set


@admin.register(User)
class PersonAdmin(AccountAdmin):
    form = PersonForm
    fields: ClassVar[tuple[str, ...]] = (*AccountAdmin.fields, "agencies")

    def save_model(self, request: HttpRequest, obj: User, form: AccountForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        memberships_set(user=obj, agencies=form.cleaned_data["agencies"], actor=signature(caller(request)))


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    list_display = ("code", "name", "parent", "level", "valid_from", "valid_to", "verified")
    list_filter = ("level", "verified")
    list_select_related = ("parent",)
    search_fields = ("code", "name", "search_key")


@admin.register(AgencyAlias)
class AliasAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    form = AliasForm
    list_display = ("text", "agency", "source")
    list_select_related = ("agency",)
    search_fields = ("text", "key", "agency__code", "agency__search_key")
    autocomplete_fields = ("agency",)

    def save_model(self, request: HttpRequest, obj: AgencyAlias, form: AliasForm, change: bool) -> None:
        added = alias_add(agency=obj.agency, text=obj.text, actor=signature(caller(request)))
        obj.pk = added.pk

    def delete_model(self, request: HttpRequest, obj: AgencyAlias) -> None:
        alias_remove(alias=obj, actor=signature(caller(request)))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[AgencyAlias]) -> None:
        for alias in queryset.select_related("agency"):
            self.delete_model(request, alias)
