"""The procedures, to read: how long each may take and how far that is verified."""

from django.contrib import admin

from dossiers.models import Procedure


@admin.register(Procedure)
class ProcedureAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    list_display = ("code", "name", "field", "time_limit", "time_unit", "verified", "remark")
    list_filter = ("verified", "time_unit", "field")
    search_fields = ("code", "local_code", "name")
