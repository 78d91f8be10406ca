"""The ranking page: who sees which units, honest about dates and data, every number leading to the list it counts."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from agencies.services import memberships_set
from dossiers.models import AgencyDayCount, SweepRun
from journal.selectors import night_seal
from journal.services import reference_changed
from kontum_tthc import nightly
from tests.factories.agencies import make_agency
from tests.factories.dossiers import moment
from tests.factories.figures import NIGHT, count, night, systems, workdates
from tests.reports.pages import listed, number_links
from ui.formats import UNKNOWN

pytestmark = pytest.mark.django_db
PAGE = "/xep-hang/"
HTMX = {"HX-Request": "true"}


ROW = re.compile(r'<a href="/don-vi/([^/]+)/')


def shown(client: Client, address: str = PAGE) -> list[str]:
    """Codes of the units, from the top."""
    answer = client.get(address)
    assert answer.status_code == 200
    return ROW.findall(answer.content.decode())


@pytest.mark.usefixtures("swept")
def test_the_province_sees_every_unit_and_a_head_only_the_own_and_those_under_it(
    client: Client, provincial_officer: User, head_a: User, stranger: User
) -> None:
    client.force_login(provincial_officer)
    assert shown(client) == ["608", "23281", "612"]
    client.force_login(head_a)
    assert shown(client) == ["608", "23281"]
    client.force_login(stranger)
    assert shown(client) == []


@pytest.mark.usefixtures("swept")
@pytest.mark.parametrize(
    "query",
    [
        "",
        "?pham_vi=area",
        "?cap=district",
        "?cap=district&pham_vi=area",
        "?he_thong=old",
        "?linh_vuc=Hộ tịch",
        "?cot=name,open,due_today,due_soon",
        "?cot=name,open,due_today,due_soon&pham_vi=area&he_thong=old",
    ],
)
@pytest.mark.parametrize("person", ["provincial_officer", "head_a"])
def test_every_number_leads_to_a_list_of_exactly_that_many(
    client: Client, request: pytest.FixtureRequest, person: str, query: str
) -> None:
    client.force_login(request.getfixturevalue(person))
    links = number_links(client.get(PAGE + query).content.decode())
    assert links
    assert [(address, listed(client, address)) for address, _ in links] == links


@pytest.mark.usefixtures("swept")
def test_the_columns_asked_for_show_and_stay_when_sorting(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    page = client.get(PAGE, {"cot": "total,due_soon"}).content.decode()
    assert re.findall(r'<th scope="col" class="[^"]*col-(\w+)', page) == ["rank", "name", "total", "due_soon"]
    assert '<a id="cot-due_soon" href="?cot=rank,name,total,due_soon&amp;sap_xep=-due_soon"' in page
    assert '<input type="checkbox" name="cot" value="due_soon" form="bo-loc" checked>' in page
    usual = client.get(PAGE).content.decode()
    assert len(re.findall(r'<th scope="col"', usual)) == 12


@pytest.mark.usefixtures("swept")
def test_conditions_are_told_in_words_and_each_can_be_dropped(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    page = client.get(PAGE, {"cap": "district", "pham_vi": "area", "ngay": "2022-11-07"}).content.decode()
    assert '<a href="?ngay=2022-11-07&amp;pham_vi=area"><span class="visually-hidden">Bỏ điều kiện </span>' in page
    assert "Cấp:</span> Huyện, thành phố" in page
    assert "Phạm vi:</span> toàn địa bàn" in page
    assert 'class="asked' not in client.get(PAGE, {"ngay": "2022-11-07"}).content.decode()


@pytest.mark.usefixtures("swept")
def test_htmx_gets_the_table_alone_and_a_browser_the_whole_page(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    whole, part = client.get(PAGE), client.get(PAGE, headers=HTMX)
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    token = re.compile(r'(name="csrfmiddlewaretoken" value=)"\w+"')  # each form has its own
    assert token.sub(r"\1", part.content.decode()).strip() in token.sub(r"\1", whole.content.decode())
    assert "HX-Request" in whole.headers["Vary"]


@pytest.mark.usefixtures("swept")
def test_a_printed_ranking_says_of_which_day_conditions_and_figures_it_is(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    page = client.get(PAGE, {"cap": "district"}).content.decode()
    head = re.sub(r"<[^>]+>", " ", page[page.index('<dl class="on-paper">') : page.index("</dl>")])
    assert " ".join(head.split()) == (
        f"Số liệu 24:00 ngày 07/11/2022 (mã số liệu {night_seal(date(2022, 11, 7))}) Điều kiện Cấp: Huyện, thành phố"
    )


@pytest.mark.usefixtures("swept")
def test_headings_sort_and_say_so(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    page = client.get(PAGE, {"sap_xep": "name"}).content.decode()
    assert page.index("UBND huyện Đăk Tô") < page.index("UBND phường Quang Trung") < page.index("UBND thành phố Kon Tum")
    assert page.count('aria-sort="ascending"') == 1
    assert "?sap_xep=-name" in page


@pytest.mark.parametrize(
    "query", ["ngay=hôm qua", "sap_xep=password", "cap=xã", "pham_vi=mine", "he_thong=third", "cot=name,pin", "linh_vuc=Hộ tich"]
)
@pytest.mark.usefixtures("swept")
def test_a_wrong_word_is_refused_and_named(client: Client, provincial_officer: User, query: str) -> None:
    client.force_login(provincial_officer)
    answer = client.get(f"{PAGE}?{query}")
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode()


def test_a_field_of_a_source_alone_is_one_also_on_a_day_without_its_figures(
    client: Client, head_a: User, head_b: User, swept: SweepRun
) -> None:
    AgencyDayCount.objects.filter(field="Hộ tịch").update(as_of=swept.as_of - timedelta(days=1))
    for head, status in ((head_a, 200), (head_b, 422)):  # what others' dossiers are called is not told
        client.force_login(head)
        assert client.get(PAGE, {"linh_vuc": "Hộ tịch"}).status_code == status


@pytest.mark.usefixtures("swept")
def test_a_date_without_a_night_says_so_and_offers_the_nearest(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    answer = client.get(PAGE, {"ngay": "2022-11-20", "cap": "district"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Chưa có số liệu ngày 20/11/2022" in page
    assert "?ngay=2022-11-07&amp;cap=district" in page
    assert "<table" not in page


def test_before_the_first_night_there_is_an_honest_empty_page(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert "Chưa có số liệu nào" in answer.content.decode()


def test_a_change_without_a_newer_file_is_marked_in_words(client: Client, provincial_officer: User, unit_a: Agency) -> None:
    systems()
    workdates(date(2022, 1, 3), date(2022, 12, 30))
    first = night(NIGHT - timedelta(days=1))
    night(old=None, new=None).__class__.objects.filter(as_of=NIGHT).update(inputs=first.inputs)
    count(unit_a, "old", 5, NIGHT - timedelta(days=1))
    count(unit_a, "old", 3)
    client.force_login(provincial_officer)
    page = client.get(PAGE).content.decode()
    assert "Cả hai hệ thống không có tệp mới từ 06/11/2022 đến 07/11/2022" in page
    assert "(Hệ thống cũ, Hệ thống mới không có tệp mới)" in page  # a phone's card has no head
    head, rows = page.split("</thead>")
    assert 'aria-label="Hệ thống cũ, Hệ thống mới không có tệp mới"' in head
    assert rows.count(f"<td>{UNKNOWN}<td>") >= 2  # the unit and the line of totals
    assert "delta better" not in rows


def test_a_system_without_any_file_shows_a_dash_not_zero(client: Client, provincial_officer: User, unit_a: Agency) -> None:
    systems()
    workdates(date(2022, 1, 3), date(2022, 12, 30))
    night(new=None)
    count(unit_a, "old", 5)
    client.force_login(provincial_officer)
    page = client.get(PAGE).content.decode()
    assert "chưa có dữ liệu" in page
    assert re.search(r"<tr><td>1<th>.*?<td><a [^>]*>5</a><td><span title=[^>]*>–</span><td", page)


def test_asked_for_a_system_without_any_file_nothing_is_a_number(
    client: Client, provincial_officer: User, unit_a: Agency
) -> None:
    systems()
    workdates(date(2022, 1, 3), date(2022, 12, 30))
    night(new=None)
    count(unit_a, "old", 5)
    client.force_login(provincial_officer)
    rows = client.get(f"{PAGE}?he_thong=new").content.decode().split("<tbody>")[1].split("</table>")[0]
    assert f'<td class="col-total">{UNKNOWN}' in rows
    assert ">0" not in rows


def test_names_are_escaped(client: Client, provincial_officer: User, province: Agency) -> None:
    systems()
    workdates(date(2022, 1, 3), date(2022, 12, 30))
    night()
    make_agency("<b>Sở</b>", code="S&1", parent=province)
    client.force_login(provincial_officer)
    page = client.get(PAGE).content.decode()
    assert "&lt;b&gt;Sở&lt;/b&gt;" in page
    assert "<b>Sở" not in page
    assert "/don-vi/S%261/" in page


@pytest.mark.usefixtures("swept")
def test_what_is_kept_is_dropped_when_anything_it_shows_changes(
    client: Client, provincial_officer: User, head_a: User, head_b: User, unit_a: Agency, unit_b: Agency
) -> None:
    client.force_login(provincial_officer)
    assert shown(client) == ["608", "23281", "612"]
    Agency.objects.filter(pk=unit_a.pk).update(name="Đơn vị đổi tên")
    assert "Đơn vị đổi tên" not in client.get(PAGE).content.decode()  # kept, for nothing was journalled
    reference_changed(actor="thử", subject="đơn vị", changes={})
    assert "Đơn vị đổi tên" in client.get(PAGE).content.decode()
    memberships_set(user=head_a, agencies=[unit_b], actor="thử")
    client.force_login(head_a)
    assert shown(client) == ["612"]
    nightly.run(as_of=NIGHT + timedelta(days=1), now=moment(NIGHT + timedelta(days=2)), trigger="command")
    client.force_login(head_b)
    assert "?ngay=2022-11-08" in client.get(PAGE).content.decode()


def test_a_kept_page_costs_four_queries_and_a_new_one_the_same_for_10_and_100_units(
    client: Client, provincial_officer: User, unit_a: Agency
) -> None:
    systems()
    workdates(date(2022, 1, 3), date(2022, 12, 30))
    night()
    client.force_login(provincial_officer)
    client.get(PAGE)  # session
    spent = []
    for batch in (10, 90):
        cache.clear()
        for number in range(batch):
            count(make_agency(f"Xã {batch} {number}", parent=unit_a), "old", number)
        for _ in ("new", "kept"):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(PAGE, {"pham_vi": "area"}).status_code == 200
            spent.append(len(captured))
    # new: user; newest night; version; letter, nights, counts, history, units, paths, working days; seal; fields;
    # saved views; the bell. kept: user; newest night; version; saved views
    assert spent == [15, 4, 15, 4]


@pytest.mark.parametrize("text", ["Đắk Tô", "dak to", "H. Đăk Tô", "ĐĂK TÔ", "612"])
def test_a_unit_is_found_however_its_name_is_written_and_keeps_its_rank(
    client: Client, provincial_officer: User, unit_a: Agency, unit_b: Agency, text: str
) -> None:
    systems()
    workdates(date(2022, 1, 3), date(2022, 12, 30))
    night()
    count(unit_a, "old", 5)
    count(unit_b, "old", 2)
    client.force_login(provincial_officer)
    html = client.get(PAGE, {"q": text}).content.decode()
    assert "UBND huyện Đăk Tô" in html
    assert "UBND thành phố Kon Tum" not in html
    assert '<tr><td>2<th><a href="/don-vi/612/' in html
    assert "<tfoot>" not in html


def test_a_name_nobody_bears_is_said(client: Client, provincial_officer: User, unit_a: Agency) -> None:
    systems()
    night()
    client.force_login(provincial_officer)
    assert "Không có đơn vị nào khớp" in client.get(PAGE, {"q": "Hà Nội"}).content.decode()


def test_signing_in_comes_first(client: Client) -> None:
    for name in ("reports:overview", "reports:ranking"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))
