"""Turns planned spells of lateness into dossiers: a receipt date from which the rules lead exactly to the planned day."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from demo.counter import Counter, office_moment
from demo.dues import Dues
from demo.lives import HALTED, HOURLY, SUPPLEMENT, WITHDRAWN, Life
from demo.plan import LAST_DAY, SNAPSHOT, Spell
from demo.world import Matter, Unit, World
from dossiers.rules.deadlines import Stop
from worktime.rules import VIETNAM

# The overdue shares of the parameter file, by field; what is not named shares "Khác".
FIELDS_OVERDUE = {
    "Đất đai": "Đất đai",
    "Đăng ký biện pháp bảo đảm": "Đất đai",
    "Hộ tịch": "Hộ tịch, chứng thực (not closed in software)",
    "Hộ tịch (liên thông)": "Hộ tịch, chứng thực (not closed in software)",
    "Chứng thực": "Hộ tịch, chứng thực (not closed in software)",
    "Bảo trợ xã hội": "Bảo trợ xã hội, người có công",
    "Lý lịch tư pháp": "Lý lịch tư pháp",
    "Hoạt động xây dựng": "Xây dựng",
}
PAUSED_SHARE, LATE_STOP_SHARE = 0.1, 0.03
# How a late dossier leaves the backlog other than by being finished (cumulative).
HALTED_UPTO, WITHDRAWN_UPTO, MOVED_UPTO = 0.02, 0.04, 0.055
NOT_CLOSED_NOTE = "Đã trả kết quả cho công dân, chưa kết thúc trên phần mềm"


class Backlog:
    def __init__(self, world: World, counter: Counter, dues: Dues) -> None:
        self.world, self.counter, self.dues, self.calendar = world, counter, dues, world.calendar
        self._drawing: dict[str, tuple[Sequence[Matter], Sequence[float]]] = {}

    def life(self, spell: Spell, rng: Random) -> Life:
        matter, due_on, days = self._matter(spell, rng)
        life = self._paused(spell, matter, due_on, rng) if rng.random() < PAUSED_SHARE else None
        if life is None:
            received, due = self._receipt(matter, due_on, days, rng)
            life = self._open(spell, matter, received, due, rng)
        if rng.random() >= self.counter.params.still_received:
            begun = self.calendar.add_working_days(life.received.date(), rng.randint(0, 1))
            life.started = min(office_moment(rng, begun, life.received), life.stop_start or life.due)
        self._end(life, spell, rng)
        return life

    def _open(self, spell: Spell, matter: Matter, received: datetime, due: datetime, rng: Random) -> Life:
        return self.counter.open(rng, spell.system, spell.unit, matter, received, due, self.counter.channel(rng))

    def _matter(self, spell: Spell, rng: Random) -> tuple[Matter, date, list[date]]:
        """A matter with the due date that makes it overdue on ``spell.first``, and the days of receipt leading there."""
        matters, weights = self._drawn_from(spell.unit)
        while True:
            matter = rng.choices(matters, cum_weights=weights)[0]
            hourly = matter.limit is not None and matter.limit.unit in HOURLY
            due_on = spell.first if hourly else spell.first - timedelta(days=1)
            if days := self.dues.receipts_for(matter, due_on):
                return matter, due_on, days

    def _receipt(self, matter: Matter, due_on: date, days: Sequence[date], rng: Random) -> tuple[datetime, datetime]:
        """(receipt, promise). Where the hour of receipt decides, as with limits in hours, only one that leads to the due date."""
        while True:
            received = office_moment(rng, rng.choice(days))
            due = self.dues.due(matter, received)
            if due.date() == due_on:
                return received, due

    def _drawn_from(self, unit: Unit) -> tuple[Sequence[Matter], Sequence[float]]:
        if unit.code not in self._drawing:
            matters = [matter for group in self.world.handled[unit.code].values() for matter in group]
            shares = [FIELDS_OVERDUE.get(matter.field, "Khác") for matter in matters]
            each = [self.counter.params.field_share_overdue[share] / shares.count(share) for share in shares]
            self._drawing[unit.code] = (matters, list(accumulate(each)))
        return self._drawing[unit.code]

    def _paused(self, spell: Spell, matter: Matter, due_on: date, rng: Random) -> Life | None:
        """The same due date, reached with one returned supplement request; None when this matter cannot."""
        limit = matter.limit
        if limit is None or limit.unit != "working_day" or limit.value < 5 or matter.policy != "pause":
            return None
        waited = rng.randint(2, 8)
        days = self.dues.receipts_for(matter, self.calendar.add_working_days(due_on, -waited))
        if not days:
            return None
        received = office_moment(rng, days[-1])
        asked = self.calendar.add_working_days(received.date(), rng.randint(1, int(limit.value) - 1))
        start, end = (office_moment(rng, day) for day in (asked, self.calendar.add_working_days(asked, waited)))
        due_after = self.dues.due_with(matter, received, [Stop(start, end)])
        if due_after.date() != due_on:
            return None
        life = self._open(spell, matter, received, self.dues.due(matter, received), rng)
        life.stop_kind, life.stop_start, life.stop_end, life.due_after = SUPPLEMENT, start, end, due_after
        return life

    def _end(self, life: Life, spell: Spell, rng: Random) -> None:
        if spell.until is None:
            self._stays(life, spell, rng)
        elif spell.until == LAST_DAY:
            self._recorded_overnight(life, rng)
        else:
            self._leaves(life, office_moment(rng, spell.until), rng)

    def _stays(self, life: Life, spell: Spell, rng: Random) -> None:
        days_left = (SNAPSHOT - spell.first).days
        if rng.random() < LATE_STOP_SHARE and days_left > 0 and life.stop_start is None:
            asked = self.calendar.next_working(spell.first + timedelta(days=rng.randrange(days_left)))
            life.stop_kind, life.stop_start = SUPPLEMENT, office_moment(rng, asked)
            life.note, life.noted = "Yêu cầu bổ sung khi đã quá hạn", life.stop_start
        elif rng.random() < self.counter.params.not_closed:
            life.note, life.noted = NOT_CLOSED_NOTE, office_moment(rng, self.calendar.add_working_days(spell.first, 1))

    def _recorded_overnight(self, life: Life, rng: Random) -> None:
        """Finished on the last day of work, entered in the software during the night: only the next file knows."""
        last = self.calendar.add_working_days(LAST_DAY, -1)
        self.counter.finish(rng, life, office_moment(rng, last, life.due if life.due.date() == last else None))
        life.end_recorded = datetime.combine(LAST_DAY, time(rng.randrange(5), rng.randrange(60)), VIETNAM)
        life.returned = None

    def _leaves(self, life: Life, moment: datetime, rng: Random) -> None:
        draw = rng.random()
        if draw < WITHDRAWN_UPTO:
            life.end_status, life.ended = (HALTED if draw < HALTED_UPTO else WITHDRAWN), moment
        elif draw < MOVED_UPTO:
            life.moved = (moment, life.due + timedelta(days=7 * rng.randint(2, 8) + (LAST_DAY - life.due.date()).days // 7 * 7))
            life.extension = f"{rng.randint(20, 400)}/GH-{life.unit.code}" if draw < MOVED_UPTO - 0.005 else ""
        else:
            self.counter.finish(rng, life, moment)
            if draw > 1 - self.counter.params.closed_at_due:
                life.ended, life.end_recorded = life.promise(moment), moment
