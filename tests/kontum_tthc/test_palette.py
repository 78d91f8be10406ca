"""The search box finds units, dossiers, letters, pages and days: what fits best first, never beyond what the caller may see."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from agencies.models import Agency, AgencyAlias
from agencies.rules import fold, match_key
from dossiers.models import Dossier
from kontum_tthc.palette import MOST, found
from tests.factories.agencies import make_agency
from tests.factories.directives import make_directive
from tests.factories.dossiers import make_batch, midnight, observe
from tests.factories.figures import night

pytestmark = pytest.mark.django_db
D = date(2022, 11, 9)
TODAY = D + timedelta(days=1)


@pytest.fixture(autouse=True)
def world(unit_a: Agency, unit_b: Agency, commune_a: Agency) -> None:
    batch = make_batch(midnight(D))
    for code, unit, name in (
        ("000.00.16.H34-221024-0001", unit_a, "Nguyễn Văn An"),
        ("000.00.16.H34-221024-00012", unit_a, "Trần Thị Bé"),
        ("608-2022-000077", commune_a, "Đinh Ngọc 221024"),
        ("612-2022-000001", unit_b, "Nguyễn Văn Bình"),
    ):
        observe(batch, code, unit, received=D, due=D, applicant=name)
        Dossier.objects.filter(code=code).update(search_text=fold(f"{code} {name}"))
    for unit in (unit_a, unit_b, commune_a):
        Agency.objects.filter(pk=unit.pk).update(search_key=fold(f"{unit.name} {unit.code}"))
    first = make_directive("2624/UBND-TTHCC", date(2022, 8, 12), subject="chấn chỉnh tồn đọng")
    make_directive("3812/UBND-TTHCC", D, cites=[first], subject="triển khai ý kiến tại Công văn 2624")
    night(D)


def titles(user: User, text: str, kind: str) -> list[str]:
    return [hit.title for group in found(user, text, TODAY) if group.key == kind for hit in group.hits]


def test_a_unit_is_found_without_accents_by_code_by_words_in_any_order_and_by_another_spelling(
    provincial_officer: User, unit_b: Agency
) -> None:
    for text in ("đăk tô", "dak to", "to dak huyen", "612", "  UBND   HUYỆN ĐĂK TÔ "):
        assert titles(provincial_officer, text, "units") == ["UBND huyện Đăk Tô"], text
    assert titles(provincial_officer, "mot cua dak to", "units") == []
    AgencyAlias.objects.create(agency=unit_b, text="Một cửa Đăk Tô", key=match_key("Một cửa Đăk Tô"), source="tests")
    assert titles(provincial_officer, "mot cua dak to", "units") == ["UBND huyện Đăk Tô"]


def test_the_unit_called_exactly_so_stands_before_those_that_only_hold_the_words(
    provincial_officer: User, unit_b: Agency, province: Agency
) -> None:
    branch = make_agency("Chi nhánh đất đai huyện Đăk Tô", code="VP-612", level=Agency.Level.PROVINCE, parent=province)
    Agency.objects.filter(pk=branch.pk).update(search_key=fold(branch.name))
    AgencyAlias.objects.create(agency=unit_b, text="Đăk Tô", key=match_key("Đăk Tô"), source="tests")
    assert titles(provincial_officer, "đăk tô", "units") == ["UBND huyện Đăk Tô", "Chi nhánh đất đai huyện Đăk Tô"]
    Agency.objects.filter(pk=unit_b.pk).update(valid_to=D)
    assert titles(provincial_officer, "đăk tô", "units") == ["Chi nhánh đất đai huyện Đăk Tô", "UBND huyện Đăk Tô"]
    (units,) = [group for group in found(provincial_officer, "612", TODAY) if group.key == "units"]
    assert units.hits[0].detail == "Tỉnh Kon Tum, hoạt động đến hết 09/11/2022"


def test_a_code_is_found_whole_first_then_by_its_beginning_then_by_any_part(provincial_officer: User) -> None:
    assert titles(provincial_officer, "000.00.16.h34-221024-0001", "dossiers") == [
        "000.00.16.H34-221024-0001",
        "000.00.16.H34-221024-00012",
    ]
    assert titles(provincial_officer, "608-20", "dossiers") == ["608-2022-000077"]
    assert titles(provincial_officer, "2022-0000", "dossiers") == ["612-2022-000001", "608-2022-000077"]  # the newest first


def test_a_name_finds_a_dossier_for_those_who_may_unmask_it_and_stays_masked(
    provincial_officer: User, head_a: User, data_steward: User, administrator: User
) -> None:
    assert titles(provincial_officer, "nguyen van", "dossiers") == ["612-2022-000001", "000.00.16.H34-221024-0001"]
    assert titles(head_a, "Nguyễn Văn", "dossiers") == ["000.00.16.H34-221024-0001"]
    (dossiers,) = [group for group in found(head_a, "Nguyễn Văn", TODAY) if group.key == "dossiers"]
    assert dossiers.hits[0].detail == "Nguyễn V. A. · UBND thành phố Kon Tum · Hệ thống cũ"
    for user in (data_steward, administrator):
        assert titles(user, "nguyen van", "dossiers") == []
        assert titles(user, "221024", "dossiers") == ["000.00.16.H34-221024-00012", "000.00.16.H34-221024-0001"]  # not by a name
        assert titles(user, "000.00.16.H34-221024-0001 nguyen", "dossiers") == []  # nor one letter of it after another


def test_nothing_is_found_beyond_the_callers_units(head_a: User, head_b: User, stranger: User) -> None:
    assert titles(head_a, "612-2022", "dossiers") == []
    assert titles(head_a, "đăk tô", "units") == []
    assert titles(head_a, "ubnd", "units") == ["UBND thành phố Kon Tum", "UBND phường Quang Trung"]
    assert titles(head_b, "612-2022", "dossiers") == ["612-2022-000001"]
    assert [titles(stranger, text, kind) for text, kind in (("ubnd", "units"), ("2022", "dossiers"))] == [[], []]
    assert titles(stranger, "3812", "letters") == ["3812/UBND-TTHCC"]  # letters are addressed to all


def test_a_letter_is_found_by_number_symbol_issuer_and_subject_its_own_number_first(stranger: User) -> None:
    assert titles(stranger, "2624", "letters") == ["2624/UBND-TTHCC", "3812/UBND-TTHCC"]
    assert titles(stranger, "ubnd-tthcc", "letters") == ["3812/UBND-TTHCC", "2624/UBND-TTHCC"]
    assert titles(stranger, "ton dong", "letters") == ["2624/UBND-TTHCC"]


def test_pages_are_those_the_role_may_open(head_a: User, administrator: User) -> None:
    assert "Nhập liệu" not in titles(head_a, "", "pages")
    assert titles(head_a, "xep", "pages") == ["Xếp hạng"]
    assert titles(administrator, "nhap lieu", "pages") == ["Nhập liệu"]
    assert "Quản trị" in titles(administrator, "", "pages")


@pytest.mark.parametrize("text", ["9/11/2022", "09-11-2022", "9.11.2022", "2022-11-09"])
def test_a_date_leads_to_the_figures_of_that_day(stranger: User, text: str) -> None:
    (days,) = [group for group in found(stranger, text, TODAY) if group.key == "day"]
    assert [(hit.url, hit.detail) for hit in days.hits] == [
        ("/?ngay=2022-11-09", ""),
        ("/xep-hang/?ngay=2022-11-09", ""),
        ("/ho-so/?ngay=2022-11-09&tinh_trang=overdue", ""),
    ]


def test_a_day_without_figures_says_so_and_nonsense_is_no_day(stranger: User) -> None:
    (days,) = [group for group in found(stranger, "08/11/2022", TODAY) if group.key == "day"]
    assert {hit.detail for hit in days.hits} == {"chưa có số liệu ngày này"}
    for text in ("31/02/2022", "11/2022", "2022"):
        assert [group for group in found(stranger, text, TODAY) if group.key == "day"] == []


def test_more_than_fit_are_said_and_lead_to_the_list(client: Client, provincial_officer: User, unit_a: Agency) -> None:
    batch = make_batch(midnight(TODAY))
    for number in range(MOST + 1):
        observe(batch, f"NHIEU-{number}", unit_a, received=D, due=D)
    client.force_login(provincial_officer)
    page = client.get("/tim/", {"q": "nhieu"}).content.decode()
    assert page.count("/ho-so/old/NHIEU-") == MOST
    assert 'href="/ho-so/?q=nhieu"' in page


def test_the_page_tells_what_it_found_what_it_did_not_and_what_it_cannot_read(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    page = client.get("/tim/", {"q": "  <b>không  có  "}).content.decode()
    assert "Không tìm thấy gì khớp với “&lt;b&gt;không có”." in " ".join(page.split())
    assert "Chỉ tìm đơn vị và hồ sơ anh/chị phụ trách." in page
    assert "Hồ sơ chỉ được tìm từ ba ký tự trở lên." in client.get("/tim/", {"q": "60"}).content.decode()
    assert client.get("/tim/", {"q": "x" * 101}).status_code == 422
    assert client.get("/tim/", {"q": "a\0b"}).status_code == 422


def test_the_dialog_gets_the_answers_alone_as_options(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    answers = client.get("/tim/", {"q": "dak  to"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in answers
    assert 'role="option"' in answers
    assert 'data-asked="dak to"' in answers


@pytest.mark.parametrize("text", ["", "đăk tô", "10/11/2022", "000.00.16", "zzzz"])
def test_a_search_costs_at_most_four_queries(
    provincial_officer: User, head_a: User, text: str, django_assert_max_num_queries: Any
) -> None:
    for user in (provincial_officer, head_a):
        with django_assert_max_num_queries(4):
            found(user, text, TODAY)
