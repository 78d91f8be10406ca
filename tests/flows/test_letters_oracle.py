"""Lists behind letters' figures, followed over a fortnight of files, equal a count by hand that knows nothing of the product.

On top of the handmade story some dossiers drop out of the extracts, and some of those turn up in the other system.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agencies.models import Agency
from directives.models import BaselineDossier, CohortCount, Directive, DirectiveCitation
from directives.rules.fate import FATES
from dossiers.models import AgencyDayCount, Procedure
from dossiers.services.intake import batch_open, batch_run
from kontum_tthc import nightly
from kontum_tthc.reference import reference_load
from tests.factories.directives import make_directive, quote_figure
from tests.flows import handmade
from tests.flows.handmade import DAY, LAST, NIGHTS, Case, Extract
from worktime.rules import VIETNAM

pytestmark = pytest.mark.django_db
SEEDS = [1, 2]
GONE_FROM = date(2022, 11, 2)
ORDERED, QUOTED, COUNTED = date(2022, 11, 1), date(2022, 11, 7), date(2022, 11, 4)
UNITS = list(handmade.WRITTEN)
Fates = dict[tuple[str, str, str, date], dict[str, int]]


# The story


def told(seed: int) -> list[Extract]:
    """The handmade files, but from a day on every ninth dossier is missing, and every other of these is in the other system."""
    extracts, known = [], {"old": dict[str, Case](), "new": dict[str, Case]()}
    for extract in handmade.story(seed, dossiers=90):
        gone = extract.day >= GONE_FROM
        shown = [case for case in extract.told if not (gone and lost(case.code))]
        if gone and extract.system == "new":
            shown += [
                replace(case, system="new")
                for case in known["old"].values()
                if moved(case.code) and case.code not in known["new"]
            ]
        known[extract.system] = known[extract.system] | {case.code: case for case in shown}
        extracts.append(replace(extract, told=tuple(shown), known=known[extract.system]))
    return extracts


def lost(code: str) -> bool:
    return int(code.split("-")[1]) % 9 == 0


def moved(code: str) -> bool:
    return code.startswith("OLD") and int(code.split("-")[1]) % 18 == 0


# The count by hand


def last_word(extracts: list[Extract], system: str, night: date) -> list[Extract]:
    """The files of a system a night knows; before the first one, that one."""
    own = [extract for extract in extracts if extract.system == system]
    return [extract for extract in own if extract.day <= night] or own[:1]


def facts(extracts: list[Extract], system: str, night: date) -> dict[str, Case]:
    return last_word(extracts, system, night)[-1].known


def shown(extracts: list[Extract], system: str, night: date) -> set[str]:
    """What the newest full file names, and what later ones did."""
    files = last_word(extracts, system, night)
    start = max(place for place, file in enumerate(files) if file.kind == "full")
    return {case.code for file in files[start:] for case in file.told}


def fate(case: Case, unit: str, night: date, *, listed: bool, elsewhere: bool) -> str:
    over = case.ended is not None and case.ended <= night
    if over and case.status in (handmade.FINISHED, handmade.RETURNED):
        return "finished"
    if elsewhere and (over or not listed):
        return "moved"
    if over:
        return "ended_other"
    if not listed:
        return "vanished"
    if case.late(night):
        return "overdue" if case.unit == unit else "transferred"
    stopped = case.status == handmade.ASKED and case.stops[-1][0] <= night
    return "stopped" if stopped else "due_moved"


def expected(extracts: list[Extract], letters: dict[str, tuple[date, date]], units: list[str]) -> Fates:
    """By letter, unit, system and night: the cohort by fate, and the unit's backlog. ``letters``: mark and first day of each."""
    found: Fates = {}
    for letter, (mark, _first) in letters.items():
        for system in handmade.BEGINS:
            late = {code: case for code, case in facts(extracts, system, mark).items() if case.late(mark)}
            for unit in units:
                mine = {code for code, case in late.items() if case.unit == unit}
                for night in (night for night in NIGHTS if night >= mark):
                    found[letter, unit, system, night] = dict(row(extracts, system, unit, mine, night))
    return found


def row(extracts: list[Extract], system: str, unit: str, cohort: set[str], night: date) -> Counter[str]:
    now, other = facts(extracts, system, night), facts(extracts, "old" if system == "new" else "new", night)
    listed = shown(extracts, system, night)
    fates = {code: fate(now[code], unit, night, listed=code in listed, elsewhere=code in other) for code in cohort}
    held = {code for code, case in now.items() if case.late(night) and case.unit == unit}
    unlisted = {code for code in cohort & held if fates[code] in ("vanished", "moved")}
    return Counter(fates.values()) + Counter(size=len(cohort), stock=len(held), inflow=len(held - cohort), unlisted=len(unlisted))


# What the product wrote


def written() -> Fates:
    columns = ("size", *FATES, "unlisted", "inflow", "stock")
    rows = CohortCount.objects.select_related("baseline__directive", "baseline__agency")
    return {
        (one.baseline.directive.reference, one.baseline.agency.code, one.baseline.system_id, one.as_of): {
            name: getattr(one, name) for name in columns if getattr(one, name)
        }
        for one in rows
    }


@pytest.fixture
def province(db: None, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "kept"
    reference_load(folder=settings.BASE_DIR / "data", actor="tests")
    limit = {"time_limit": 4, "time_unit": "working_hour", "verified": True}
    Procedure.objects.create(code=handmade.HOURS, name="Trả trong buổi", field="Hộ tịch", level="xã", source="tests", **limit)
    DirectiveCitation.objects.all().delete()
    Directive.objects.all().delete()


def order() -> None:
    """A letter without figures: its mark is the night before."""
    letter = make_directive("1/UBND", ORDERED, text="Yêu cầu")
    letter.addressees.create(label="Các đơn vị").agencies.set(Agency.objects.filter(code__in=UNITS))


def quote() -> None:
    """A letter with a figure of one unit: its day counts for all."""
    letter = make_directive("2/UBND", QUOTED, text="Yêu cầu")
    letter.addressees.create(label="Các đơn vị").agencies.set(Agency.objects.filter(code__in=UNITS))
    quote_figure(letter, Agency.objects.get(code="608"), "old", COUNTED, 857)


LETTERS = {"1/UBND": (ORDERED - DAY, ORDERED), "2/UBND": (COUNTED, QUOTED)}


class Nights:
    """The story's files taken in by day, and its nights."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.extracts, self._folder, self._chance = told(seed), folder, random.Random(seed)
        self._waiting: Iterator[Extract] = iter(self.extracts)
        self._next: Extract | None = next(self._waiting)

    def take(self, day: date) -> None:
        while self._next and self._next.day <= day:
            self._file(self._next)
            self._next = next(self._waiting, None)

    def run(self, day: date) -> None:
        self.take(day)
        nightly.run(as_of=day, now=self._moment(day), trigger="beat")

    def _file(self, extract: Extract) -> None:
        path = handmade.write(extract, self._folder, self._chance)
        at = extract.at.replace(tzinfo=VIETNAM)
        now = at + timedelta(hours=1)
        with path.open("rb") as source:
            batch = batch_open(
                source=source,
                file_name=path.name,
                system=extract.system,
                kind=extract.kind,
                data_as_of=at,
                now=now,
                actor="tests",
            )
        batch = batch_run(batch=batch, now=now)
        assert (batch.status, batch.rejected, batch.stale) == ("done", 0, 0), batch.message

    def _moment(self, day: date) -> datetime:
        return datetime.combine(day + DAY, datetime.min.time(), VIETNAM) + timedelta(minutes=15)


@pytest.fixture(params=SEEDS)
def nights(province: None, tmp_path: Path, request: pytest.FixtureRequest) -> Nights:
    begun = Nights(request.param, tmp_path)
    begun.take(max(handmade.BEGINS.values()))
    return begun


def test_the_story_knows_every_fate_a_file_can_bring() -> None:
    """Otherwise the equality below proves little. (Uncounted and transferred back are the grid's: a file cannot unreceive.)"""
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        for figures in expected(told(seed), LETTERS, UNITS).values():
            seen.update(figures)
    assert {*FATES, "unlisted", "inflow", "stock", "size"} - seen.keys() == {"uncounted"}


def test_lists_are_fixed_at_the_mark_and_followed_every_night(nights: Nights) -> None:
    order()
    quote()
    for night in NIGHTS:
        nights.run(night)
    assert written() == expected(nights.extracts, LETTERS, UNITS)
    members = Counter(BaselineDossier.objects.values_list("baseline_id", flat=True))
    for one in CohortCount.objects.select_related("baseline"):
        published = AgencyDayCount.objects.filter(
            as_of=one.as_of, agency=one.baseline.agency_id, system=one.baseline.system_id, field=""
        )
        assert one.stock == sum(published.values_list("overdue", flat=True))
        assert one.size == one.baseline.counted == members[one.baseline_id]


def test_a_letter_that_comes_late_is_made_up_for(nights: Nights) -> None:
    """Fixed three nights after its day, from what the night of its mark knew; the nights between as if it had been there."""
    for night in NIGHTS[:-1]:
        nights.run(night)
    assert not CohortCount.objects.exists()
    order()
    quote()
    nights.run(LAST)
    assert written() == expected(nights.extracts, LETTERS, UNITS)
