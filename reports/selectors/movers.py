"""What moved since an earlier night: the balance of all units by reason, and the units that moved furthest."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, QuerySet, Subquery, Value, When

from agencies.models import Agency
from dossiers.models import OverdueEpisode
from reports.rules.movers import CONTINUED, STILL, Flow, Mover, flow, furthest
from reports.rules.ranking import EVERYONE, Row
from reports.selectors.ranking import Comparison, Ranking

SHOWN = ("day", "week")
MOST = 3

Counted = tuple[int, date, str, int]  # unit, night, how or why, dossiers


@dataclass(frozen=True, slots=True)
class Balance:
    """All units together against an earlier night, and those that moved furthest since; no ``whole``: nothing to compare with."""

    comparison: Comparison
    before: int | None = None
    whole: Mover | None = None
    rose: tuple[Mover, ...] = ()
    fell: tuple[Mover, ...] = ()


def balances(*, agencies: QuerySet[Agency], ranking: Ranking) -> list[Balance]:
    """Against the day before and seven days before. ``ranking``: of these units, their own dossiers, both systems."""
    total = ranking.total
    if total is None:
        return []
    shown = [(place, item) for place, item in enumerate(ranking.comparisons) if item.key in SHOWN]
    days = [item.day for place, item in shown if item.day and total.changes[place] is not None]
    flows = _flows(agencies, days, ranking.as_of) if days else {}
    return [_balance(total, ranking.rows, place, item, flows.get(item.day) if item.day else None) for place, item in shown]


def _balance(total: Row, rows: Iterable[Row], place: int, item: Comparison, flows: Mapping[int, Flow] | None) -> Balance:
    if flows is None:
        return Balance(item)
    moved = [Mover(row.unit, change, flows.get(row.unit.pk, STILL)) for row in rows if (change := row.changes[place])]
    rose, fell = furthest(moved, MOST)
    whole = Mover(total.unit, total.changes[place] or 0, flows[EVERYONE.pk])
    return Balance(item, total.now.total - whole.change, whole, tuple(rose), tuple(fell))


def _flows(agencies: QuerySet[Agency], days: Collection[date], as_of: date) -> dict[date, dict[int, Flow]]:
    """Per earlier night, per unit, what came and went after it; ``EVERYONE`` is all of them together."""
    visible = OverdueEpisode.objects.filter(agency__in=agencies.order_by().values("pk"))
    came, went = _begun(visible, min(days), as_of), _ended(visible, min(days), as_of)
    found = {}
    for day in days:
        inward, outward = _by_unit(came, day), _by_unit(went, day)
        found[day] = {unit: flow(inward[unit], outward[unit]) for unit in {EVERYONE.pk, *inward, *outward}}
    return found


def _by_unit(rows: Iterable[Counted], after: date) -> defaultdict[int, Counter[str]]:
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for unit, night, word, number in rows:
        if night > after:
            found[unit][word] += number
            found[EVERYONE.pk][word] += number
    return found


def _begun(episodes: QuerySet[OverdueEpisode], after: date, until: date) -> list[Counted]:
    """An episode that begins in the night another of the same dossier ends takes over from it."""
    before = OverdueEpisode.objects.filter(dossier=OuterRef("dossier"), ended_as_of=OuterRef("opened_as_of"))
    how = Case(
        When(prior="", then=Value(CONTINUED)),
        When(prior__isnull=False, then=Value("arrived")),
        default=Value("opened"),
        output_field=CharField(),
    )
    begun = episodes.filter(opened_as_of__gt=after, opened_as_of__lte=until).order_by()
    told = begun.annotate(prior=Subquery(before.values("end_reason")[:1])).annotate(how=how)
    return list(told.values_list("agency_id", "opened_as_of", "how").annotate(Count("pk")))


def _ended(episodes: QuerySet[OverdueEpisode], after: date, until: date) -> list[Counted]:
    following = OverdueEpisode.objects.filter(dossier=OuterRef("dossier"), opened_as_of=OuterRef("ended_as_of"))
    why = Case(
        When(~Exists(following), end_reason="", then=Value("unstated")),
        When(end_reason="", then=Value(CONTINUED)),
        default=F("end_reason"),
        output_field=CharField(),
    )
    ended = episodes.filter(ended_as_of__gt=after, ended_as_of__lte=until).order_by()
    return list(ended.annotate(why=why).values_list("agency_id", "ended_as_of", "why").annotate(Count("pk")))
