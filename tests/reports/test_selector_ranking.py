from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency
from directives.models import Directive
from reports.notes import warnings
from reports.selectors.overview import headlines
from reports.selectors.ranking import Ranking, ranking
from reports.selectors.trend import trend
from tests.factories.agencies import make_agency
from tests.factories.figures import NIGHT, count, night, systems, workdates

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    systems()
    workdates(date(2022, 1, 3), date(2022, 12, 30))


@pytest.fixture
def tree() -> dict[str, Agency]:
    """Tỉnh > thành phố Kon Tum (hai phường), huyện Đăk Tô; one sở."""
    top = make_agency("Tỉnh Kon Tum", code="62", level="province")
    city, town = (
        make_agency("UBND thành phố Kon Tum", code="608", level="district", parent=top),
        make_agency("UBND huyện Đăk Tô", code="612", level="district", parent=top),
    )
    wards = [make_agency(name, code=code, parent=city) for code, name in (("1", "Phường A"), ("2", "Phường B"))]
    return {
        "top": top,
        "city": city,
        "town": town,
        "a": wards[0],
        "b": wards[1],
        "so": make_agency("Sở Y tế", code="S", level="province", parent=top),
    }


def rows(found: Ranking) -> list[tuple[int, str, int, int, int]]:
    return [(row.rank, row.unit.code, row.now.old, row.now.new, row.now.total) for row in found.rows]


def of(**filters: Any) -> Ranking:
    return ranking(agencies=Agency.objects.all(), as_of=NIGHT, **filters)


def test_units_are_ranked_by_their_own_dossiers_on_both_systems(tree: dict[str, Agency]) -> None:
    night()
    count(tree["city"], "old", 857)
    count(tree["city"], "new", 464)
    count(tree["town"], "old", 331)
    count(tree["town"], "new", 271)
    count(tree["a"], "new", 3)
    found = of()
    assert rows(found)[:3] == [(1, "608", 857, 464, 1321), (2, "612", 331, 271, 602), (3, "1", 0, 3, 3)]
    assert rows(found)[3:] == [(4, "2", 0, 0, 0), (4, "S", 0, 0, 0)]
    assert found.total is not None
    assert (found.total.now.old, found.total.now.new) == (1188, 738)


def test_the_whole_area_counts_each_unit_with_all_under_it_and_the_total_counts_it_once(tree: dict[str, Agency]) -> None:
    night()
    count(tree["city"], "old", 10)
    count(tree["a"], "old", 5)
    count(tree["b"], "new", 7)
    found = of(scope="area")
    assert (1, "608", 15, 7, 22) in rows(found)
    assert (2, "2", 0, 7, 7) in rows(found)
    assert found.total is not None
    assert found.total.now.total == 22
    districts = of(scope="area", level="district")
    assert rows(districts) == [(1, "608", 15, 7, 22), (2, "612", 0, 0, 0)]
    assert districts.total is not None
    assert districts.total.now.total == 22


def test_the_province_itself_is_the_total_and_not_a_unit_unless_dossiers_are_booked_on_it(tree: dict[str, Agency]) -> None:
    night()
    assert "62" not in {row.unit.code for row in of().rows}
    count(tree["top"], "new", 1)
    assert "62" in {row.unit.code for row in of().rows}


def test_filters_by_system_level_and_field(tree: dict[str, Agency]) -> None:
    night()
    count(tree["city"], "old", 9)
    count(tree["city"], "new", 4)
    count(tree["city"], "old", 2, field="Đất đai")
    assert rows(of(system="new", level="district"))[0] == (1, "608", 0, 4, 4)
    assert rows(of(field="Đất đai", level="district"))[0] == (1, "608", 2, 0, 2)
    assert not of(system="new").has("old")


def test_changes_compare_with_yesterday_a_week_ago_and_the_last_letter_before_that_day(tree: dict[str, Agency]) -> None:
    letter = {"issuer": "UBND tỉnh", "subject": "…", "source": "thử", "verified": True}
    Directive.objects.create(reference="3566", slug="3566", issued_on=date(2022, 10, 24), **letter)
    Directive.objects.create(reference="3573", slug="3573", issued_on=date(2022, 11, 1), **letter)
    Directive.objects.create(reference="3812", slug="3812", issued_on=NIGHT, **letter)
    for day, overdue in ((NIGHT, 10), (date(2022, 11, 6), 12), (date(2022, 10, 31), 10), (date(2022, 11, 1), 3)):
        night(day)
        count(tree["city"], "old", overdue, day)
    found = of(level="district")
    assert found.rows[0].changes == (-2, 0, 7)
    assert found.comparisons[2].letter == "3573"


def test_a_day_without_a_night_gives_no_change_and_a_gap_never_zero(tree: dict[str, Agency]) -> None:
    night()
    night(NIGHT - timedelta(days=7), status="failed")
    night(NIGHT - timedelta(days=2))
    count(tree["city"], "old", 4)
    found = of(level="district")
    assert found.rows[0].changes == (None, None, None)
    assert found.rows[0].spark[-3:] == (0, None, 4)
    assert len(found.rows[0].spark) == 30


def test_age_bars_share_and_the_oldest_with_working_days(tree: dict[str, Agency]) -> None:
    night()
    count(tree["city"], "old", 3, overdue_5=1, overdue_30=2, in_time=1, oldest_due=date(2022, 10, 24))
    count(tree["city"], "new", 1, overdue_more=1, in_time=3, oldest_due=date(2022, 4, 4))
    row = of(level="district").rows[0]
    assert row.now.ages == (1, 0, 2, 0, 1)
    assert row.now.share == 0.5
    assert row.now.oldest_due == date(2022, 4, 4)
    assert row.oldest_days == 155


def test_a_date_without_a_night_answers_nothing_and_names_the_nearest(tree: dict[str, Agency]) -> None:
    night(date(2022, 11, 3))
    night(date(2022, 11, 9))
    count(tree["city"], "old", 4, date(2022, 11, 3))
    found = of()
    assert (found.known, found.nearest, found.rows, found.total) == (False, date(2022, 11, 3), (), None)


def test_before_the_first_night_the_nearest_is_the_first_and_without_any_night_there_is_none(tree: dict[str, Agency]) -> None:
    assert of().nearest is None
    night(date(2022, 11, 9))
    assert of().nearest == date(2022, 11, 9)


def test_units_are_those_of_the_date_and_an_ended_one_with_open_dossiers_stays_visible(tree: dict[str, Agency]) -> None:
    night()
    make_agency("Đã giải thể", code="X", parent=tree["top"], valid_to=NIGHT - timedelta(days=1))
    make_agency("Chưa lập", code="Y", parent=tree["top"], valid_from=NIGHT + timedelta(days=1))
    held = make_agency("Còn hồ sơ", code="Z", parent=tree["top"], valid_to=NIGHT - timedelta(days=1))
    make_agency("Ngày cuối", code="W", parent=tree["top"], valid_from=NIGHT, valid_to=NIGHT)
    count(held, "old", 1)
    found = {row.unit.code: row.unit.ended for row in of().rows}
    assert {"X", "Y"}.isdisjoint(found)
    assert found["Z"] is True
    assert found["W"] is False


@pytest.mark.parametrize(("scope", "level"), [("own", None), ("own", "commune"), ("area", None), ("area", "district")])
def test_dossiers_handed_over_by_a_unit_that_ended_are_no_rise_of_the_total(
    tree: dict[str, Agency], scope: str, level: str | None
) -> None:
    ended = make_agency("Phường đã nhập", code="X", parent=tree["city"], valid_to=NIGHT - timedelta(days=2))
    heir = make_agency("Phường nhận", code="Y", parent=tree["city"], valid_from=NIGHT - timedelta(days=1))
    night(NIGHT - timedelta(days=7))
    night()
    count(ended, "old", 50, NIGHT - timedelta(days=7))
    count(heir, "old", 48)
    found = of(scope=scope, level=level)
    assert "X" not in {row.unit.code for row in found.rows}
    assert found.total is not None
    assert (found.total.now.total, found.total.changes[1], found.total.spark[-8], found.total.spark[-1]) == (48, -2, 50, 48)


def test_a_unit_that_has_not_begun_is_not_called_ended(tree: dict[str, Agency]) -> None:
    night()
    early = make_agency("Lập sau", code="Y", parent=tree["top"], valid_from=NIGHT + timedelta(days=1))
    count(early, "old", 1)
    assert {row.unit.code: row.unit.ended for row in of().rows}["Y"] is False


def test_a_system_without_newer_data_is_named_beside_the_change(tree: dict[str, Agency]) -> None:
    old = datetime(2022, 11, 2, 10, tzinfo=UTC)
    night(old=old)
    night(NIGHT - timedelta(days=1), old=old)
    night(NIGHT - timedelta(days=7), old=old - timedelta(days=9))
    found = of()
    assert [item.stuck for item in found.comparisons] == [("old",), (), ()]
    assert of(system="new").comparisons[0].stuck == ()
    assert {item.system: item.state for item in found.freshness} == {"old": "stale", "new": "fresh"}


def test_a_day_that_knew_nothing_of_a_system_gives_no_change_and_a_gap(tree: dict[str, Agency]) -> None:
    night(NIGHT - timedelta(days=1), new=None)
    night()
    count(tree["city"], "old", 9, NIGHT - timedelta(days=1))
    count(tree["city"], "old", 8)
    count(tree["city"], "new", 400)
    both, old = of(level="district"), of(level="district", system="old")
    assert both.comparisons[0].absent == ("new",)
    assert (both.rows[0].changes[0], both.rows[0].spark[-2:]) == (None, (None, 408))
    assert old.comparisons[0].absent == ()
    assert (old.rows[0].changes[0], old.rows[0].spark[-2:]) == (-1, (9, 8))
    lines = headlines(agencies=Agency.objects.all(), ranking=of())
    assert [(line.system, line.changes[0]) for line in lines] == [("", None), ("old", -1), ("new", None)]
    assert warnings(both) == ["Hệ thống mới chưa có dữ liệu ngày 06/11/2022: tổng số không so được với ngày đó."]


def test_the_trend_has_no_line_of_a_system_before_its_first_file_nor_a_total(tree: dict[str, Agency]) -> None:
    night(NIGHT - timedelta(days=2), new=None)
    night(NIGHT - timedelta(days=1))
    count(tree["city"], "old", 9, NIGHT - timedelta(days=2))
    count(tree["city"], "new", 4, NIGHT - timedelta(days=1))
    everyone = Agency.objects.all()
    found = trend(agencies=everyone, as_of=NIGHT - timedelta(days=1))
    assert (found.old, found.new, found.total) == ((9, 0), (None, 4), (None, 4))
    before = trend(agencies=everyone, as_of=NIGHT - timedelta(days=2))
    assert (before.old, before.new, before.total) == ((9,), (None,), (9,))


def test_a_system_without_any_file_is_unknown_and_not_zero(tree: dict[str, Agency]) -> None:
    night(new=None)
    found = of()
    assert found.has("old")
    assert not found.has("new")


def test_only_the_given_units_are_counted(tree: dict[str, Agency]) -> None:
    night()
    count(tree["city"], "old", 5)
    count(tree["town"], "old", 4)
    mine = Agency.objects.filter(above__ancestor=tree["city"])
    found = ranking(agencies=mine, as_of=NIGHT, scope="area")
    assert {row.unit.code for row in found.rows} == {"608", "1", "2"}
    assert found.total is not None
    assert found.total.now.total == 5


@pytest.mark.parametrize(("scope", "queries"), [("own", 6), ("area", 7)])
def test_the_number_of_queries_does_not_depend_on_the_data(tree: dict[str, Agency], scope: str, queries: int) -> None:
    night()
    night(NIGHT - timedelta(days=1))
    spent = []
    for batch in (10, 90):
        for number in range(batch):
            more = make_agency(f"Xã {number}", code=f"{batch}-{number}", parent=tree["town"])
            count(more, "old", number, oldest_due=date(2022, 6, 1))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            of(scope=scope)
        spent.append(len(captured))
    assert spent == [queries, queries]
