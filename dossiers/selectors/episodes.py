"""What a night changed: the episodes it opened and the episodes it ended."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from dossiers.models import OverdueEpisode
from dossiers.selectors.states import Known, dossier_key

# By the words of the list address (``tinh_trang``): the column that holds the night's date.
MOVEMENTS = {"newly_overdue": "opened_as_of", "no_longer_overdue": "ended_as_of"}


def moved(known: Known, movement: str, as_of: date) -> Known:
    """The dossiers that became overdue in that night, or that ceased to be; moving to another unit is both."""
    episodes: QuerySet[OverdueEpisode] = OverdueEpisode.objects.filter(**{MOVEMENTS[movement]: as_of})
    return known.filter(Exists(episodes.filter(dossier=OuterRef(dossier_key(known)))))
