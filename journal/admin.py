"""The evidence, to read: nothing here can add, change or remove an entry."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from journal.models import Entry
from journal.selectors import entry_text, event_name
from journal.texts import TEXTS


class EventFilter(admin.SimpleListFilter):
    title = _("loại sự việc")
    parameter_name = "su-viec"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(event, event_name(event)) for event in TEXTS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        return queryset.filter(event=self.value()) if self.value() else queryset


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    list_display = ("seq", "at", "actor", "sentence")
    list_filter = (EventFilter,)
    search_fields = ("actor", "subject")
    ordering = ("-seq",)
    fields = ("seq", "at", "actor", "kind", "subject", "sentence", "body", "previous", "hash")
    readonly_fields = ("kind", "sentence")

    @admin.display(description=_("Loại sự việc"))
    def kind(self, entry: Entry) -> str:
        return event_name(entry.event)

    @admin.display(description=_("Nội dung"))
    def sentence(self, entry: Entry) -> str:
        return entry_text(entry)
