from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import pairwise

import pytest

from demo.history import EXTRACTED_AT, SYSTEMS, Extract, History, extracts, next_day_extracts, rows
from demo.lives import Life
from demo.plan import SNAPSHOT
from demo.register import Entry
from demo.world import World
from worktime.rules import VIETNAM

pytestmark = pytest.mark.django_db  # the world is read from the reference tables
PINNED = datetime(2022, 11, 10, 7, 30, tzinfo=VIETNAM)


def facts(told: History) -> list[tuple[object, ...]]:
    return [(life.code, life.applicant, life.received, life.due, life.ended) for life in lives(told)]


def lives(told: History) -> Iterator[Life]:
    return (life for system in SYSTEMS for life in told.lives[system])


@pytest.fixture(scope="module")
def files(world: World) -> list[Extract]:
    return extracts(world.calendar.is_working)


def test_the_same_seed_tells_the_same_history(told: History, tell: Callable[..., History]) -> None:
    assert facts(told) == facts(tell())


def test_another_seed_tells_another(told: History, tell: Callable[..., History]) -> None:
    assert facts(told) != facts(tell(seed=1))


def test_every_dossier_has_a_code_of_its_own(told: History) -> None:
    for system in SYSTEMS:
        codes = [life.code for life in told.lives[system]] + [life.code for life, _ in told.broken[system]]
        assert len(set(codes)) == len(codes)


def test_a_new_code_holds_the_date_of_receipt(told: History) -> None:
    assert all(f"-{life.received:%y%m%d}-" in life.code for life in told.lives["new"])


def test_each_system_brings_a_full_extract_every_two_weeks(files: list[Extract]) -> None:
    fulls = [extract.at.date() for extract in files if extract.kind == "full" and extract.system == "old"]
    assert fulls[0] == date(2022, 8, 1)
    assert {(after - before).days for before, after in pairwise(fulls)} == {14}
    assert fulls[-1] == SNAPSHOT


def test_in_the_last_week_something_comes_every_day_weekend_included(files: list[Extract]) -> None:
    last_week = {(extract.at.date().day, extract.system) for extract in files if extract.at.date() >= date(2022, 11, 4)}
    assert last_week == {(day, system) for day in range(4, 11) for system in SYSTEMS}


def test_each_file_begins_where_the_one_before_it_ended_or_earlier(files: list[Extract]) -> None:
    for system in SYSTEMS:
        mine = [extract for extract in files if extract.system == system]
        assert all(after.since <= before.at < after.at for before, after in pairwise(mine))


def test_the_files_to_try_by_hand_come_after_the_last_night_and_before_the_pinned_clock(files: list[Extract]) -> None:
    assert all(files[-1].at < extract.at <= PINNED for extract in next_day_extracts())


def last_shown(told: History, files: list[Extract], upto: datetime) -> dict[str, Entry]:
    shown: dict[str, Entry] = {}
    for extract in files:
        if extract.at <= upto:
            shown |= {entry.static.code: entry for entry, wrong in rows(told, extract) if not wrong}
    return shown


def test_on_the_snapshot_evening_the_files_have_told_everything(told: History, files: list[Extract]) -> None:
    evening = datetime.combine(SNAPSHOT, EXTRACTED_AT, VIETNAM)
    shown = last_shown(told, files, evening)
    for life in lives(told):
        if (life.registered or life.received) <= evening:
            assert shown[life.code] == told.clerk.entry(life, evening)
        else:
            assert life.code not in shown


def test_the_evening_before_an_ordinary_working_day_is_fully_known_too(told: History, files: list[Extract]) -> None:
    evening = datetime.combine(date(2022, 9, 15), EXTRACTED_AT, VIETNAM)
    shown = last_shown(told, files, evening)
    assert all(shown[life.code] == told.clerk.entry(life, evening) for life in lives(told) if life.open_at(evening))


def test_lost_dossiers_are_in_no_later_file(told: History, files: list[Extract]) -> None:
    lost = {life.code: life.lost for life in lives(told) if life.lost}
    assert lost
    for extract in files:
        gone = {code for code, moment in lost.items() if moment <= extract.at}
        assert gone.isdisjoint(entry.static.code for entry, _ in rows(told, extract))


def test_the_units_the_letter_names_lose_none(told: History) -> None:
    assert all(life.unit.code not in ("608", "612") for life in lives(told) if life.lost)


def test_every_full_extract_has_rows_no_intake_can_take(told: History, files: list[Extract]) -> None:
    for extract in files:
        wrong = [tuple(fault) for _, fault in rows(told, extract) if fault]
        if extract.kind == "full":
            assert set(wrong) == {("status",), ("received",), ("agency", "receiver")}
        else:
            assert len(wrong) <= 1


def test_the_files_to_try_by_hand_bring_news(told: History, files: list[Extract]) -> None:
    shown = last_shown(told, files, files[-1].at)
    for extract in next_day_extracts():
        news = [entry for entry, wrong in rows(told, extract) if not wrong and shown.get(entry.static.code) != entry]
        assert news
