"""All lives of the demo, and which of them each export file shows."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from pathlib import Path
from random import Random

from demo import files
from demo.backlog import Backlog
from demo.counter import Counter, office_moment
from demo.dues import Dues
from demo.lives import Life
from demo.ordinary import FIRST_RECEIPT, Ordinary
from demo.params import Params
from demo.plan import FIRST_DAY, LAST_DAY, spells, targets
from demo.register import Clerk, number_lives
from demo.world import World
from worktime.rules import VIETNAM

SEED = 3812
TOTAL = 60_000
SYSTEMS = ("old", "new")
EXTRACTED_AT = time(23)  # daily, after the offices' last entries
FULL_EVERY = timedelta(days=14)
EVERY_DAY_FROM = date(2022, 11, 4)  # before that, changes are exported on working days
LAST_EXTRACT = datetime.combine(LAST_DAY, time(0, 30), VIETNAM)  # the letter's day has only begun when its figures are made
NEXT_EXTRACT = datetime.combine(LAST_DAY, time(6), VIETNAM)  # before the demo's clock (07:30)
OVERLAP = timedelta(days=3)  # a full extract repeats what changed shortly before the one before it
LOST, LOST_FROM = 12, date(2022, 9, 20)
# How the new system hands over its changes: as a register, then by the national exchange, then from iGate's own list.
NATIONAL_FROM, IGATE_FROM = date(2022, 11, 4), date(2022, 11, 8)


@dataclass(frozen=True)
class History:
    lives: Mapping[str, Sequence[Life]]  # by system
    targets: Mapping[tuple[str, str], int]
    clerk: Clerk
    broken: Mapping[str, Sequence[tuple[Life, Mapping[str, str]]]]
    events: Mapping[str, Sequence[tuple[datetime, int]]] = field(init=False)  # by system: (moment, place in lives), in order

    def __post_init__(self) -> None:
        events = {
            system: sorted((moment, place) for place, life in enumerate(lives) for moment in life.events())
            for system, lives in self.lives.items()
        }
        object.__setattr__(self, "events", events)

    def changed(self, system: str, since: datetime, upto: datetime) -> set[int]:
        """Places of the lives whose record changed in (since, upto]."""
        events = self.events[system]
        first, last = (bisect_right(events, moment, key=itemgetter(0)) for moment in (since, upto))
        return {place for _, place in events[first:last]}


@dataclass(frozen=True)
class Extract:
    """One file: everything open or changed since ``since`` (full), or what changed after it (delta)."""

    system: str
    kind: str
    since: datetime
    at: datetime

    @property
    def is_register(self) -> bool:
        return self.system == "old" or self.kind == "full" or self.at.date() < NATIONAL_FROM

    @property
    def name(self) -> str:
        register = ".xlsx" if self.system == "old" else ".csv"
        suffix = register if self.is_register else ".json"
        which = "he-thong-cu" if self.system == "old" else "he-thong-moi"
        kind = "day-du" if self.kind == "full" else "thay-doi"
        return f"minh-hoa-{which}-{kind}-{self.at:%Y%m%d-%H%M}{suffix}"


def history(
    world: World, params: Params, aliases: Mapping[str, Sequence[str]], *, scale: float = 1.0, seed: int = SEED
) -> History:
    """Plan every dossier. The same seed gives the same lives."""
    counter, dues = Counter(params, world.calendar, seed), Dues(world.calendar)
    wanted = targets(world, params, Random(f"{seed}:targets"), scale)
    backlog = Backlog(world, counter, dues)
    lives: list[Life] = []
    for (code, system), target in wanted.items():
        rng = Random(f"{seed}:{code}:{system}")
        lives += [backlog.life(spell, rng) for spell in spells(world.unit(code), system, target, world, params, rng)]
    ordinary = Ordinary(world, counter, dues)
    _lose(lives, {code for code, _ in params.golden}, Random(f"{seed}:lost"))
    lives += ordinary.lives(max(0, round(TOTAL * scale) - len(lives)), Random(f"{seed}:ordinary"))
    clerk = Clerk(world, aliases, seed)
    number_lives(lives, clerk)
    broken = {system: _broken(system, world, ordinary, clerk, Random(f"{seed}:broken:{system}")) for system in SYSTEMS}
    return History({system: [life for life in lives if life.system == system] for system in SYSTEMS}, wanted, clerk, broken)


def _lose(lives: Iterable[Life], spared: set[str], rng: Random) -> None:
    """A few overdue dossiers vanish from the extracts without an end."""
    before = datetime.combine(LOST_FROM, time(), VIETNAM)
    candidates = [life for life in lives if life.ended is None and max(life.events()) < before and life.unit.code not in spared]
    for life in rng.sample(candidates, min(LOST, len(candidates))):
        life.lost = before


def _broken(system: str, world: World, ordinary: Ordinary, clerk: Clerk, rng: Random) -> list[tuple[Life, Mapping[str, str]]]:
    """Rows no intake can take: a status nobody knows, a date that does not exist, a commune name that two communes have."""
    impossible = "31/02/2022 08:00"
    twins = {"agency": "UBND xã Đăk Long", "receiver": "Bộ phận một cửa"}
    faults: list[Mapping[str, str]] = [{"status": "Chuyển lưu kho tạm"}, {"received": impossible}, twins]
    lives = ordinary.lives(3 * len(faults), rng)
    for number, life in enumerate(lives, start=1):
        day = world.calendar.next_working(FIRST_RECEIPT + timedelta(days=number))
        life.received, life.system = office_moment(rng, day), system
        life.code = (
            f"{clerk.national_code('608')}-{life.received:%y%m%d}-9{number:03d}" if system == "new" else f"608-2022-9{number:05d}"
        )
        life.started = life.ended = life.returned = life.stop_start = life.stop_end = None
    return [(life, faults[index % len(faults)]) for index, life in enumerate(lives)]


def extracts(calendar_working: Callable[[date], bool]) -> list[Extract]:
    """Every file up to the letter's day, in the order in which they arrive: old before new on each day."""
    found: list[Extract] = []
    last_full = last = datetime.combine(FIRST_RECEIPT, time(), VIETNAM)
    for number in range((LAST_DAY - FIRST_DAY).days + 1):
        day = FIRST_DAY + timedelta(days=number)
        at = min(datetime.combine(day, EXTRACTED_AT, VIETNAM), LAST_EXTRACT)
        if timedelta(days=number) % FULL_EVERY == timedelta(0):
            found += [Extract(system, "full", last_full - OVERLAP if number else last_full, at) for system in SYSTEMS]
            last_full = last = at
        elif calendar_working(day) or day >= EVERY_DAY_FROM:
            found += [Extract(system, "delta", last, at) for system in SYSTEMS]
            last = at
    return found


def next_day_extracts() -> list[Extract]:
    """The files of the morning after, for a person to bring in by hand."""
    fulls_before = (LAST_DAY - FIRST_DAY) // FULL_EVERY
    since = datetime.combine(FIRST_DAY + fulls_before * FULL_EVERY, EXTRACTED_AT, VIETNAM) - OVERLAP
    return [Extract(system, "full", since, NEXT_EXTRACT) for system in SYSTEMS]


def rows(told: History, extract: Extract) -> Iterator[files.Row]:
    """What one file shows, in the order of the codes."""
    changed = told.changed(extract.system, extract.since, extract.at)
    for place, life in enumerate(told.lives[extract.system]):
        if (place in changed or (extract.kind == "full" and life.open_at(extract.at))) and not life.lost_at(extract.at):
            yield told.clerk.entry(life, extract.at), {}
    broken = told.broken[extract.system]
    turn = extract.at.date().toordinal()
    for index, (life, wrong) in enumerate(broken):
        if extract.kind == "full" or (turn % 3 == 0 and index == turn // 3 % len(broken)):
            yield told.clerk.entry(life, extract.at), wrong


def write(told: History, extract: Extract, folder: Path) -> Path:
    path = folder / extract.name
    about = "toàn bộ hồ sơ đang giải quyết và hồ sơ có thay đổi" if extract.kind == "full" else "hồ sơ có thay đổi"
    _writer(extract)(path, extract.system, f"{about} từ {extract.since:%d/%m/%Y}", extract.at, rows(told, extract))
    return path


def _writer(extract: Extract) -> Callable[[Path, str, str, datetime, Iterable[files.Row]], None]:
    if extract.is_register:
        return files.write_xlsx if extract.system == "old" else files.write_csv
    return files.write_igate if extract.at.date() >= IGATE_FROM else files.write_national
