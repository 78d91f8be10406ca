"""One dossier explained, as other programs read it: one shape for the command and the API."""

from datetime import datetime
from typing import Any

from dossiers.models import Dossier
from dossiers.selectors.explain import DossierExplanation
from worktime.rules import in_vietnam

DUES = ("promised_due", "computed_due", "original_due", "effective_due")


def explanation_document(dossier: Dossier, told: DossierExplanation) -> dict[str, Any]:
    """Moments in ISO 8601, Vietnam time; ``revisions`` oldest first."""
    facts, found = told.facts, told.verdict
    days = {"calendar_days": found.calendar_days, "working_days": found.working_days}
    return {
        "code": facts.code,
        "agency": facts.agency.code,
        "status": facts.status,
        "received_at": _moment(facts.received_at),
        **{name: _moment(getattr(facts, name)) for name in DUES},
        "verdict": {"as_of": told.as_of.isoformat(), "state": found.state, **days},
        "explanation": [*told.steps, {"kind": "basis", "text": told.basis}],
        "revisions": [
            {
                "data_as_of": _moment(revision.data_as_of),
                "batch": revision.batch_id,
                "status": revision.status,
                "agency": revision.agency.code,
                "effective_due": _moment(revision.effective_due),
                "changed": revision.changed,
            }
            for revision in dossier.revisions.select_related("agency")
        ],
    }


def _moment(value: datetime | None) -> str | None:
    return in_vietnam(value).isoformat() if value else None
