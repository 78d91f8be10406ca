"""The first page: the province for its office, one's own units for a head, every number leading to its list."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from agencies.models import Agency
from directives.models import Directive
from tests.factories.agencies import make_agency
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
    assert [(field, held.old, held.new) for field, held in page["fields"]] == [("Đất đai", 4, 0), ("Hộ tịch", 1, 0)]


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
    assert "chưa có dữ liệu" in answer.content.decode()


def test_a_date_without_a_night_and_no_night_at_all(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    assert "Chưa có số liệu nào" in client.get("/").content.decode()
    systems()
    night()
    page = client.get("/", {"ngay": "2022-11-06"}).content.decode()
    assert "Chưa có số liệu ngày 06/11/2022" in page
    assert "Ngày gần nhất có số liệu: 07/11/2022" in page
    assert client.get("/", {"ngay": "32/13/2022"}).status_code == 422


def test_the_page_costs_the_same_queries_for_10_and_100_units(client: Client, provincial_officer: User, unit_a: Agency) -> None:
    systems()
    workdates(date(2022, 1, 3), date(2022, 12, 30))
    night()
    night(NIGHT - timedelta(days=1))
    client.force_login(provincial_officer)
    client.get("/")
    spent = []
    for batch in (10, 90):
        for number in range(batch):
            unit = make_agency(f"Xã {batch} {number}", parent=unit_a)
            count(unit, "old", number)
            count(unit, "old", number, field=f"Lĩnh vực {number}")
        with CaptureQueriesContext(connection) as captured:
            client.get("/")
        spent.append(len(captured))
    # user; newest night; ranking 6; headlines; what the night knew 3, opened, closed; trend: nights, sums, letters; fields
    assert spent == [18, 18]
