"""Brings the demo's files through the normal intake and runs its nights, in the order in which it would have happened."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from demo import answers
from demo.history import LAST_EXTRACT, Extract, History, extracts, history, next_day_extracts, write
from demo.lives import overdue
from demo.params import NAMED, params_read
from demo.plan import FIRST_DAY, LAST_DAY, SNAPSHOT
from demo.reference import aliases_read, procedures_add, world_read
from demo.world import World
from dossiers.models import AgencyDayCount, ImportBatch
from dossiers.selectors.runs import finished_runs
from dossiers.services.intake import batch_open, batch_run
from kontum_tthc import nightly
from worktime.rules import VIETNAM, end_of_day

ACTOR = "Dữ liệu minh hoạ"
TRIGGER = "demo"
ARRIVES = timedelta(minutes=30)  # after the moment the file describes
NIGHT_AT = time(0, 15)
LAST_SWEEP = LAST_EXTRACT + 2 * ARRIVES  # the letter's own day is swept as soon as its first files are in

Say = Callable[[str], None]
Figures = Mapping[tuple[str, str], int]  # (agency code, system) → overdue


class DemoError(Exception):
    """The demo cannot be loaded here, or did not come out as planned. The text is Vietnamese."""


def check_allowed() -> None:
    """Refuse where real data may live."""
    if not settings.DEMO:
        raise DemoError(_("Chỉ nạp dữ liệu minh hoạ khi KONTUM_DEMO=1. Cơ sở dữ liệu này không phải bản minh hoạ."))


def is_complete() -> bool:
    """Whether the history is there to its last night; files brought in by hand since then do no harm."""
    return finished_runs().filter(as_of=LAST_DAY, trigger=TRIGGER).exists()


def load(*, folder: Path, scale: float, say: Say) -> Figures:
    """Write all files, feed them, run the nights, compare with the plan. What an earlier start has done is not done again."""
    if ImportBatch.objects.exclude(actor=ACTOR).exists():
        raise DemoError(_("Đã có lần nhập không phải dữ liệu minh hoạ. Hãy dùng một thư mục --root khác còn trống."))
    procedures_add(actor=ACTOR)
    world = world_read()
    told = history(world, params_read(settings.BASE_DIR / "data" / "generator_params.csv"), aliases_read(), scale=scale)
    total = sum(map(len, told.lives.values()))
    say(_("Đã dựng %(total)d hồ sơ minh hoạ.") % {"total": total})
    folder.mkdir(parents=True, exist_ok=True)
    for extract in next_day_extracts():
        write(told, extract, folder)
    _play(told, world, folder, say)
    return check_snapshot(told)


def _play(told: History, world: World, folder: Path, say: Say) -> None:
    waiting, acts = extracts(world.calendar.is_working), answers.timeline()
    for number in range((LAST_DAY - FIRST_DAY).days + 1):
        day = FIRST_DAY + timedelta(days=number)
        while waiting and waiting[0].at.date() == day:
            batch = feed(told, waiting.pop(0), folder)
            if batch.kind == ImportBatch.Kind.FULL:
                say(_feed_text(batch))
        night = min(datetime.combine(day + timedelta(days=1), NIGHT_AT, VIETNAM), LAST_SWEEP)
        while acts and acts[0].at < night:
            answers.play(acts.pop(0))
        run = nightly.run(as_of=day, now=night, trigger=TRIGGER)
        if day.day % 10 == 0 or day in (FIRST_DAY, SNAPSHOT, LAST_DAY):
            say(_("Rà soát đêm %(day)s: %(overdue)d hồ sơ quá hạn.") % {"day": f"{day:%d/%m/%Y}", "overdue": run.overdue})
    for act in acts:  # of the last morning
        answers.play(act)


def feed(told: History, extract: Extract, folder: Path) -> ImportBatch:
    """One file through the intake; a file taken in earlier comes back as it is."""
    path = write(told, extract, folder)
    now = extract.at + ARRIVES
    with path.open("rb") as source:
        batch = batch_open(
            source=source,
            file_name=path.name,
            system=extract.system,
            kind=extract.kind,
            data_as_of=extract.at,
            now=now,
            actor=ACTOR,
        )
    if batch.status != ImportBatch.Status.DONE:
        batch = batch_run(batch=batch, now=now)
    if batch.status != ImportBatch.Status.DONE:
        raise DemoError(_("Tệp %(name)s không nhập được: %(message)s") % {"name": path.name, "message": batch.message})
    return batch


def _feed_text(batch: ImportBatch) -> str:
    text = _("Đã nhập %(name)s: %(new)d mới, %(changed)d thay đổi, %(unchanged)d không đổi, %(rejected)d bị loại.")
    counts = {"new": batch.new, "changed": batch.changed, "unchanged": batch.unchanged, "rejected": batch.rejected}
    return text % {"name": batch.file_name, **counts}


def planned(told: History, day: date) -> Figures:
    """The demo's own count of a day, from the lives alone."""
    known = min(end_of_day(day), LAST_EXTRACT)
    lives = (life for each in told.lives.values() for life in each)
    return Counter((life.unit.code, life.system) for life in lives if overdue(life, day, known))


def counted(day: date) -> Figures:
    """What the night wrote."""
    rows = AgencyDayCount.objects.filter(as_of=day, field="", overdue__gt=0)
    return {(code, system): overdue for code, system, overdue in rows.values_list("agency__code", "system", "overdue")}


def check_snapshot(told: History) -> Figures:
    """The night of 07/11/2022 must say what was planned, unit by unit. Returns its figures."""
    ours, theirs = planned(told, SNAPSHOT), counted(SNAPSHOT)
    wanted = {key: count for key, count in told.targets.items() if count}
    wrong = {key for key in {*wanted, *ours, *theirs} if not wanted.get(key, 0) == ours.get(key, 0) == theirs.get(key, 0)}
    if wrong:
        each = (
            f"{code}/{system}: {wanted.get((code, system), 0)} – {ours.get((code, system), 0)} – {theirs.get((code, system), 0)}"
            for code, system in sorted(wrong)
        )
        text = _("Số quá hạn ngày 07/11/2022 khác kế hoạch (định – dựng – đếm): %(each)s. Hãy nạp lại với thư mục --root mới.")
        raise DemoError(text % {"each": "; ".join(each)})
    return theirs


def files_to_try(folder: Path) -> list[Path]:
    """Files of the morning after the last ones, for a person to bring in by hand."""
    return [path for extract in next_day_extracts() if (path := folder / extract.name).exists()]


def golden_figures() -> Figures:
    """The four figures of letter 3812, as the night counted them."""
    figures = counted(SNAPSHOT)
    return {(code, system): figures.get((code, system), 0) for code in NAMED.values() for system in ("old", "new")}
