"""The night as an ordered list of steps: what was overdue at the end of a day, once and for good.

A night is a function of its date, of what the batches taken in describe up to its cut-off, and of the rules; never of
when it runs. All of it is one transaction: a killed night leaves nothing behind and is simply done again.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.services.night import cohort_step, obligation_step
from dossiers.models import SweepRun
from dossiers.rules import RULES_VERSION
from dossiers.selectors.counts import counts_digest, overdue_total
from dossiers.selectors.nights import anything_came, nights_due
from dossiers.selectors.runs import TRIGGERS, finished_runs, following_run, latest_day, missing_nights, night_inputs
from dossiers.selectors.states import Day, dossiers_known_at
from dossiers.services.counts import day_check, day_count
from dossiers.services.sweep import Night, episodes_close, episodes_open
from journal.rules import JSON
from journal.services import night_done
from worktime.selectors import calendar

ONE_DAY = timedelta(days=1)


class NightRefusedError(Exception):
    """The night cannot be run as asked; the message says why and what to do."""


@dataclass(frozen=True)
class Step:
    name: str
    label: str | Promise
    work: Callable[[Night], int]  # returns the rows it dealt with


# Rooms above the dossiers' add their steps here.
STEPS = (
    Step("close", gettext_lazy("Kết thúc đợt quá hạn"), episodes_close),
    Step("open", gettext_lazy("Ghi nhận hồ sơ mới quá hạn"), episodes_open),
    Step("count", gettext_lazy("Lập số liệu ngày theo đơn vị"), day_count),
    Step("check", gettext_lazy("Đối chiếu số liệu với danh sách"), day_check),
    Step("cohort", gettext_lazy("Theo dõi danh sách tại mốc của công văn"), cohort_step),
    Step("obligations", gettext_lazy("Xét yêu cầu của công văn"), obligation_step),
)


def run(*, as_of: date, now: datetime, trigger: str) -> SweepRun:
    """Run one date. A date already done is returned as it is; a failure is put on record and raised."""
    try:
        with transaction.atomic(durable=True):
            _lock()
            return finished_runs().filter(as_of=as_of).first() or _sweep(as_of, now, trigger)
    except Exception as error:
        with transaction.atomic(durable=True):
            _lock()
            _record_failure(as_of, now, trigger, error)
        raise


def catch_up(*, upto: date, now: datetime, trigger: str) -> list[SweepRun]:
    """Run every date that is due up to this one, in order."""
    return [run(as_of=as_of, now=now, trigger=trigger) for as_of in nights_due(upto)]


def run_range(*, since: date, until: date, now: datetime, trigger: str) -> list[SweepRun]:
    """Run every date from ``since`` to ``until``, after those missing since the newest finished night.

    Dates already done come back as they are. A date before the first night is filled in as reconstructed history.
    """
    if until < since:
        raise NightRefusedError(_("Ngày cuối %(until)s trước ngày đầu %(since)s.") % _days(since=since, until=until))
    if until > timezone.localdate(now):
        raise NightRefusedError(_("Ngày %(until)s chưa đến, chưa thể rà soát.") % _days(until=until))
    for day in (since, until):
        Day.of(day, calendar())  # a year that is not loaded is refused here, before any night is on record
    if not anything_came():
        raise NightRefusedError(_("Chưa nhập tệp nào: chưa có gì để rà soát. Nhập tệp của các hệ thống trước."))
    last = latest_day()
    start = min(since, last + ONE_DAY) if last else since
    return [run(as_of=start + ONE_DAY * n, now=now, trigger=trigger) for n in range((until - start).days + 1)]


def _days(**days: date) -> dict[str, str]:
    return {name: f"{day:%d/%m/%Y}" for name, day in days.items()}


def _lock() -> None:
    """One night at a time, released with the transaction (a session's lock would leak under a connection pooler)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('sweep'), hashtext(%s))", [SweepRun.Kind.NIGHTLY])


def _hold_facts() -> None:
    """Wait for an import in progress and keep the next one out, so that every step sees the same facts. Readers go on."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE dossiers_dossier IN SHARE MODE")


def _sweep(as_of: date, now: datetime, trigger: str) -> SweepRun:
    started = time.perf_counter()
    _hold_facts()
    night = _night(as_of, now, trigger)
    run = night.run
    rows: dict[str, int] = {}
    for step in STEPS:
        began = time.perf_counter()
        rows[step.name] = step.work(night)
        seconds = round(time.perf_counter() - began, 4)
        run.steps.append({"name": step.name, "label": str(step.label), "seconds": seconds, "rows": rows[step.name]})
    run.opened, run.closed, run.overdue = rows["open"], rows["close"], overdue_total(as_of)
    run.seconds = round(time.perf_counter() - started, 4)
    run.finished_at = now + timedelta(seconds=run.seconds)
    run.save()
    _journal(run)
    return run


def _night(as_of: date, now: datetime, trigger: str) -> Night:
    """Fix everything the date's figures depend on; refuse a date whose predecessors are missing."""
    missing = missing_nights(as_of)[:-1]
    if missing:
        raise NightRefusedError(_("Phải rà soát ngày %(day)s trước.") % _days(day=missing[0]))
    last_batch, inputs = night_inputs(as_of)
    run = _row(as_of)
    run.status, run.trigger, run.error, run.steps = SweepRun.Status.DONE, trigger, "", []
    run.started_at, run.last_batch, run.inputs, run.rules_version = now, last_batch, inputs, RULES_VERSION
    following = following_run(as_of)
    day = Day.of(as_of, calendar())
    return Night(run=run, day=day, known=dossiers_known_at(run), until=following.as_of if following else None, now=now)


def _row(as_of: date) -> SweepRun:
    """The date's row: the one an earlier failure left, or a new one."""
    key = {"kind": SweepRun.Kind.NIGHTLY, "as_of": as_of}
    return SweepRun.objects.filter(**key).first() or SweepRun(**key)


def _journal(run: SweepRun) -> None:
    evidence: dict[str, JSON] = {
        "systems": run.inputs,
        "last_batch": run.last_batch,
        "rules_version": run.rules_version,
        "counts_sha256": counts_digest(run.as_of),
    }
    night_done(
        actor=str(TRIGGERS.get(run.trigger, run.trigger)),
        as_of=run.as_of,
        opened=run.opened,
        closed=run.closed,
        overdue=run.overdue,
        evidence=evidence,
    )


def _record_failure(as_of: date, now: datetime, trigger: str, error: Exception) -> None:
    run = _row(as_of)
    if run.status == SweepRun.Status.DONE:
        return  # another start has finished it meanwhile
    run.status, run.trigger, run.started_at, run.finished_at = SweepRun.Status.FAILED, trigger, now, now
    run.error = str(error) or type(error).__name__
    run.save()
