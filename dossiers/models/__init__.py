"""The facts and the nightly verdicts."""

from dossiers.models.counts import AgencyDayCount
from dossiers.models.dossiers import CHANNELS, STATUSES, Dossier, DossierFacts, DossierRevision
from dossiers.models.overdue import OverdueEpisode, SweepRun
from dossiers.models.procedures import Procedure, TimeUnit
from dossiers.models.sources import ImportBatch, ImportIssue, SourceSystem
from dossiers.models.wordings import SourceWord

__all__ = [
    "CHANNELS",
    "STATUSES",
    "AgencyDayCount",
    "Dossier",
    "DossierFacts",
    "DossierRevision",
    "ImportBatch",
    "ImportIssue",
    "OverdueEpisode",
    "Procedure",
    "SourceSystem",
    "SourceWord",
    "SweepRun",
    "TimeUnit",
]
