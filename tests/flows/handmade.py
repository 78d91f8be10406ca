"""Two source systems by hand: the lives of their dossiers, the files they export, and who is overdue. No product code counts."""

import csv
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from tests.factories.intake import csv_file, json_file, national, national_file, row, xlsx_file

DATA = Path(__file__).parents[2] / "data"
DAY = timedelta(days=1)
FIRST, LAST = date(2022, 10, 27), date(2022, 11, 9)
NIGHTS = [FIRST + DAY * n for n in range((LAST - FIRST).days + 1)]
BEGINS = {"old": FIRST, "new": FIRST + 2 * DAY}  # each system's first extract
EVENING = time(20)
WRITTEN = {  # how clerks write the units
    "608": ["UBND thành phố Kon Tum", "UBND TP. KON TUM", "Ủy ban nhân dân thành phố Kon Tum"],
    "612": ["UBND huyện Đăk Tô", "UBND huyện Đắk Tô", "ubnd huyen dak to"],
    "23281": ["UBND phường Quang Trung"],
    "23401": ["UBND thị trấn Đăk Tô"],
    "23504": ["UBND xã Đăk Long, huyện Đăk Hà"],
    "KT-STP": ["Sở Tư pháp"],
    "KT-CNVPDK-608": ["Chi nhánh Văn phòng Đăng ký đất đai thành phố Kon Tum"],
}
WORKING_DAYS, LIMIT = "1.004199", 7  # a procedure of seven working days
HOURS, DUE_HOUR = "9.000001", 10  # a procedure of four working hours; its promises end at ten o'clock
OPEN, ASKED, FINISHED, RETURNED = 4, 5, 9, 10
WORDS = {3: "Không được tiếp nhận", 4: "Đang xử lý", 5: "Yêu cầu bổ sung", 7: "Rút hồ sơ", 8: "Dừng xử lý", 9: "Đã xử lý xong"}
WORDS[10] = "Đã trả kết quả"


@dataclass(frozen=True)
class Case:
    """One dossier as its system holds it at a moment. ``promise`` None: the procedure's limit decides."""

    system: str
    code: str
    unit: str
    received: date
    promise: date | None
    hourly: bool = False
    status: int = OPEN
    ended: date | None = None
    stops: tuple[tuple[date, date | None], ...] = field(default=())

    def late(self, day: date) -> bool:
        """Overdue at 24:00 of the day."""
        if self.received > day or (self.ended and self.ended <= day):
            return False
        due = self.promise or seven_working_days(self.received)
        asked = self.stops[-1][0] if self.status == ASKED else None
        return (due <= day if self.hourly else due < day) and not (asked and asked <= due)


@cache
def days_off() -> frozenset[date]:
    with (DATA / "holidays_2018_2026.csv").open(encoding="utf-8-sig") as file:
        return frozenset(date.fromisoformat(line["date"]) for line in csv.DictReader(file) if line["date"].startswith("2022"))


def seven_working_days(received: date) -> date:
    """2022 has no make-up Saturday: every listed day is off."""
    day, left = received, LIMIT
    while day.weekday() > 4 or day in days_off():
        day += DAY
    while left:
        day += DAY
        left -= day.weekday() < 5 and day not in days_off()
    return day


@cache
def above() -> dict[str, str]:
    with (DATA / "agencies_2022.csv").open(encoding="utf-8-sig") as file:
        return {line["code"]: line["parent"] for line in csv.DictReader(file)}


def with_units_above(unit: str) -> Iterator[str]:
    while unit and unit != "62":  # the province itself is no unit
        yield unit
        unit = above()[unit]


# Lives


def begin(chance: random.Random, system: str, number: int) -> Case:
    received = FIRST - DAY * chance.choice((chance.randrange(-9, 12), chance.randrange(12, 45)))
    promise = received + DAY * chance.randrange(25) if chance.random() < 0.85 else None
    case = Case(system, f"{system}-{number}".upper(), chance.choice(list(WRITTEN)), received, promise)
    if promise and chance.random() < 0.15:
        return replace(case, hourly=True)
    return case


def live(chance: random.Random, case: Case, day: date) -> Case:
    """A day in its life: mostly nothing."""
    if case.ended or day < case.received or chance.random() > 0.3:
        return case
    last = case.stops[-1][1] or case.stops[-1][0] if case.stops else case.received
    match chance.randrange(8):
        case 0:
            status = chance.choice((3, 7, 8, FINISHED, FINISHED, RETURNED))
            ended = max(day - DAY * chance.choice((0, 0, 1)), last) if status == FINISHED else day
            return replace(case, status=status, ended=ended, stops=_resumed(case, ended))
        case 1 | 2 if case.promise:
            return replace(case, promise=max(case.received, day + DAY * chance.randrange(-6, 9)))
        case 3:
            return replace(case, unit=chance.choice(list(WRITTEN)))
        case 4 | 5 if case.status == OPEN and case.promise and day - DAY > last:
            return replace(case, status=ASKED, stops=(*case.stops, (day - DAY * chance.choice((0, 1)), None)))
        case 6 if case.status == ASKED:
            return replace(case, status=OPEN, stops=_resumed(case, day))
        case _:
            return case


def _resumed(case: Case, day: date) -> tuple[tuple[date, date | None], ...]:
    return tuple((start, end or max(start, day)) for start, end in case.stops)


@dataclass(frozen=True)
class Extract:
    """A file: what it names (``told``), and all its system has told up to then (``known``)."""

    day: date
    system: str
    kind: str
    told: tuple[Case, ...]
    known: dict[str, Case]

    @property
    def at(self) -> datetime:
        return datetime.combine(self.day, EVENING)


def story(seed: int, dossiers: int = 60) -> list[Extract]:
    """Every file of the fortnight: a full one first and now and then, the changes of the day else, some days none."""
    chance = random.Random(seed)
    cases = {(system, number): begin(chance, system, number) for system in BEGINS for number in range(dossiers)}
    told: dict[str, dict[str, Case]] = {system: {} for system in BEGINS}
    extracts = []
    for day in [FIRST - DAY * n for n in range(12, 0, -1)] + NIGHTS:
        cases = {key: live(chance, case, day) for key, case in cases.items()}
        for system, begins in BEGINS.items():
            if day < begins or (day > begins and chance.random() < 0.15):
                continue
            full = day == begins or chance.random() < 0.25
            held = [case for case in cases.values() if case.system == system and case.received <= day]
            named = tuple(case for case in held if full or told[system].get(case.code) != case)
            told[system] = told[system] | {case.code: case for case in named}
            extracts.append(Extract(day, system, "full" if full else "delta", named, told[system]))
    return extracts


# Files


def write(extract: Extract, folder: Path, chance: random.Random) -> Path:
    """The extract as its system exports it: a register of the old one in any spelling, a national body of the new one."""
    stem = f"{extract.system}-{extract.day}"
    if extract.system == "old":
        named = [_registered(case, chance) for case in extract.told]
        if chance.random() < 0.5:
            return _file(folder / f"{stem}.xlsx", xlsx_file(named, titles=2).getvalue())
        texts = [{name: _text(value) for name, value in line.items()} for line in named]
        separator, encoding = chance.choice(",;\t"), chance.choice(("utf-8", "utf-8-sig", "utf-16"))
        return _file(folder / f"{stem}.csv", csv_file(texts, titles=1, separator=separator, encoding=encoding).getvalue())
    return _file(folder / f"{stem}.json", national_file([_national(case, chance) for case in extract.told]).getvalue())


def _file(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")


def _registered(case: Case, chance: random.Random) -> dict[str, object]:
    asked, answered = case.stops[-1] if case.stops else (None, None)
    return row(
        code=case.code,
        procedure=HOURS if case.hourly else WORKING_DAYS,
        agency=chance.choice(WRITTEN[case.unit]),
        received=case.received,
        due=_promise(case),
        finished=case.ended if case.status != RETURNED else None,
        returned=case.ended if case.status == RETURNED else None,
        status=chance.choice((WORDS[case.status], WORDS[case.status].upper(), str(case.status))),
        stop_from=asked,
        stop_to=answered,
    )


def _national(case: Case, chance: random.Random) -> dict[str, object]:
    stops = [{"NgayBoSung": _stamp(start), "NgayTiepNhanBoSung": _stamp(end)} for start, end in case.stops]
    return national(
        MaHoSo=case.code,
        MaTTHC=HOURS if case.hourly else WORKING_DAYS,
        DonViXuLy=chance.choice(WRITTEN[case.unit]),
        NgayTiepNhan=_stamp(case.received),
        NgayHenTra=_stamp(_promise(case)),
        NgayKetThucXuLy=_stamp(case.ended if case.status != RETURNED else None),
        NgayTra=_stamp(case.ended if case.status == RETURNED else None),
        TrangThaiHoSo=str(case.status),
        DanhSachHoSoBoSung=stops,
    )


def _promise(case: Case) -> date | None:
    return datetime.combine(case.promise, time(DUE_HOUR)) if case.hourly and case.promise else case.promise


def _stamp(moment: date | None) -> str:
    if moment is None:
        return ""
    return f"{moment:%Y%m%d%H%M%S}" if isinstance(moment, datetime) else f"{moment:%Y%m%d}080000"


def progress_file(events: Iterable[tuple[str, int, datetime]]) -> bytes:
    """A CapNhatTienDoHoSoMC body: (code, status, when)."""
    data = [{"MaHoSo": code, "TrangThai": str(status), "ThoiDiemXuLy": f"{at:%Y%m%d%H%M%S}"} for code, status, at in events]
    return json_file({"service": "CapNhatTienDoHoSoMC", "isUpdating": True, "data": data}).getvalue()


# Who is overdue

Overdue = Counter[tuple[str, str]]  # by unit and system


def overdue(extracts: list[Extract], night: date) -> Overdue:
    """What was told up to 24:00 of the night; before anything was told, the first extract."""
    found: Overdue = Counter()
    for system in BEGINS:
        told = [extract for extract in extracts if extract.system == system]
        known = [extract for extract in told if extract.day <= night][-1:] or told[:1]
        found.update((case.unit, system) for extract in known for case in extract.known.values() if case.late(night))
    return found


def over_area(own: Overdue) -> Overdue:
    found: Overdue = Counter()
    for (unit, system), count in own.items():
        found.update({(higher, system): count for higher in with_units_above(unit)})
    return found
