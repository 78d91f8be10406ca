"""The first page: the province for its office, one's own units for a head, every number leading to its list."""

import html
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from directives.models import Directive
from journal.selectors import night_seal
from kontum_tthc import nightly
from tests.factories.agencies import make_agency
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe
from tests.factories.figures import NIGHT, count, night, systems, workdates
from tests.reports.pages import listed, number_links

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("swept")
@pytest.mark.parametrize(
    ("person", "overdue", "opened"), [("provincial_officer", 5, 5), ("head_a", 4, 4), ("head_b", 1, 1), ("stranger", 0, 0)]
)
def test_everyone_sees_their_own_units(
    client: Client, request: pytest.FixtureRequest, person: str, overdue: int, opened: int
) -> None:
    client.force_login(request.getfixturevalue(person))
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.context["headlines"][0].value == overdue
    assert answer.context["movement"].opened == opened


@pytest.mark.usefixtures("swept")
@pytest.mark.parametrize("person", ["provincial_officer", "head_a"])
def test_every_number_leads_to_a_list_of_exactly_that_many(client: Client, request: pytest.FixtureRequest, person: str) -> None:
    client.force_login(request.getfixturevalue(person))
    links = number_links(client.get("/").content.decode())
    assert len(links) > 10
    assert [(address, listed(client, address)) for address, _ in links] == links


@pytest.mark.usefixtures("swept")
def test_the_backlog_is_split_by_level_and_by_field_with_any_overdue(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    page = client.get("/").context
    assert [(label, held.total) for label, held, _ in page["levels"]] == [("Huyện, thành phố", 4), ("Xã, phường, thị trấn", 1)]
    (column,) = page["fields"]
    assert [(field, held.old, held.new) for field, held in column] == [("Đất đai", 4, 0), ("Hộ tịch", 1, 0)]


@pytest.mark.usefixtures("swept")
def test_the_trend_carries_its_table_and_the_letters(client: Client, provincial_officer: User) -> None:
    Directive.objects.create(
        reference="3812/UBND-TTHCC", slug="3812", issued_on=NIGHT, issuer="UBND tỉnh", subject="…", source="thử", verified=True
    )
    client.force_login(provincial_officer)
    page = client.get("/").content.decode()
    assert 'id="chart-trend-spec"' in page
    assert '"marks": [{"at": "07/11/2022", "name": "3812/UBND-TTHCC"}]' in page
    assert "Xem số liệu dạng bảng" in page


def test_changes_of_each_system_stand_beside_its_figure(client: Client, provincial_officer: User, unit_a: Agency) -> None:
    systems()
    workdates(date(2022, 1, 3), date(2022, 12, 30))
    for back, old, new in ((0, 857, 464), (1, 860, 460), (7, 800, 464)):
        day = NIGHT - timedelta(days=back)
        night(day)
        count(unit_a, "old", old, day)
        count(unit_a, "new", new, day)
    client.force_login(provincial_officer)
    both, old_line, new_line = client.get("/").context["headlines"]
    assert (both.value, both.changes) == (1321, (1, 57, None))
    assert (old_line.value, old_line.changes) == (857, (-3, 57, None))
    assert (new_line.value, new_line.changes) == (464, (4, 0, None))


def test_a_system_without_a_file_has_no_figure(client: Client, provincial_officer: User, unit_a: Agency) -> None:
    systems()
    night(new=None)
    count(unit_a, "old", 5)
    client.force_login(provincial_officer)
    answer = client.get("/")
    assert answer.context["headlines"][2].value is None
    page = answer.content.decode()
    assert "có 5 hồ sơ quá hạn trên hệ thống cũ lúc 24:00 ngày 07/11/2022; chưa có dữ liệu hệ thống mới." in page
    assert '<td class="num">0</td>' not in page.partition("dung-dau")[2].partition("</table>")[0]


def test_a_date_without_a_night_names_the_nearest_with_one(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    systems()
    night()
    page = client.get("/", {"ngay": "2022-11-06"}).content.decode()
    assert "Chưa có số liệu ngày 06/11/2022" in page
    assert "Ngày gần nhất có số liệu: 07/11/2022" in page
    assert client.get("/", {"ngay": "32/13/2022"}).status_code == 422


@pytest.fixture
def morning(settings: Settings) -> None:
    """07:30 after the newest night."""
    settings.CLOCK_PINNED_AT = moment(NIGHT + timedelta(days=1), 7, 30)


@pytest.mark.usefixtures("swept", "morning")
def test_the_to_do_is_each_person_s_own_although_the_figures_are_kept(
    client: Client, provincial_officer: User, inspector: User
) -> None:
    told = []
    for user in (provincial_officer, inspector):
        client.force_login(user)
        told.append(client.get("/").context["todo"])
    office, inspection = told
    assert [task.text for task in office.tasks] == ["Hệ thống mới: chưa có tệp nào", "1 hồ sơ đến hạn hôm nay"]
    assert listed(client, office.tasks[1].url) == 1
    assert inspection.tasks == ()


@pytest.mark.usefixtures("swept")
@pytest.mark.parametrize(("days", "told"), [(1, False), (2, True), (4, True)])
def test_figures_that_are_not_of_last_night_are_said_to_be_late(
    client: Client, head_a: User, settings: Settings, days: int, told: bool
) -> None:
    settings.CLOCK_PINNED_AT = moment(NIGHT + timedelta(days=days), 7, 30)
    client.force_login(head_a)
    note = f"Số liệu mới nhất là ngày 07/11/2022, chậm {days - 1} ngày: các đêm sau chưa được rà soát."
    assert (note in client.get("/").content.decode()) is told


@pytest.mark.usefixtures("swept", "morning")
def test_a_date_in_the_past_has_no_to_do_and_leads_to_the_newest(client: Client, provincial_officer: User) -> None:
    nightly.run(as_of=NIGHT + timedelta(days=1), now=moment(NIGHT + timedelta(days=2), 0, 15), trigger="command")
    client.force_login(provincial_officer)
    page = client.get("/", {"ngay": NIGHT.isoformat()})
    assert "todo" not in page.context
    assert "Đang xem lại ngày 07/11/2022." in page.content.decode()
    assert "Về số liệu mới nhất, 08/11/2022" in page.content.decode()
    assert "Đang xem lại" not in client.get("/").content.decode()


@pytest.mark.usefixtures("swept", "morning")
def test_the_scope_of_the_map_is_in_the_address_and_stays_with_the_date(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    alone, wide = client.get("/"), client.get("/", {"pham_vi": "area"})
    assert [(tile.place.short_name, tile.shown.now.total) for tile in alone.context["map"].tiles] == [
        ("Đăk Tô", 1),
        ("TP Kon Tum", 3),
    ]
    assert [(tile.place.short_name, tile.shown.now.total) for tile in wide.context["map"].tiles] == [
        ("Đăk Tô", 1),
        ("TP Kon Tum", 4),
    ]
    page = wide.content.decode()
    assert '<input type="hidden" name="pham_vi" value="area"' in page
    assert 'href="/don-vi/608/?ngay=2022-11-07&amp;pham_vi=area"' in page


@pytest.mark.usefixtures("swept", "morning")
def test_paper_says_which_frozen_figures_it_shows(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    page = client.get("/", {"pham_vi": "area"}).content.decode()
    assert f"24:00 ngày 07/11/2022 (mã số liệu {night_seal(NIGHT)})" in page
    assert re.search(r"Số lớn: <button[^>]*>toàn địa bàn</button>", page)


@pytest.mark.usefixtures("swept", "morning")
def test_a_head_of_one_district_sees_no_map(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    assert client.get("/").context["map"] is None


@pytest.mark.usefixtures("swept", "morning")
def test_the_night_s_changes_are_named_and_lead_on(client: Client, provincial_officer: User, commune_a: Agency) -> None:
    day = NIGHT + timedelta(days=1)
    batch = make_batch(midnight(day), kind="delta")
    observe(batch, "C-LATE", commune_a, received=date(2022, 10, 3), due=date(2022, 10, 31), status=9, ended=day)
    nightly.run(as_of=day, now=moment(day + timedelta(days=1), 0, 15), trigger="command")
    client.force_login(provincial_officer)
    answer = client.get("/")
    held = answer.context["overnight"]
    assert [one.code for one in held.opened] == ["A-TODAY"]
    assert [(one.code, one.unit, one.reason) for one in held.closed] == [("C-LATE", "UBND phường Quang Trung", "finished")]
    page = answer.content.decode()
    assert 'href="/ho-so/old/C-LATE/?ngay=2022-11-08"' in page
    assert "đã xử lý xong · hạn 31/10/2022" in page
    links = number_links(page)
    assert [(address, listed(client, address)) for address, _ in links] == links


@pytest.mark.usefixtures("swept", "morning")
def test_what_moved_between_units_gives_no_number_a_list_of_others(
    client: Client, provincial_officer: User, unit_a: Agency, unit_b: Agency
) -> None:
    """One goes from A to B, one is finished after it went to B: their lists hold other dossiers than their reasons count."""
    day = NIGHT + timedelta(days=1)
    batch = make_batch(midnight(day), kind="delta")
    observe(batch, "A-LATE", unit_b, received=date(2022, 10, 3), due=date(2022, 11, 4))
    observe(batch, "A-OLD", unit_b, received=date(2022, 1, 4), due=date(2022, 2, 7), field="Hộ tịch", status=9, ended=day)
    nightly.run(as_of=day, now=moment(day + timedelta(days=1), 0, 15), trigger="command")
    client.force_login(provincial_officer)
    page = client.get("/").content.decode()
    assert "−1 xử lý xong" in page
    assert "−1 chuyển đi" in page
    links = number_links(page)
    assert [(address, listed(client, address)) for address, _ in links] == links


@pytest.mark.usefixtures("morning")
def test_of_many_changes_of_a_night_the_first_are_shown_and_the_rest_is_one_step_away(
    client: Client, provincial_officer: User, unit_a: Agency
) -> None:
    make_calendar()
    batch = make_batch(midnight(NIGHT))
    for number in range(1, 11):
        observe(batch, f"A-{number}", unit_a, received=date(2022, 10, 3), due=NIGHT - timedelta(days=number))
    nightly.run(as_of=NIGHT, now=moment(NIGHT + timedelta(days=1), 0, 15), trigger="command")
    client.force_login(provincial_officer)
    answer = client.get("/")
    assert [one.code for one in answer.context["overnight"].opened] == [f"A-{number}" for number in range(10, 2, -1)]
    rest = re.search(r'<a href="([^"]*)">Xem đủ 10 hồ sơ</a>', answer.content.decode())
    assert rest is not None
    assert listed(client, html.unescape(rest[1])) == 10


@pytest.mark.usefixtures("morning")
def test_many_fields_stand_in_two_columns(client: Client, provincial_officer: User, unit_a: Agency) -> None:
    systems()
    night()
    count(unit_a, "old", 9)
    for place in range(9):
        count(unit_a, "old", 1, field=f"Lĩnh vực {place}")
    client.force_login(provincial_officer)
    assert [len(column) for column in client.get("/").context["fields"]] == [5, 4]


@pytest.mark.usefixtures("morning")
def test_the_page_costs_the_same_queries_for_10_and_100_units(client: Client, provincial_officer: User, unit_a: Agency) -> None:
    systems()
    make_calendar()
    workdates(date(2022, 1, 3), date(2022, 12, 30))
    for back in range(1, 9):
        night(NIGHT - timedelta(days=back))
    client.force_login(provincial_officer)
    spent = []
    for place, batch in enumerate((10, 90)):
        day = NIGHT + timedelta(days=place)
        night(day)  # a new night: nothing kept may be used
        for number in range(batch):
            unit = make_agency(f"Xã {batch} {number}", parent=unit_a)
            count(unit, "old", number, day)
            count(unit, "old", number, day, field=f"Lĩnh vực {number}")
        spent += [queries_of(client), queries_of(client)]
    # user, newest night, days on offer, journal's head; ranking 6, again for the map 7; night; known 3, moved 2 + 2; headlines;
    # came, went; trend 3; fields; seal; to-do: calendar 2, files, batches, nights 2, letters, due: calendar 2, known 3, count.
    # Kept: all but the first four and the to-do's calendar, files, batches and nights. The very first also counts the bell.
    # Beside all that: which expected files are late.
    assert spent == [48, 11, 47, 11]


def queries_of(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/").status_code == 200
    return len(captured)
