"""Finding a dossier by what somebody remembers of it: fast at any size, never beyond the caller's units."""

from typing import NamedTuple

from accounts.models import User
from agencies.access import can, within_sight
from agencies.rules import Capability, fold
from dossiers.models import Dossier, SourceSystem
from dossiers.rules.codes import code_key

SHORTEST = 3  # signs; the index of parts knows nothing shorter
LOOKED_AT = 2_000  # newest dossiers with the part anywhere, when only their codes may answer: half the province is a Nguyễn


class DossierFound(NamedTuple):
    """``applicant`` is the full name: for masking only."""

    id: int
    system: str
    code: str
    agency: str
    applicant: str


def dossiers_found(*, user: User, text: str, most: int) -> list[DossierFound]:
    """The very code first, then codes that begin so, then any part of a code or, for those who may unmask it, of a name.

    The newest of each kind. One query: each kind is cut off by itself, so that a part which a million dossiers share costs
    no more than a rare one.
    """
    folded, code = fold(text), code_key(text)
    if len(folded) < SHORTEST:
        return []
    mine = within_sight(user, Dossier.objects.order_by("-id"))
    anywhere = mine.filter(search_text__contains=folded)
    if not can(user, Capability.REVEAL_PERSONAL):  # what answers to a name would tell whose the dossier is
        anywhere = mine.filter(pk__in=anywhere.values("pk")[:LOOKED_AT], code__contains=code)
    kinds = (
        mine.filter(system__in=(SourceSystem.OLD, SourceSystem.NEW), code=code),
        mine.filter(search_text__startswith=folded, code__startswith=code),
        anywhere,
    )
    one, *others = (kind.values_list("id", "system_id", "code", "agency__name", "applicant")[:most] for kind in kinds)
    return list(dict.fromkeys(DossierFound(*row) for row in one.union(*others, all=True)))[:most]
