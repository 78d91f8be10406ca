"""Loading the lists dossiers refer to: the two systems and the procedures. Each change is journalled field by field."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from dossiers.models import Procedure, SourceSystem
from dossiers.sources.procedures import ProcedureRow
from journal.diff import Changes, table_sync
from journal.services import reference_changed


@transaction.atomic
def systems_load(*, actor: str) -> Changes:
    """The two systems letter 3812 counts separately."""
    names = {SourceSystem.OLD: _("Hệ thống cũ"), SourceSystem.NEW: _("Hệ thống mới")}
    changes = table_sync(SourceSystem, "code", {code: {"name": name} for code, name in names.items()})
    if changes:
        reference_changed(actor=actor, subject=_("hệ thống nguồn"), changes=changes.as_dict())
    return changes


@transaction.atomic
def procedures_load(*, rows: Iterable[ProcedureRow], actor: str) -> Changes:
    """Create and correct procedures by code; one the list no longer names stays, dossiers point to it."""
    wanted = {row.code: {name: value for name, value in asdict(row).items() if name != "code"} for row in rows}
    changes = table_sync(Procedure, "code", wanted)
    if changes:
        reference_changed(actor=actor, subject=_("thủ tục hành chính"), changes=changes.as_dict())
    return changes
