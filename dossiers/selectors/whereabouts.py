"""Where else a dossier is, and whether its own system still shows it, as a night knew it."""

from functools import reduce
from operator import or_

from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from dossiers.models import Dossier, DossierRevision, ImportBatch, SourceSystem, SweepRun
from dossiers.selectors.states import Known, cutoffs, pending, within

NOTHING = Q(pk__in=[])


def unlisted(run: SweepRun, known: Known) -> Q:
    """Dossiers that the newest full extract the night knew does not have, nor any file since.

    The intake blanks the hash of what a full extract leaves out and keeps the moment of the last file that showed it
    (``services/intake_sql.py``). What has come back since counts as never gone in nights looked back at.
    """
    own = "" if known.model is Dossier else "dossier__"
    moments = _newest_full(run).items()
    gone = [Q(**{f"{own}system": system, f"{own}seen_at__lt": moment}) for system, moment in moments]
    return Q(**{f"{own}row_hash": b""}) & reduce(or_, gone, NOTHING)


def _newest_full(run: SweepRun) -> dict[str, object]:
    reach = [Q(system=system, data_as_of__lte=cutoff) for system, cutoff in cutoffs(run).items()]
    full = ImportBatch.objects.filter(kind=ImportBatch.Kind.FULL, status=ImportBatch.Status.DONE, pk__lte=run.last_batch)
    seen = full.filter(reduce(or_, reach, NOTHING)).exclude(pk__in=pending(run))
    return dict(seen.order_by().values_list("system").annotate(Max("data_as_of")))


def elsewhere(run: SweepRun, known: Known) -> Q:
    """Dossiers whose code another system holds too.

    Each system by name, as the index of codes begins with it. A value is looked up, not existence: the planner would
    answer that for the whole archive at once, where a list asks it of few.
    """
    systems = list(SourceSystem.objects.order_by("code").values_list("code", flat=True))
    pairs = [(here, there) for here in systems for there in systems if here != there]
    twins = {there: Subquery(_twins(run, known, there).order_by().values("pk")[:1]) for _here, there in pairs}
    return reduce(or_, (Q(system=here) & Q(IsNull(twins[there], False)) for here, there in pairs), NOTHING)


def _twins(run: SweepRun, known: Known, system: str) -> Known:
    if known.model is Dossier:
        return Dossier.objects.filter(system=system, code=OuterRef("code"))
    return DossierRevision.objects.filter(within(run), dossier__system=system, dossier__code=OuterRef("code"))
