"""The counter where a dossier is handed in: who brings it, how, at what time of day, and who takes it up."""

from datetime import date, datetime, timedelta
from random import Random

from demo.lives import FINISHED, Life
from demo.params import Params
from demo.people import firm, person
from demo.world import Matter, Unit
from worktime.rules import VIETNAM, WorkCalendar

CHANNELS = ("Trực tiếp", "Trực tuyến", "Bưu chính")
MORNING_MINUTES, OFFICE_MINUTES = 270, 480
# Share of Xơ Đăng, Ba Na and other local names among applicants: town, the rest.
LOCAL_NAMES = {"608": 0.25, "": 0.2}
LOCAL_ELSEWHERE = 0.6
BUSINESS = "Hộ kinh doanh, doanh nghiệp"


def office_moment(rng: Random, day: date, after: datetime | None = None) -> datetime:
    """A minute in office hours of ``day``; when ``after`` falls on it, later than that, if need be past closing."""
    minute = rng.randrange(OFFICE_MINUTES)
    minute += 7 * 60 if minute < MORNING_MINUTES else 9 * 60
    moment = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=VIETNAM)
    if after is None or moment > after:
        return moment
    return after + timedelta(minutes=rng.randint(5, 25))


class Counter:
    """Opens lives. One generator of chance per counter keeps every unit's draw its own."""

    def __init__(self, params: Params, calendar: WorkCalendar, seed: int) -> None:
        self.params, self.calendar, self.seed = params, calendar, seed
        self._officers: dict[str, list[str]] = {}

    def open(self, rng: Random, system: str, unit: Unit, matter: Matter, received: datetime, due: datetime, channel: str) -> Life:
        local = LOCAL_NAMES.get(unit.district, LOCAL_ELSEWHERE)
        applicant = firm(rng) if matter.group == BUSINESS else person(rng, local)
        officer = rng.choice(self.officers(unit))
        return Life(system, "", unit, matter, channel, applicant, officer, received, due)

    def officers(self, unit: Unit) -> list[str]:
        if unit.code not in self._officers:
            rng = Random(f"{self.seed}:officers:{unit.code}")
            self._officers[unit.code] = [person(rng, 0.2) for _ in range(3 if unit.kind == "commune" else 8)]
        return self._officers[unit.code]

    def channel(self, rng: Random) -> str:
        in_person, online, _ = self.params.channels
        draw = rng.random()
        return CHANNELS[0] if draw < in_person else CHANNELS[1] if draw < in_person + online else CHANNELS[2]

    def finish(self, rng: Random, life: Life, moment: datetime) -> None:
        """Done at ``moment`` (9); handed over the same day or some working days later (10)."""
        life.end_status, life.ended = FINISHED, moment
        wait = 0 if rng.random() < 0.7 else rng.randint(1, 4)
        day = moment.date() if wait == 0 else self.calendar.add_working_days(moment.date(), wait)
        life.returned = office_moment(rng, day, moment)
