"""The list shows the columns its address asks for, in words that can be shared, and tells its conditions above."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client

from accounts.models import User
from agencies.models import Agency
from dossiers.links import list_url
from journal.selectors import night_seal
from kontum_tthc import nightly
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("night")]

NIGHT = date(2022, 11, 7)
HEAD = re.compile(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)')
CHIP = re.compile(r'<li><a href="([^"]*)">.*?<span class="asked-label">([^<]*):</span> ([^<]*)<')
USUAL = ["Mã hồ sơ, hệ thống", "Đơn vị", "Thủ tục", "Chủ hồ sơ", "Tiếp nhận", "Hạn hiện hành", "Tình trạng", "Cán bộ xử lý"]


@pytest.fixture
def night(unit_a: Agency) -> None:
    make_calendar()
    batch = make_batch(midnight(NIGHT))
    dates = {"received": date(2022, 10, 3), "original_due": moment(date(2022, 10, 28)), "computed_due": moment(date(2022, 11, 2))}
    observe(batch, "A-LATE", unit_a, due=date(2022, 11, 4), field="Hộ tịch", procedure_code="1.001193", **dates)
    observe(batch, "A-STOP", unit_a, received=date(2022, 10, 4), due=date(2022, 10, 17), status=5, stopped=date(2022, 10, 6))
    observe(batch, "A-DONE", unit_a, received=date(2022, 10, 5), due=date(2022, 11, 3), status=9, ended=NIGHT)
    nightly.run(as_of=NIGHT, now=moment(NIGHT + timedelta(days=1), 0, 15), trigger="command")


@pytest.fixture
def office(client: Client, provincial_officer: User) -> Client:
    client.force_login(provincial_officer)
    return client


def page(client: Client, **params: object) -> str:
    answer = client.get(list_url(**params))
    assert answer.status_code == 200
    return answer.content.decode()


def row(html: str, code: str) -> list[str]:
    """The texts of a dossier's cells."""
    line = next(line for line in html.splitlines() if f">{code}</a>" in line)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.split(r"<t[hd][^>]*>", line)[1:]]


def test_without_a_word_the_usual_columns_show(office: Client) -> None:
    assert HEAD.findall(page(office)) == USUAL


def test_the_columns_asked_for_show_in_the_order_asked(office: Client) -> None:
    html = page(office, cot="code,late,original,computed,promised,field,procedure_code,stopped,ended")
    labels = ["Số ngày làm việc quá hạn", "Hạn gốc", "Hạn tính toán", "Ngày hẹn trả", "Lĩnh vực", "Mã thủ tục", "Tạm dừng từ"]
    assert HEAD.findall(html) == ["Mã hồ sơ, hệ thống", *labels, "Kết thúc"]
    dates = ["28/10/2022", "02/11/2022", "04/11/2022"]
    assert row(html, "A-LATE") == ["A-LATEHệ thống cũ", "1", *dates, "Hộ tịch", "1.001193", "–", "–"]
    assert row(html, "A-STOP")[-2] == "06/10/2022"


def test_the_number_of_days_late_is_told_only_of_what_is_late(office: Client) -> None:
    html = page(office, cot="code,late")
    assert [row(html, code)[1] for code in ("A-LATE", "A-STOP", "A-DONE")] == ["1", "–", "2"]


def test_a_list_stays_in_the_order_of_a_column_that_is_not_shown(office: Client) -> None:
    for order, codes in (("received", ["A-LATE", "A-STOP", "A-DONE"]), ("-received", ["A-DONE", "A-STOP", "A-LATE"])):
        html = page(office, cot="code,agency", sap_xep=order)
        assert re.findall(r">(A-\w+)</a>", html) == codes


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"cot": "code,matkhau"}, "Không có cột “matkhau”"),
        ({"sap_xep": "applicant"}, "Không sắp xếp được theo “applicant”"),
        ({"sap_xep": "password"}, "Không sắp xếp được theo “password”"),
    ],
)
def test_a_wrong_column_or_order_is_refused_by_name(office: Client, wrong: dict[str, str], reason: str) -> None:
    answer = office.get(list_url(**wrong))
    assert answer.status_code == 422
    assert reason in answer.content.decode()


def test_what_is_kept_is_of_its_columns(office: Client) -> None:
    for _again in range(2):
        assert len(HEAD.findall(page(office))) == 8
        assert len(HEAD.findall(page(office, cot="code,due"))) == 2


def test_the_menu_belongs_to_the_filter_form_and_ticks_what_is_shown(office: Client) -> None:
    html = page(office, cot="code,due")
    boxes = re.findall(r'<input type="checkbox" name="cot" value="(\w+)" form="bo-loc"( checked)?( disabled)?>', html)
    assert [name for name, shown, _fixed in boxes if shown] == ["code", "due"]
    assert [name for name, _shown, fixed in boxes if fixed] == ["code"]
    assert len(boxes) == 16


def test_a_new_filter_keeps_order_and_page_size(office: Client) -> None:
    html = page(office, sap_xep="-received", so_dong=25)
    assert '<input type="hidden" name="sap_xep" value="-received" form="bo-loc">' in html
    assert '<input type="hidden" name="so_dong" value="25" form="bo-loc">' in html


def test_conditions_are_told_in_words_and_each_can_be_dropped(office: Client) -> None:
    html = page(office, tinh_trang="overdue", don_vi="608", pham_vi="area", cot="code,due", trang=2)
    chips = {label: (text, unescape(address)) for address, label, text in CHIP.findall(html)}
    assert chips == {
        "Tình trạng": ("Quá hạn", "?don_vi=608&pham_vi=area&cot=code,due"),
        "Đơn vị": ("UBND thành phố Kon Tum", "?tinh_trang=overdue&pham_vi=area&cot=code,due"),
        "Phạm vi": ("toàn địa bàn", "?tinh_trang=overdue&don_vi=608&cot=code,due"),
    }


def test_the_part_that_filters_replace_says_of_which_day_it_is(office: Client) -> None:
    nightly.run(as_of=NIGHT + timedelta(days=1), now=moment(NIGHT + timedelta(days=2)), trigger="command")
    for day, told in ((NIGHT, "07/11/2022"), (NIGHT + timedelta(days=1), "08/11/2022")):
        part = office.get(list_url(ngay=day), headers={"HX-Request": "true"}).content.decode()
        assert f"Tình trạng lúc 24:00 ngày {told}" in part


def test_a_printed_list_says_of_which_day_conditions_and_figures_it_is_and_which_part(office: Client) -> None:
    html = page(office, tinh_trang="overdue", he_thong="old")
    head = " ".join(re.sub(r"<[^>]+>", " ", html[html.index('<dl class="on-paper">') : html.index("</dl>")]).split())
    assert (
        head
        == f"Số liệu 24:00 ngày 07/11/2022 (mã số liệu {night_seal(NIGHT)}) Điều kiện Tình trạng: Quá hạn; Hệ thống: Hệ thống cũ"
    )
    assert "Bản in này" not in html  # all of it


def test_a_printed_page_of_a_longer_list_says_that_it_is_one(office: Client, unit_a: Agency) -> None:
    batch = make_batch(midnight(NIGHT), system="new")
    for number in range(30):
        observe(batch, f"N-{number:02}", unit_a, received=date(2022, 11, 1), due=date(2022, 11, 2))
    nightly.run(as_of=NIGHT + timedelta(days=1), now=moment(NIGHT + timedelta(days=2)), trigger="command")
    assert "Bản in này gồm hồ sơ 26–33</p>" in page(office, so_dong=25, trang=2)
