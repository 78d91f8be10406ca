"""The day's list of a unit on paper: what it holds, from which figures, and that only those concerned get it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from dossiers.models import Dossier, ImportBatch
from journal.models import Entry
from reports.selectors.worklist import MOST, Sheet
from tests.factories.agencies import make_agency
from tests.factories.dossiers import moment, observe
from tests.reports.conftest import NIGHT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("swept")]
LIST = "/don-vi/608/viec-trong-ngay/"
TOMORROW = NIGHT + timedelta(days=1)


@pytest.fixture(autouse=True)
def _morning(settings: Settings) -> None:
    settings.CLOCK_PINNED_AT = moment(TOMORROW, 7, 30)


def sheets(client: Client, **words: str) -> list[Sheet]:
    return list(client.get(LIST, words).context["worklist"].sheets)


def late(unit: Agency, code: str) -> None:
    """One more overdue dossier in the file the night has read."""
    observe(ImportBatch.objects.get(), code, unit, received=date(2022, 1, 4), due=date(2022, 3, 1))


def test_it_lists_what_is_overdue_and_what_is_due_by_day(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    (sheet,) = sheets(client)
    assert [job.code for job in sheet.overdue] == ["A-OLD", "A-LATE", "A-LATE-2"]
    assert [(day, [job.code for job in jobs]) for day, jobs in sheet.due] == [(NIGHT, ["A-TODAY"]), (TOMORROW, ["A-SOON"])]
    page = client.get(LIST).content.decode()
    assert "Quá hạn: 3 hồ sơ" in page
    assert "Hạn thứ 2, 07/11/2022 đã qua, chưa xong: 1 hồ sơ" in page
    assert "Đến hạn hôm nay, thứ 3 08/11/2022: 1 hồ sơ" in page
    assert "Quá hạn: 3. Đến hạn trong ngày: 1. Đến hạn đến hết 21/11/2022: 2." in page


def test_it_says_from_which_figures_it_was_made(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    page = client.get(LIST).content.decode()
    frozen = Entry.objects.get(event="night_done")
    assert f"mã số liệu {frozen.seq}-{frozen.hash[:12]}" in page
    assert "Tình trạng lúc 24:00 ngày 07/11/2022" in page
    assert "Hệ thống cũ: số liệu đến 00:00 08/11/2022" in page
    assert "Hệ thống mới: chưa có dữ liệu" in page
    assert "lập lúc 07:30 08/11/2022" in page


def test_no_applicant_is_named_on_paper(client: Client, head_a: User) -> None:
    Dossier.objects.update(applicant="Bạch Văn Chủ")
    client.force_login(head_a)
    page = client.get(LIST).content.decode()
    assert "A-LATE" in page
    assert "Bạch" not in page


def test_the_area_has_a_sheet_for_each_unit_the_unit_itself_first_and_names_the_idle(
    client: Client, head_a: User, unit_a: Agency
) -> None:
    make_agency("UBND xã Đăk Cấm", parent=unit_a)
    make_agency("UBND xã đã hết", parent=unit_a, valid_to=NIGHT - timedelta(days=1))
    client.force_login(head_a)
    assert [sheet.code for sheet in sheets(client, pham_vi="area")] == ["608", "23281"]
    assert client.get(LIST, {"pham_vi": "area"}).context["worklist"].idle == ["UBND xã Đăk Cấm"]


def test_an_ended_unit_that_still_holds_dossiers_has_its_sheet(client: Client, head_a: User, commune_a: Agency) -> None:
    Agency.objects.filter(pk=commune_a.pk).update(valid_to=NIGHT - timedelta(days=1))
    client.force_login(head_a)
    assert [sheet.code for sheet in sheets(client, pham_vi="area")] == ["608", "23281"]


def test_a_unit_with_nothing_to_do_says_so(client: Client, provincial_officer: User, unit_a: Agency) -> None:
    make_agency("UBND xã Đăk Cấm", code="dak-cam", parent=unit_a)
    client.force_login(provincial_officer)
    page = client.get("/don-vi/dak-cam/viec-trong-ngay/").content.decode()
    assert "Không có hồ sơ quá hạn hay sắp đến hạn" in page


def test_more_than_a_hundred_overdue_are_cut_and_said_to_be(client: Client, head_a: User, unit_a: Agency) -> None:
    for number in range(MOST):
        late(unit_a, f"A-{number:03}")
    client.force_login(head_a)
    (sheet,) = sheets(client)
    assert (len(sheet.overdue), sheet.overdue_total) == (MOST, MOST + 3)
    assert sheet.overdue[0].code == "A-OLD"
    assert "Quá hạn: 103 hồ sơ – in 100 hồ sơ quá hạn lâu nhất" in client.get(LIST).content.decode()


def test_a_past_date_lists_the_work_of_that_date(client: Client, head_a: User, settings: Settings) -> None:
    settings.CLOCK_PINNED_AT = moment(NIGHT + timedelta(days=60), 7, 30)
    client.force_login(head_a)
    found = client.get(LIST, {"ngay": NIGHT.isoformat()}).context["worklist"]
    assert (found.day, found.current) == (NIGHT, False)


def test_a_date_without_figures_or_a_wrong_one_is_told_on_the_units_page(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    for question in ("ngay=2022-11-20", "ngay=sai"):
        answer = client.get(f"{LIST}?{question}&pham_vi=area")
        assert answer.headers["Location"] == f"/don-vi/608/?{question}&pham_vi=area"


def test_only_those_who_may_open_the_unit_get_its_list(client: Client, head_a: User, head_b: User, inspector: User) -> None:
    told = {}
    for user in (head_a, head_b, inspector):
        client.force_login(user)
        told[user.username] = client.get(LIST).status_code
    assert told == {"thu-truong-a": 200, "thu-truong-b": 404, "to-kiem-tra": 200}


def test_it_costs_the_same_queries_for_10_and_100_units(client: Client, head_a: User, unit_a: Agency) -> None:
    client.force_login(head_a)
    client.get(LIST)
    spent = []
    for many in (10, 90):
        for number in range(many):
            late(make_agency(f"Xã {many} {number}", parent=unit_a), f"{many}-{number}")
        with CaptureQueriesContext(connection) as captured:
            assert len(sheets(client, pham_vi="area")) > many
        spent.append(len(captured))
    assert spent[0] == spent[1]
    assert spent[0] <= 20


def test_my_work_leads_to_the_one_unit_given_and_to_a_choice_of_several(
    client: Client, head_a: User, unit_b: Agency, stranger: User, provincial_officer: User
) -> None:
    client.force_login(head_a)
    assert client.get("/viec-cua-toi/").headers["Location"] == "/don-vi/608/"
    head_a.memberships.create(agency=unit_b)
    page = client.get("/viec-cua-toi/")
    assert [row.unit.code for row in page.context["ranking"].rows] == ["608", "612"]
    assert '<a href="/don-vi/612/?ngay=2022-11-07">' in page.content.decode()
    for user in (stranger, provincial_officer):
        client.force_login(user)
        assert "chưa được giao đơn vị nào" in client.get("/viec-cua-toi/").content.decode()
