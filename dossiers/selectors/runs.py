"""The ledger of nights: which dates are done, with what knowledge."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict

from django.db.models import Max, Min, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dossiers.models import ImportBatch, SourceSystem, SweepRun

# Who starts a night.
TRIGGERS: Mapping[str, str | Promise] = {
    "beat": _("lịch 00:15"),
    "watchdog": _("kiểm tra 5 phút một lần"),
    "start": _("khởi động hệ thống"),
    "command": _("lệnh nightly"),
    "page": _("nút Chạy bù"),
    "demo": _("dữ liệu minh hoạ"),
}


class Inputs(TypedDict):
    """What a night knew of one system; moments in ISO 8601."""

    data_as_of: str | None  # newest moment its data describe, within the cut-off
    cutoff: str | None  # knowledge up to this moment; null when nothing had come in
    reconstructed: bool  # the day lies before the first data: rebuilt from the dossiers' own dates
    pending: list[int]  # batches with a lower number than the last one seen, not in yet


@dataclass(frozen=True)
class Freshness:
    """How old one system's data are in a night's figures."""

    system: SourceSystem
    data_as_of: datetime | None
    reconstructed: bool
    days_behind: int | None  # days from the data's date to the figures' date; 0 = they reach its end; null = no data


@dataclass(frozen=True)
class NightTold:
    """A night with who started it and how fresh its data were."""

    run: SweepRun
    trigger: str | Promise
    systems: list[Freshness]


def finished_runs() -> QuerySet[SweepRun]:
    return SweepRun.objects.filter(kind=SweepRun.Kind.NIGHTLY, status=SweepRun.Status.DONE)


def latest_run() -> SweepRun | None:
    """The newest finished night."""
    return finished_runs().order_by("-as_of").first()


def latest_day() -> date | None:
    """The newest date with figures."""
    newest: date | None = finished_runs().aggregate(newest=Max("as_of"))["newest"]
    return newest


def days_known() -> tuple[date, date] | None:
    """The first and the newest date with figures; None before the first night."""
    found = finished_runs().aggregate(first=Min("as_of"), newest=Max("as_of"))
    return (found["first"], found["newest"]) if found["first"] else None


def nearest_day(as_of: date) -> date | None:
    """The newest date with figures not after ``as_of``, else the first one after it."""
    run = finished_runs().filter(as_of__lte=as_of).order_by("-as_of").first() or following_run(as_of)
    return run.as_of if run else None


def following_run(as_of: date) -> SweepRun | None:
    return finished_runs().filter(as_of__gt=as_of).order_by("as_of").first()


def failed_runs() -> QuerySet[SweepRun]:
    """Dates whose last attempt failed, newest first; a date leaves the list when it is done."""
    return SweepRun.objects.filter(kind=SweepRun.Kind.NIGHTLY, status=SweepRun.Status.FAILED)


def missing_nights(upto: date) -> list[date]:
    """Dates after the newest finished night, in order; none before the first night."""
    last = latest_day()
    return [last + timedelta(days=n) for n in range(1, (upto - last).days + 1)] if last else []


def inputs_by_day(days: Iterable[date]) -> dict[date, Mapping[str, Inputs]]:
    """What each finished night among these dates had taken in; a date without a night is missing."""
    return dict(finished_runs().filter(as_of__in=set(days)).values_list("as_of", "inputs"))


def systems_told(inputs: Mapping[str, Mapping[str, object]]) -> frozenset[str]:
    """The systems a night had any data of. Its zeros for another one mean that nobody knows."""
    return frozenset(system for system, told in inputs.items() if told["data_as_of"])


def systems_by_day(days: Iterable[date]) -> dict[date, frozenset[str]]:
    """Which systems have figures on which of these dates; what is missing is unknown, never zero."""
    return {day: systems_told(inputs) for day, inputs in inputs_by_day(days).items()}


def midnight_after(as_of: date) -> datetime:
    """24:00 in Vietnam: the moment a day's figures describe."""
    return timezone.make_aware(datetime.combine(as_of + timedelta(days=1), datetime.min.time()))


def _day_described(moment: datetime) -> date:
    """A moment's day in Vietnam; midnight is the end of the day before."""
    return timezone.localdate(moment - timedelta(microseconds=1))


def night_inputs(as_of: date) -> tuple[int, Mapping[str, Inputs]]:
    """(last batch taken in, per system what there is to know) for a night run now.

    A system's knowledge reaches to 24:00 of the day, or, for days before its earliest data, of the day those describe.
    The files of that day belong together. A file of which rows were set aside for newer ones tells no day by itself.
    """
    taken_in = ImportBatch.objects.filter(status=ImportBatch.Status.DONE)
    last_batch = taken_in.aggregate(last=Max("pk"))["last"] or 0
    done = taken_in.exclude(kind=ImportBatch.Kind.UNDO)  # what takes a file back tells of no new moment
    inputs: dict[str, Inputs] = {}
    for system in SourceSystem.objects.order_by("code"):
        first = done.filter(system=system, stale=0).aggregate(at=Min("data_as_of"))["at"]
        cutoff = midnight_after(max(as_of, _day_described(first))) if first else None
        newest = done.filter(system=system, data_as_of__lte=cutoff).aggregate(at=Max("data_as_of"))["at"] if cutoff else None
        # A refused file too: it is read again under its number once somebody has said what its words mean.
        settled = [ImportBatch.Status.DONE, ImportBatch.Status.REVERTED]
        waiting = system.batches.filter(pk__lt=last_batch).exclude(status__in=settled)
        inputs[system.code] = {
            "data_as_of": newest.isoformat() if newest else None,
            "cutoff": cutoff.isoformat() if cutoff else None,
            "reconstructed": bool(cutoff and cutoff > midnight_after(as_of)),
            "pending": list(waiting.order_by("pk").values_list("pk", flat=True)),
        }
    return last_batch, inputs


def nights_told(runs: Iterable[SweepRun]) -> list[NightTold]:
    """The nights with their systems, the old one first."""
    systems = list(SourceSystem.objects.order_by("-code"))
    return [NightTold(run, TRIGGERS.get(run.trigger, run.trigger), _freshness(run, systems)) for run in runs]


def _freshness(run: SweepRun, systems: Iterable[SourceSystem]) -> list[Freshness]:
    found = []
    for system in systems:
        inputs = run.inputs.get(system.code)
        moment = datetime.fromisoformat(inputs["data_as_of"]) if inputs and inputs["data_as_of"] else None
        behind = max((midnight_after(run.as_of) - moment).days, 0) if moment else None
        found.append(Freshness(system, moment, bool(inputs and inputs["reconstructed"]), behind))
    return found
