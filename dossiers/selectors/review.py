"""What an import has done inside its open transaction: what may be a reason to wait, and a sample of what it changes."""

from collections.abc import Mapping
from typing import TypedDict

from django.db import connection
from django.db.models import Q

from dossiers.models import Dossier, DossierRevision, ImportBatch
from dossiers.rules.holds import LEGACY, PROVINCE, Found
from dossiers.selectors.history import Change, changes

SAMPLE = 20
LOOKED_AT = 2_000  # lines at the top of a file, whose codes tell a province
FOREIGN = r"""
SELECT count(*) FILTER (WHERE code ~ '\.H\d\d-'), count(*) FILTER (WHERE code ~ '\.H\d\d-' AND code NOT LIKE %s)
FROM intake_raw WHERE line <= %s
"""


class Changed(TypedDict):
    """A dossier with what a batch changes in it: (what, before, after)."""

    code: str
    changes: list[Change]


def found_by(batch: ImportBatch, before: ImportBatch | None, reasons: Mapping[str, int]) -> Found:
    """``before``: the newest full extract; ``reasons``: how often each was said of the rows judged."""
    mine = DossierRevision.objects.filter(batch=batch)
    reopened = mine.filter(ended_on__isnull=True, changed__contains="ended_on").count() if batch.changed else 0
    closed = Dossier.objects.filter(Q(ended_on__isnull=False), system=batch.system).count() if reopened else 0
    with connection.cursor() as cursor:
        cursor.execute(FOREIGN, [f"%.{PROVINCE}-%", LOOKED_AT])
        coded, foreign = cursor.fetchone()
    return Found(
        rows=batch.rows,
        rows_before=before.rows if before and batch.kind == ImportBatch.Kind.FULL else None,
        data_as_of=batch.data_as_of,
        newest_full=before.data_as_of if before else None,
        coded=coded,
        foreign=foreign,
        unknown_units=reasons.get("agency_unknown", 0),
        reopened=reopened,
        closed=closed + reopened,
        converted=sum(reasons.get(reason, 0) for reason in LEGACY),
    )


def changes_of(batch: ImportBatch) -> dict[str, object]:
    """``changed``: some of the dossiers a batch changes, field by field; ``reopened``: those it opens again come first."""
    mine = DossierRevision.objects.filter(batch=batch).exclude(changed=[]).select_related("agency")
    first = mine.filter(ended_on__isnull=True, changed__contains="ended_on")[:SAMPLE]
    shown = {revision.pk: revision for revision in [*first, *mine[:SAMPLE]]}
    return {"changed": [_changed(revision) for revision in list(shown.values())[:SAMPLE]]}


def _changed(revision: DossierRevision) -> Changed:
    before = DossierRevision.objects.filter(dossier=revision.dossier_id, pk__lt=revision.pk).select_related("agency")
    return Changed(code=revision.code, changes=list(changes(before.order_by("data_as_of", "pk").last(), revision)))
