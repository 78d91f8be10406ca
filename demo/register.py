"""What a system writes of a dossier at a moment, as cells in one order, and the few rows no system should have written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import NamedTuple

from demo.lives import FINISHED, HALTED, REFUSED, RETURNED, WITHDRAWN, Life
from demo.spelling import dirty, pick, variants
from demo.world import World

STATUS_WORDS: Mapping[str, Mapping[int, str]] = {
    "old": {
        1: "Chờ tiếp nhận",
        2: "Đã tiếp nhận",
        3: "Từ chối tiếp nhận",
        4: "Đang giải quyết",
        5: "Chờ bổ sung",
        6: "Chờ thực hiện nghĩa vụ tài chính",
        7: "Rút hồ sơ",
        8: "Dừng xử lý",
        9: "Đã có kết quả",
        10: "Đã trả kết quả",
    },
    "new": {
        1: "Mới đăng ký",
        2: "Được tiếp nhận",
        3: "Không được tiếp nhận",
        4: "Đang xử lý",
        5: "Yêu cầu bổ sung giấy tờ",
        6: "Yêu cầu thực hiện nghĩa vụ tài chính",
        7: "Công dân yêu cầu rút hồ sơ",
        8: "Dừng xử lý",
        9: "Đã xử lý xong",
        10: "Đã trả kết quả",
    },
}
ENDED = (REFUSED, WITHDRAWN, HALTED, FINISHED, RETURNED)


@dataclass(frozen=True, slots=True)
class Static:
    """Cells that never change during a dossier's life, written once with their dirt."""

    code: str
    procedure_code: str
    procedure_name: str
    field: str
    agency: str
    agency_code: str
    receiver: str
    applicant: str
    channel: str
    officer: str


class Entry(NamedTuple):
    """One dossier as shown at one moment. Moments are None where the system shows nothing."""

    static: Static
    received: datetime | None
    promised: datetime | None
    finished: datetime | None
    returned: datetime | None
    status: int
    note: str
    stop_from: datetime | None
    stop_to: datetime | None
    promised_first: datetime | None  # before the stop, where the system keeps it
    extension: str
    extension_on: datetime | None


class Clerk:
    """Writes lives down. Spelling and dirt belong to the dossier, so the same row looks the same in every file."""

    def __init__(self, world: World, aliases: Mapping[str, Sequence[str]], seed: int) -> None:
        above = {unit.code: world.unit(unit.district).name if unit.kind == "commune" else "" for unit in world.units}
        self._written = {unit.code: variants(unit, above[unit.code], aliases.get(unit.code, ())) for unit in world.units}
        self._codes = {unit.code: code for unit, code in zip(world.units, _national_codes(world), strict=True)}
        self._seed = seed
        self._static: dict[str, Static] = {}

    def national_code(self, unit_code: str) -> str:
        return self._codes[unit_code]

    def entry(self, life: Life, at: datetime) -> Entry:
        status = life.status(at)
        returned = life.returned if status == RETURNED else None
        stop_shown = life.stop_start is not None and life.stop_start <= at
        back = stop_shown and life.stop_end is not None and life.stop_end <= at
        moved = life.moved is not None and life.moved[0] <= at
        return Entry(
            static=self._static_of(life),
            received=life.received if life.received <= at else None,
            promised=None if life.silent or at < life.received else life.promise(at),
            finished=life.ended if status in ENDED else None,
            returned=returned,
            status=status,
            note=life.note if (life.noted <= at if life.noted else status in ENDED) else "",
            stop_from=life.stop_start if stop_shown else None,
            stop_to=life.stop_end if back else None,
            promised_first=life.due if stop_shown and not life.silent else None,
            extension=life.extension if moved else "",
            extension_on=life.moved[0] if moved and life.moved and life.extension else None,
        )

    def _static_of(self, life: Life) -> Static:
        if life.code not in self._static:
            rng = Random(f"{self._seed}:{life.code}")
            unit = self._written[life.unit.code]
            self._static[life.code] = Static(
                code=life.code,
                procedure_code=life.matter.code,
                procedure_name=dirty(rng, life.matter.name),
                field=life.matter.field,
                agency=dirty(rng, pick(rng, unit)),
                agency_code=self._codes[life.unit.code],
                receiver=f"Bộ phận tiếp nhận và trả kết quả {unit[0]}",
                applicant=dirty(rng, life.applicant),
                channel=life.channel,
                officer=life.officer,
            )
        return self._static[life.code]


def number_lives(lives: list[Life], clerk: Clerk) -> None:
    """Give every dossier its code in the order of receipt: new 000.00.08.H34-221003-0001, old 608-2022-000123."""
    lives.sort(key=lambda life: (life.system, life.unit.code, life.received, life.matter.name, life.applicant))
    taken: dict[str, int] = {}
    for life in lives:
        if life.system == "new":
            prefix, width = f"{clerk.national_code(life.unit.code)}-{life.received:%y%m%d}-", 4
        else:
            prefix, width = f"{life.unit.code.removeprefix('KT-')}-{life.received:%Y}-", 6
        taken[prefix] = taken.get(prefix, 0) + 1
        life.code = f"{prefix}{taken[prefix]:0{width}d}"


def _national_codes(world: World) -> Iterator[str]:
    """Four-part unit codes of the province (H34), made up: the official list of sub-unit codes was not found."""
    districts = [unit.code for unit in world.units if unit.kind == "district"]
    places: dict[str, int] = {}
    for unit in world.units:
        over = 60 + districts.index(unit.district) if unit.district else 0
        if unit.kind in ("commune", "branch"):
            places[unit.district] = places.get(unit.district, 0) + 1
            yield f"000.{places[unit.district]:02d}.{over}.H34"
        elif unit.kind == "district":
            yield f"000.00.{over}.H34"
        else:
            places[""] = places.get("", 0) + 1
            yield f"000.00.{places['']:02d}.H34"
