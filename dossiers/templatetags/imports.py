"""``{% load imports %}``: how an import and what became of its rows look."""

from django import template
from django.utils.translation import gettext_lazy as _

from dossiers import messages
from dossiers.models import ImportBatch, ImportIssue
from ui.formats import sentence
from ui.states import Mark

register = template.Library()
register.filter("line_text", messages.line_text)
Status, Kind = ImportBatch.Status, ImportIssue.Kind

STATUSES = {
    Status.WAITING: Mark(Status.WAITING.label, icon="hourglass", tone="plain"),
    Status.RUNNING: Mark(Status.RUNNING.label, icon="loader", tone="soon"),
    Status.DONE: Mark(Status.DONE.label, icon="circle-check", tone="calm"),
    Status.REFUSED: Mark(Status.REFUSED.label, icon="circle-x", tone="late"),
    Status.HELD: Mark(Status.HELD.label, icon="hand-stop", tone="soon"),
    Status.CANCELED: Mark(Status.CANCELED.label, icon="ban", tone="plain"),
    Status.REVERTED: Mark(Status.REVERTED.label, icon="arrow-back-up", tone="plain"),
    Status.FAILED: Mark(Status.FAILED.label, icon="alert-triangle", tone="late"),
}
KINDS = {
    Kind.REJECT: Mark(_("Bị loại"), icon="circle-x", tone="late"),
    Kind.WARNING: Mark(_("Cảnh báo"), icon="alert-triangle", tone="soon"),
    Kind.REPAIR: Mark(_("Đã sửa"), icon="tool", tone="plain"),
}


@register.inclusion_tag("ui/chip.html")
def import_chip(status: str) -> dict[str, Mark | str]:
    """Where an import stands."""
    mark = STATUSES[Status(status)]
    return {"mark": mark, "text": sentence(str(mark.word))}


@register.inclusion_tag("ui/chip.html")
def issue_chip(kind: str) -> dict[str, Mark | str]:
    """What became of the row an issue is about."""
    return {"mark": KINDS[Kind(kind)], "text": issue_word(kind)}


@register.filter
def issue_word(kind: str) -> str:
    """``reject`` → ``Bị loại``."""
    return str(KINDS[Kind(kind)].word)
