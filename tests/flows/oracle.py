"""A made-up fortnight of two systems, and what its nights must say: loops and dates only, no product code for counting."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from agencies.models import Agency
from dossiers.models import AgencyDayCount, ImportBatch, OverdueEpisode
from tests.factories.agencies import make_agency
from tests.factories.dossiers import make_batch, make_calendar, observe

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
FIRST, LAST = date(2022, 11, 1), date(2022, 11, 12)
STARTS = {"old": FIRST, "new": FIRST + 3 * DAY}  # the evening of each system's first extract
UNITS, FIELDS = ("601", "602", "603"), ("Đất đai", "Hộ tịch")
AGE_NAMES = ((5, "overdue_5"), (10, "overdue_10"), (30, "overdue_30"), (90, "overdue_90"))


@dataclass(frozen=True)
class Said:
    """One extract's word on one dossier; ``at`` is the moment it describes."""

    at: datetime
    system: str
    code: str
    unit: str
    field: str
    received: date | None
    due: date | datetime | None
    hourly: bool = False
    status: int = 4
    ended: date | None = None
    stopped: date | None = None


def evening(day: date) -> datetime:
    return datetime.combine(day, time(22), ZONE)


def story(seed: int, dossiers: int = 40) -> list[Said]:
    """Every word of every evening, in order of arrival; after the first extract only what changed."""
    chance, words = random.Random(seed), []
    now = {
        (system, f"{system}-{number}"): _beginning(chance, system, f"{system}-{number}")
        for system in STARTS
        for number in range(dossiers)
    }
    for day in (FIRST + DAY * n for n in range((LAST - FIRST).days + 1)):
        for key, said in now.items():
            start = STARTS[said.system]
            changed = _turn(chance, said, day) if day > start else said
            if day == start or (day > start and changed != said):
                now[key] = replace(changed, at=evening(day))
                words.append(now[key])
    return words


def _beginning(chance: random.Random, system: str, code: str) -> Said:
    received = FIRST - DAY * chance.choice((chance.randrange(-6, 60), chance.randrange(60, 200)))
    due: date | datetime = received + DAY * chance.randrange(1, 40)
    hourly = chance.random() < 0.15
    if hourly:
        due = datetime.combine(due, time(10), ZONE)
    said = Said(evening(FIRST), system, code, chance.choice(UNITS), chance.choice(FIELDS), received, due, hourly)
    if chance.random() < 0.1:
        return replace(said, due=None, hourly=False)
    return _turn(chance, said, FIRST) if chance.random() < 0.3 else said


def _turn(chance: random.Random, said: Said, day: date) -> Said:
    """Now and then something happens to an open dossier: one of everything a source can say."""
    if said.ended or chance.random() > 0.25:
        return said
    match chance.randrange(9):
        case 0 | 1:
            return replace(said, status=chance.choice((9, 10)), ended=day - DAY * chance.choice((0, 0, 0, 4)), stopped=None)
        case 2:
            return replace(said, status=chance.choice((3, 7, 8)), ended=day, stopped=None)
        case 3:
            return replace(said, due=day + DAY * chance.randrange(-9, 9), hourly=False)
        case 4:
            return replace(said, status=5, stopped=day - DAY * chance.choice((0, 0, 8)))
        case 5:
            return replace(said, status=4, stopped=None)
        case 6:
            return replace(said, unit=chance.choice(UNITS))
        case 7:
            return replace(said, field=chance.choice(FIELDS))
        case _:
            return replace(said, received=None if chance.random() < 0.5 else said.received, status=4)


# Writing the story into the database, as the intake would


def stage() -> dict[str, Agency]:
    make_calendar(2021, 2022)
    return {code: make_agency(f"Đơn vị {code}", code=code) for code in UNITS}


def tell(words: list[Said], units: dict[str, Agency]) -> None:
    """Bring these words in: one batch per system and evening."""
    batches: dict[tuple[str, datetime], ImportBatch] = {}
    for said in words:
        key = said.system, said.at
        batches[key] = batches.get(key) or make_batch(said.at, system=said.system)
        facts: dict[str, Any] = {
            name: getattr(said, name) for name in ("field", "received", "due", "hourly", "status", "ended", "stopped")
        }
        observe(batches[key], said.code, units[said.unit], **facts)


# What the nights must say


def working_days(after: date, upto: date) -> int:
    return sum((after + DAY * n).weekday() < 5 for n in range(1, (upto - after).days + 1) if after + DAY * n not in OFF)


OFF = {date(2022, 9, 1), date(2022, 9, 2)}


def due_day(said: Said) -> date | None:
    return said.due.date() if isinstance(said.due, datetime) else said.due


def names(said: Said, day: date) -> Iterator[str]:
    """The figures of a day one dossier belongs to."""
    due = due_day(said)
    if said.received == day:
        yield "received"
    if said.received is None or said.received > day:
        return
    if said.ended and said.ended <= day:
        if said.ended == day:
            yield _ending(said, due)
        return
    yield "open"
    halted = said.stopped is not None and said.stopped <= day
    late_from = due and (due if said.hourly else due + DAY)
    if due is None or late_from is None:
        yield "awaiting" if halted else "undated"
    elif day >= late_from and (said.stopped is None or said.stopped >= late_from):
        yield "overdue"
        yield next((name for limit, name in AGE_NAMES if working_days(due, day) <= limit), "overdue_more")
        if halted:
            yield "overdue_before_stop"
    elif halted:
        yield "awaiting"
    else:
        yield "in_time"
        if due == day:
            yield "due_today"
        elif working_days(day, due) <= 1:
            yield "due_soon"


def _ending(said: Said, due: date | None) -> str:
    """Endings are at 08:00 (the factory's hour), hourly limits at 10:00: on its due date none is late."""
    if said.status not in (9, 10):
        return "ended_other"
    if due is None or said.ended == due:
        return "done_on_time"
    return "done_early" if said.ended and said.ended < due else "done_late"


def known(words: list[Said], night: date) -> dict[str, Said]:
    """The last word on each dossier within the night's knowledge."""
    end = datetime.combine(night + DAY, time(), ZONE)
    cutoffs = {system: max(end, evening(start)) for system, start in STARTS.items()}
    return {said.code: said for said in words if said.at <= cutoffs[said.system]}


Figures = dict[tuple[date, str, str, str], dict[str, int]]
Oldest = dict[tuple[date, str, str, str], date]


def expected_counts(words: list[Said], nights: list[date]) -> tuple[Figures, Oldest]:
    figures: dict[tuple[date, str, str, str], Counter[str]] = defaultdict(Counter)
    oldest: Oldest = {}
    for night in nights:
        for said in known(words, night).values():
            found = list(names(said, night))
            for field in ("", said.field) if found else ():
                key = night, said.unit, said.system, field
                figures[key].update(found)
                due = due_day(said)
                if "overdue" in found and due:
                    oldest[key] = min(oldest.get(key, due), due)
    return {key: dict(found) for key, found in figures.items()}, oldest


Span = tuple[str, str, str, date, date | None, str]  # code, unit, field, opened, ended, why


def expected_episodes(words: list[Said], nights: list[date]) -> list[Span]:
    alive: dict[str, tuple[str, str, date]] = {}
    spans: list[Span] = []
    for night in nights:
        facts = known(words, night)
        late = {code for code, said in facts.items() if "overdue" in names(said, night)}
        for code, (unit, field, opened) in list(alive.items()):
            if code not in late or (facts[code].unit, facts[code].field) != (unit, field):
                spans.append((code, unit, field, opened, night, _why(facts[code], night, code in late)))
                del alive[code]
        for code in late - alive.keys():
            alive[code] = facts[code].unit, facts[code].field, night
    return sorted(spans + [(code, *span, None, "") for code, span in alive.items()], key=str)


def _why(said: Said, night: date, late: bool) -> str:
    if said.received is None or said.received > night:
        return "uncounted"
    if said.ended and said.ended <= night:
        return "finished" if said.status in (9, 10) else "ended_other"
    due = due_day(said)
    if late:
        return "transferred"
    return "stopped" if due and due < night else "due_moved"


# What the product wrote


def written_counts() -> tuple[Figures, Oldest]:
    figures, oldest = {}, {}
    columns = [field.name for field in AgencyDayCount._meta.fields if field.get_internal_type() == "PositiveIntegerField"]
    for row in AgencyDayCount.objects.select_related("agency"):
        key = row.as_of, row.agency.code, row.system_id, row.field
        figures[key] = {name: getattr(row, name) for name in columns if getattr(row, name)}
        if row.oldest_due:
            oldest[key] = row.oldest_due
    return figures, oldest


def written_episodes() -> list[Span]:
    columns = ("dossier__code", "agency__code", "field", "opened_as_of", "ended_as_of", "end_reason")
    return sorted(OverdueEpisode.objects.values_list(*columns), key=str)
