"""The evidence, to read: nothing here can add, change or remove an entry."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from journal.models import Entry
from journal.selectors import entry_text


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    list_display = ("seq", "at", "actor", "sentence")
    list_filter = ("event",)
    search_fields = ("actor", "subject")
    ordering = ("-seq",)
    fields = ("seq", "at", "actor", "event", "subject", "sentence", "body", "previous", "hash")
    readonly_fields = ("sentence",)

    @admin.display(description=_("Nội dung"))
    def sentence(self, entry: Entry) -> str:
        return entry_text(entry)
