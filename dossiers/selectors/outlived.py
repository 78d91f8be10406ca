"""How many letters an overdue dossier has outlived ("tồn qua n văn bản"): on the lists of how many it stands (law.md §12, B16).

The lists are fixed in the room above (directives); from here they are only followed backwards, by the relation they leave.
"""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from dossiers.models import Dossier
from dossiers.selectors.states import Day, Known, dossier_key, overdue

LIST = "baselines__baseline"


def _counted(as_of: date) -> QuerySet[Any]:
    """Dossiers on the list of a letter issued by then, with the number of such letters."""
    listed = Dossier.objects.filter(**{f"{LIST}__directive__issued_on__lte": as_of}).order_by().values("pk")
    return listed.annotate(letters=Count(f"{LIST}__directive", distinct=True))


def outlived(known: Known, day: Day, letters: int) -> Known:
    """Those overdue at the end of the day that stand on the lists of exactly so many letters."""
    listed = _counted(day.as_of).filter(letters=letters).values("pk")
    return known.filter(overdue(day), **{f"{dossier_key(known)}__in": listed})


def outliving(known: Known, day: Day, letters: int) -> Known:
    """Those overdue at the end of the day that stand on the lists of at least so many letters."""
    listed = _counted(day.as_of).filter(letters__gte=letters).values("pk")
    return known.filter(overdue(day), **{f"{dossier_key(known)}__in": listed})


def letters_outlived_by(known: Known, day: Day) -> dict[int, int]:
    """How many letters each of these dossiers, overdue at the end of the day, has outlived; those on no list are left out."""
    late = known.filter(overdue(day)).order_by().values(dossier_key(known))
    return dict(_counted(day.as_of).filter(pk__in=late).values_list("pk", "letters"))


def outlived_counts(known: Known, day: Day) -> dict[int, int]:
    """How many overdue dossiers have outlived how many letters, most letters first; those on no list are left out."""
    found = Counter(letters_outlived_by(known, day).values())
    return dict(sorted(found.items(), reverse=True))


def lists_standing_on(dossier: Dossier, as_of: date) -> list[Any]:
    """The lists of letters issued by then that hold the dossier, oldest letter first."""
    lists = dossier.baselines.filter(baseline__directive__issued_on__lte=as_of).select_related("baseline__directive")
    return [member.baseline for member in lists.order_by("baseline__directive__issued_on", "baseline__directive__reference")]
