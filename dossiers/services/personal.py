"""Showing a masked name: allowed to some, always put on record with the reason (law.md §10)."""

from django.db import transaction

from accounts.models import User
from agencies.access import require
from agencies.rules import Capability
from dossiers.models import Dossier
from journal.services import personal_revealed


def applicant_reveal(*, dossier: Dossier, user: User, reason: str) -> str:
    """The applicant's full name; one journal entry in the same transaction. Raises PermissionDenied."""
    require(user, Capability.REVEAL_PERSONAL)
    with transaction.atomic():
        personal_revealed(actor=str(user), system=dossier.system_id, code=dossier.code, reason=reason)
    return dossier.applicant
