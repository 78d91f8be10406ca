"""The dossiers of a letter's lists by what became of them, and those that came beside them."""

from typing import Any

from django.db.models import Q, QuerySet

from directives.models import Baseline
from directives.rules.fate import FATES, LAWFUL
from directives.selectors.cohorts import Look, followed, newcomers

# Words of the address (``ket_qua``) that mean several fates.
GROUPS = {
    "settled": Q(fate__in=LAWFUL),
    "unsettled": ~Q(fate__in=LAWFUL),
    "left": Q(fate__in=set(FATES) - LAWFUL - {"overdue"}),
}


def cohort_dossiers(*, look: Look, lists: QuerySet[Baseline], result: str) -> QuerySet[Any]:
    """``result``: a fate, a group of fates, ``inflow`` for newcomers, or empty for all of the lists."""
    if result == "inflow":
        return newcomers(look, lists)
    found = followed(look, list(lists.values_list("pk", flat=True)))
    return found.filter(GROUPS.get(result, Q(fate=result))) if result else found
