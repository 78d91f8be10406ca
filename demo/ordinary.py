"""The great majority: received, perhaps stopped once, and finished early or on the due date. None of them is ever overdue."""

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from demo.counter import CHANNELS, Counter, office_moment
from demo.dues import Dues
from demo.lives import FINANCIAL, HALTED, HOURLY, REFUSED, SUPPLEMENT, WITHDRAWN, Life
from demo.plan import LAST_DAY
from demo.world import JOINT, Matter, Unit, World, unit_weight
from dossiers.rules.deadlines import Stop
from worktime.rules import OFFICE_HOURS, VIETNAM, add_working_hours, effective_start

FIRST_RECEIPT = date(2022, 7, 1)
OLD_SHARE_FIRST, OLD_SHARE_LAST = 0.34, 0.03  # of a day's receipts still on the old system
WEEKEND_SHARE, NIGHT_SHARE = 0.08, 0.05  # of a Friday's receipts, online; of online receipts, after closing
WAITS_SHARE = 0.3  # of what comes online after closing: not taken in by the system but by an officer, the next working day
# The matters people mostly come for; all others weigh 1.
POPULAR = {
    "2.000815": 14,
    "2.000884": 5,
    "1.001193": 5,
    "1.004873": 4,
    "2.000635": 3,
    "1.000894": 2,
    "1.003003": 2,
    "1.002809": 3,
    "MH.000001": 2,
}
# Ended without a result (cumulative), stopped once, its promise differing from the rules, without a promise in the source.
WITHDRAWN_UPTO, HALTED_UPTO, REFUSED_UPTO = 0.008, 0.012, 0.018
STOP_SHARE, FINANCIAL_SHARE, COMES_BACK = 0.07, 0.4, 0.75
DIFFERS_SHARE, SILENT_SHARE, ON_DUE_DATE = 0.015, 0.01, 0.22


class Ordinary:
    def __init__(self, world: World, counter: Counter, dues: Dues) -> None:
        self.counter, self.dues, self.calendar = counter, dues, world.calendar
        self.days, self.day_weights = self._days()
        self.cells = list(JOINT)
        self.cell_weights = list(accumulate(JOINT.values()))
        self.places = {cell: _places(world, *cell) for cell in self.cells}

    def lives(self, count: int, rng: Random) -> list[Life]:
        return [self._life(rng) for _ in range(count)]

    def _days(self) -> tuple[Sequence[date], Sequence[float]]:
        days = [FIRST_RECEIPT + timedelta(days=n) for n in range((LAST_DAY - FIRST_RECEIPT).days + 1)]
        week = self.counter.params.weekdays
        online = week[-1] * WEEKEND_SHARE
        weights = [week[day.weekday()] if self.calendar.is_working(day) else online for day in days]
        weights[-1] = online  # only the night before the last extract
        return days, list(accumulate(weights))

    def _life(self, rng: Random) -> Life:
        day = rng.choices(self.days, cum_weights=self.day_weights)[0]
        units, weights, matters = self.places[rng.choices(self.cells, cum_weights=self.cell_weights)[0]]
        unit = rng.choices(units, cum_weights=weights)[0]
        drawn, popularity = matters[unit.code]
        matter = rng.choices(drawn, cum_weights=popularity)[0]
        registered, channel = self._registered(day, rng)
        waits = registered.hour >= OFFICE_HOURS.closes.hour and rng.random() < WAITS_SHARE
        received = office_moment(rng, self.calendar.add_working_days(day, 1)) if waits else registered
        gone = (day - FIRST_RECEIPT) / (LAST_DAY - FIRST_RECEIPT)
        system = "old" if rng.random() < OLD_SHARE_FIRST + (OLD_SHARE_LAST - OLD_SHARE_FIRST) * gone else "new"
        life = self.counter.open(rng, system, unit, matter, received, self.dues.due(matter, received), channel)
        life.registered = registered if waits else None
        self._course(life, rng)
        return life

    def _registered(self, day: date, rng: Random) -> tuple[datetime, str]:
        if day == LAST_DAY:
            return datetime.combine(day, time(rng.randrange(6), rng.randrange(60)), VIETNAM), CHANNELS[1]
        channel = self.counter.channel(rng) if self.calendar.is_working(day) else CHANNELS[1]
        if channel == CHANNELS[1] and (not self.calendar.is_working(day) or rng.random() < NIGHT_SHARE):
            return datetime.combine(day, time(rng.randint(17, 21), rng.randint(1, 59)), VIETNAM), channel
        return office_moment(rng, day), channel

    def _course(self, life: Life, rng: Random) -> None:
        begins = effective_start(life.received, self.calendar)
        span = self.calendar.working_days_between(begins.date(), life.due.date())
        if life.matter.limit is not None and life.matter.limit.unit in HOURLY:
            part = timedelta(minutes=round(float(life.matter.limit.value) * 60 * rng.uniform(0.3, 0.9)))
            self.counter.finish(rng, life, add_working_hours(begins, part, self.calendar))
            return
        if rng.random() < REFUSED_UPTO:
            self._end_without_result(life, begins, span, rng)
            return
        if span >= 3 and rng.random() < STOP_SHARE:
            self._stop(life, begins, span, rng)
        else:
            self._vary_promise(life, span, rng)
        self._finish(life, begins, rng)

    def _end_without_result(self, life: Life, begins: datetime, span: int, rng: Random) -> None:
        draw = rng.random() * REFUSED_UPTO
        life.end_status = WITHDRAWN if draw < WITHDRAWN_UPTO else HALTED if draw < HALTED_UPTO else REFUSED
        life.note = "Không thuộc thẩm quyền giải quyết" if life.end_status == REFUSED else ""
        day = self.calendar.add_working_days(begins.date(), rng.randint(0, max(span, 0)))
        life.ended = office_moment(rng, min(day, life.due.date()), begins)

    def _stop(self, life: Life, begins: datetime, span: int, rng: Random) -> None:
        asked = self.calendar.add_working_days(begins.date(), rng.randint(1, span - 1))
        pays = life.matter.group == "Đất đai" and life.matter.financial_stops and rng.random() < FINANCIAL_SHARE
        life.stop_kind, kind = (FINANCIAL, "financial") if pays else (SUPPLEMENT, "supplement")
        life.stop_start = office_moment(rng, asked)
        if rng.random() < COMES_BACK:
            back = self.calendar.add_working_days(asked, rng.randint(1, 10))
            life.stop_end = office_moment(rng, back)
            life.due_after = self.dues.due_with(life.matter, life.received, [Stop(life.stop_start, life.stop_end, kind)])

    def _vary_promise(self, life: Life, span: int, rng: Random) -> None:
        draw = rng.random()
        if span >= 2 and draw < DIFFERS_SHARE:
            shifted = self.calendar.add_working_days(life.due.date(), 1 if draw < DIFFERS_SHARE / 2 else -1)
            life.due = datetime.combine(shifted, life.due.timetz())
        elif draw > 1 - SILENT_SHARE and life.matter.code and life.matter.limit is not None:
            life.silent = True

    def _finish(self, life: Life, begins: datetime, rng: Random) -> None:
        """Early, or on the due date; a dossier still stopped is not finished."""
        if life.stop_start and life.stop_end is None:
            life.started = office_moment(rng, begins.date(), begins)
            return
        since, due = life.stop_end or begins, life.due_after or life.due
        span = max(0, self.calendar.working_days_between(since.date(), due.date()))
        days = span if rng.random() < ON_DUE_DATE else int(span * rng.betavariate(2, 2.2))
        day = min(self.calendar.add_working_days(since.date(), days), due.date())
        self.counter.finish(rng, life, office_moment(rng, day, since))
        if day > begins.date():
            life.started = office_moment(rng, begins.date(), begins)


Draw = tuple[Sequence[Matter], Sequence[float]]


def _places(world: World, level: str, group: str) -> tuple[Sequence[Unit], Sequence[float], Mapping[str, Draw]]:
    """The units of a level that handle a group, how much each receives of it, and its matters with their weight."""
    kinds = ("district", "branch") if level == "district" else (level,)
    units = [unit for unit in world.units if unit.kind in kinds and group in world.handled[unit.code]]
    communes = Tally(unit.district for unit in world.units if unit.kind == "commune")
    weights = list(accumulate(unit_weight(unit, communes) for unit in units))
    matters = {unit.code: world.handled[unit.code][group] for unit in units}
    drawn = {code: (found, list(accumulate(POPULAR.get(matter.code, 1) for matter in found))) for code, found in matters.items()}
    return units, weights, drawn
