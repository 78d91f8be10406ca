"""Names of people: shown whole to some, for a reason put on record; taken away masked, on record too (law.md §10)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.caller import signature
from accounts.models import User
from agencies.access import require
from agencies.rules import Capability
from dossiers.models import Dossier
from journal.services import list_downloaded, personal_revealed


def applicant_reveal(*, dossier: Dossier, user: User, reason: str) -> str:
    """The applicant's full name; one journal entry in the same transaction. Raises PermissionDenied."""
    require(user, Capability.REVEAL_PERSONAL)
    with transaction.atomic():
        personal_revealed(actor=str(user), system=dossier.system_id, code=dossier.code, reason=reason)
    return dossier.applicant


@transaction.atomic
def names_taken_away(*, user: User, as_of: date, rows: int, conditions: str, columns: Sequence[str]) -> None:
    """A list that names people leaves the system; ``conditions`` in words, empty when there are none."""
    told = conditions or _("không có")
    list_downloaded(actor=signature(user), as_of=as_of, rows=rows, conditions=told, columns=columns)
