"""The nightly verdict, set-based: which overdue episodes end tonight and which begin."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from dossiers.models import OverdueEpisode, SweepRun
from dossiers.rules.status import FINISHED
from dossiers.selectors.states import Day, Known, dossier_key, open_at, overdue, overdue_parts
from dossiers.services.statistics import statistics_renew

Reason = OverdueEpisode.EndReason


@dataclass(frozen=True)
class Night:
    """One date being swept, fixed once, the same for every step."""

    run: SweepRun  # saved when all steps are done
    day: Day
    known: Known  # the facts this night knows
    until: date | None  # the next finished date when a date before it is filled in; None on an ordinary night
    now: datetime


class VietnamMidnight(Func):
    """00:00 in Vietnam of a date column (the session's own zone is UTC)."""

    template = "(%(expressions)s::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')"
    output_field = DateTimeField()


def episodes_alive(as_of: date, *, newest: bool = False) -> QuerySet[OverdueEpisode]:
    """The episodes of a date. ``newest`` says nothing was swept after it, so the alive ones are simply those not ended."""
    if newest:
        return OverdueEpisode.objects.filter(ended_as_of__isnull=True)
    return OverdueEpisode.objects.filter(Q(ended_as_of__isnull=True) | Q(ended_as_of__gt=as_of), opened_as_of__lte=as_of)


def episodes_close(night: Night) -> int:
    """End what is no longer overdue, or no longer at that unit or in that field; say why. Returns how many."""
    key = dossier_key(night.known)
    alive = episodes_alive(night.day.as_of, newest=night.until is None)
    late = [night.known.filter(part).order_by().values_list(key, "agency", "field") for part in overdue_parts(night.day)]
    # A difference reads each side by its own index; asked as one join, the planner may walk the whole archive.
    gone = alive.order_by().values_list("dossier", "agency", "field").difference(*late)
    reason = night.known.filter(**{key: OuterRef("dossier")}).annotate(reason=_end_reason(night.day)).values("reason")[:1]
    return alive.filter(dossier__in=[dossier for dossier, _agency, _field in gone]).update(
        ended_as_of=night.day.as_of,
        end_detected_at=night.now,
        end_reason=Coalesce(Subquery(reason), Value(Reason.UNCOUNTED), output_field=CharField()),
    )


def _end_reason(day: Day) -> Case:
    """Why an episode ends, from tonight's facts. The order matters: an ended dossier is not asked whether it moved."""
    return Case(
        When(~Q(received_on__lte=day.as_of) | Q(received_on__isnull=True), then=Value(Reason.UNCOUNTED)),
        When(~open_at(day) & Q(status__in=FINISHED), then=Value(Reason.FINISHED)),
        When(~open_at(day), then=Value(Reason.ENDED_OTHER)),
        When(overdue(day), then=Value(Reason.TRANSFERRED)),
        When(overdue_from__lte=day.as_of, then=Value(Reason.STOPPED)),
        default=Value(Reason.DUE_MOVED),
        output_field=CharField(),
    )


def episodes_open(night: Night) -> int:
    """Begin an episode for every overdue dossier without one. Returns how many."""
    key = dossier_key(night.known)
    alive = episodes_alive(night.day.as_of, newest=night.until is None).filter(dossier=OuterRef(key))
    columns = {
        "dossier_id": F(key),
        "system_id": F("system_id"),
        "agency_id": F("agency_id"),
        "field": F("field"),
        "due_on": F("due_on"),
        # Hour limits are overdue within the due date itself, from the due moment; all others when that day has passed.
        "became_overdue_at": Case(
            When(overdue_from=F("due_on"), then=F("effective_due")), default=VietnamMidnight(F("overdue_from"))
        ),
        "detected_at": Value(night.now, output_field=DateTimeField()),
        "opened_as_of": Value(night.day.as_of, output_field=DateField()),
        "ended_as_of": Cast(Value(night.until), DateField()),
        "end_detected_at": Cast(Value(night.now if night.until else None), DateTimeField()),
        "end_reason": Value("", output_field=CharField()),
    }
    new = {f"new_{name}": value for name, value in columns.items()}
    late = [night.known.filter(part).exclude(Exists(alive)).order_by() for part in overdue_parts(night.day)]
    parts = [found.annotate(**new).values_list(*new).query.sql_with_params() for found in late]
    select, params = " UNION ALL ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO dossiers_overdueepisode ({', '.join(columns)}) {select}", params)
        opened = int(cursor.rowcount)
    statistics_renew(opened, OverdueEpisode)
    return opened
