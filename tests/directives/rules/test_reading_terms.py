"""Terms and demands, phrase by phrase: what is said, what comes close, and what must not be heard as one."""

from datetime import date

import pytest

from directives.rules.reading_terms import read_deadlines, read_demands
from directives.rules.reading_text import Part, page_of

DEADLINES: list[tuple[str, object]] = [
    ("hoàn thành trước ngày 30/11/2022", ("before", date(2022, 11, 30))),
    ("xong trước 30/11/2022", ("before", date(2022, 11, 30))),
    ("trước 17 giờ 00 ngày 15/11/2022", ("before", date(2022, 11, 15))),
    ("trước 17h ngày 15.11.2022", ("before", date(2022, 11, 15))),
    ("chậm nhất trước ngày 30 tháng 11 năm 2022", ("before", date(2022, 11, 30))),
    ("chậm nhất là ngày 30 tháng 11 năm 2022", ("by", date(2022, 11, 30))),
    ("chậm nhất đến ngày 01/12/2022", ("by", date(2022, 12, 1))),
    ("muộn nhất vào ngày 01-12-2022", ("by", date(2022, 12, 1))),
    ("đến hết ngày 29/2/2024", ("by", date(2024, 2, 29))),
    ("thời hạn hoàn thành: ngày 05/12/2022", ("by", date(2022, 12, 5))),
    ("trong ngày 11/11/2022", ("within", date(2022, 11, 11))),
    ("trong tháng 11 năm 2022", ("within", date(2022, 11, 30))),
    ("xong trong tháng 2/2024", ("within", date(2024, 2, 29))),
    ("hết tháng 2 năm 2023", ("by", date(2023, 2, 28))),
    ("trước tháng 12 năm 2022", ("by", date(2022, 11, 30))),
    ("trước cuối tháng 12/2022", ("by", date(2022, 11, 30))),
    ("trong quý IV năm 2022", ("within", date(2022, 12, 31))),
    ("chậm nhất trong quý 1 năm 2023", ("within", date(2023, 3, 31))),
    ("trong năm 2022", ("within", date(2022, 12, 31))),
]
SPANS: list[tuple[str, object]] = [
    ("trong thời hạn 10 ngày làm việc kể từ ngày ký", (10, "working_day", "signed")),
    ("trong vòng 05 ngày kể từ ngày nhận được văn bản này", (5, "day", "received")),
    ("trong thời hạn 15 (mười lăm) ngày, kể từ ngày ban hành", (15, "day", "signed")),
    ("không quá 3 ngày làm việc", (3, "working_day", "")),
    ("chậm nhất sau 02 tuần kể từ khi nhận", (2, "week", "received")),
    ("trong 24 giờ", (24, "hour", "")),
    ("trong 01 tháng", (1, "month", "")),
]
AGAIN = [
    "định kỳ trước ngày 25 hằng tháng",
    "thứ Sáu hằng tuần",
    "trước ngày 15 hàng tháng",
    "định kỳ 15 ngày/lần",
    "cuối mỗi quý",
]
YEARLESS = ["trước ngày 30/11", "chậm nhất là ngày 05 tháng 12", "trước 17 giờ ngày 15.12", "trong tháng 12", "hết tháng 11"]
NO_DEADLINES = [
    "tính đến hết ngày 07/11/2022 còn 857 hồ sơ",
    "tính đến ngày 07/11/2022",
    "Công văn số 2624/UBND-TTHCC ngày 12 tháng 8 năm 2022",
    "đơn vị không hoàn thành trong năm 2022",
    "trước ngày 30/2/2023",
    "trước ngày 31/11/2022",
    "trong tháng 13 năm 2022",
    "trong quý V năm 2022",
    "trước đây; trong thời gian tới",
]


def deadlines(text: str) -> list[object]:
    page = page_of(text)
    return [
        (each.rule, each.day) if each.day else (each.count, each.unit, each.start) if each.count else each.words.text
        for each in read_deadlines(page, Part(0, len(page.text)))
    ]


@pytest.mark.parametrize(("text", "expected"), DEADLINES + SPANS)
def test_a_term_is_read(text: str, expected: object) -> None:
    assert deadlines(text) == [expected]
    assert deadlines(f"Rà soát hồ sơ, {text}; gửi báo cáo.") == [expected]
    assert deadlines(text.replace(" ", "\n", 2)) == [expected]


@pytest.mark.parametrize("text", AGAIN)
def test_what_comes_again_and_again_is_kept_as_words(text: str) -> None:
    assert deadlines(f"Báo cáo {text}.") == [text]


@pytest.mark.parametrize("text", YEARLESS)
def test_a_day_without_its_year_is_kept_as_words(text: str) -> None:
    page = page_of(f"Gửi báo cáo {text}.")
    (deadline,) = read_deadlines(page, Part(0, len(page.text)))
    assert (deadline.words.text, deadline.day, deadline.count) == (text, None, None)


@pytest.mark.parametrize("text", NO_DEADLINES)
def test_what_sets_no_term_is_none(text: str) -> None:
    assert deadlines(text) == []


def test_two_terms_of_one_order_are_two() -> None:
    text = "Giải quyết trước ngày 30/11/2022, báo cáo trong 05 ngày làm việc kể từ ngày nhận được văn bản này."
    assert deadlines(text) == [("before", date(2022, 11, 30)), (5, "working_day", "received")]


DEMANDS = [
    ("giải quyết dứt điểm hồ sơ quá hạn", ("settled", "", None)),
    ("Xử lý dứt điểm số hồ sơ quá hạn trên hệ thống cũ", ("settled", "old", None)),
    ("xử lý triệt để các hồ sơ trễ hạn trên hệ thống mới", ("settled", "new", None)),
    ("giải quyết dứt điểm tình trạng xử lý hồ sơ quá hạn trên cả hai hệ thống", ("settled", "", None)),
    ("giải quyết dứt điểm hồ sơ quá hạn trên hệ thống cũ và hệ thống mới", ("settled", "", None)),
    ("giải quyết dứt điểm hồ sơ quá hạn trên hệ thống cũ và mới", ("settled", "", None)),
    ("giải quyết xong 857 hồ sơ đang giải quyết nhưng đã quá hạn", ("settled", "", None)),
    ("giải quyết 100% hồ sơ quá hạn", ("settled", "", None)),
    ("xử lý các hồ sơ quá hạn nêu trên một cách dứt điểm", ("settled", "", None)),
    ("không để phát sinh hồ sơ quá hạn", ("cleared", "", None)),
    ("không để phát sinh mới hồ sơ quá hạn trên hệ thống mới", ("cleared", "new", None)),
    ("không còn hồ sơ quá hạn", ("cleared", "", None)),
    ("không được để xảy ra tình trạng hồ sơ trễ hạn", ("cleared", "", None)),
    ("chấm dứt tình trạng hồ sơ quá hạn", ("cleared", "", None)),
    ("giảm ít nhất 50% số hồ sơ quá hạn", ("reduced", "", 50)),
    ("giảm tối thiểu 50 % hồ sơ quá hạn trên hệ thống cũ", ("reduced", "old", 50)),
    ("giảm số hồ sơ quá hạn ít nhất 80 phần trăm", ("reduced", "", 80)),
    ("đối với hồ sơ quá hạn, giảm trên 30%", ("reduced", "", 30)),
    ("giảm 100% hồ sơ trễ hạn", ("reduced", "", 100)),
]
NO_DEMANDS = [
    "giải quyết dứt điểm hồ sơ đất đai quá hạn",  # of one field: no figure judges it
    "giải quyết dứt điểm khiếu nại",
    "giải quyết hồ sơ đúng hạn",
    "đã giải quyết 300 hồ sơ quá hạn",
    "đã giải quyết dứt điểm hồ sơ quá hạn",
    "chưa được giải quyết dứt điểm hồ sơ quá hạn",
    "báo cáo kết quả giải quyết dứt điểm hồ sơ quá hạn",
    "giảm 50% chi phí",
    "giảm 101% hồ sơ quá hạn",
    "giảm 0% hồ sơ quá hạn",
    "giảm số hồ sơ quá hạn xuống ít nhất 80%",  # by 80 % or to 80 %?
    "không để lộ thông tin",
]


def demands(text: str) -> list[tuple[str, str, int | None]]:
    page = page_of(text)
    return [(each.kind, each.system, each.percent) for each in read_demands(page, Part(0, len(page.text)))]


@pytest.mark.parametrize(("text", "expected"), DEMANDS)
def test_a_demand_is_read(text: str, expected: object) -> None:
    assert demands(text) == [expected]
    assert demands(f"Khẩn trương {text.lower()} trước ngày 30/11/2022.") == [expected]


@pytest.mark.parametrize("text", NO_DEMANDS)
def test_what_no_figure_judges_is_no_demand(text: str) -> None:
    assert demands(text) == []


def test_each_system_of_one_sentence_is_a_demand_of_its_own() -> None:
    text = "giải quyết dứt điểm hồ sơ quá hạn trên hệ thống cũ trước ngày 31/10/2022 và hồ sơ quá hạn trên hệ thống mới"
    assert demands(text) == [("settled", "old", None), ("settled", "new", None)]


@pytest.mark.parametrize("link", [", trên", " và trên", ", đối với"])
def test_the_other_system_of_the_same_sentence_is_demanded_too(link: str) -> None:
    text = f"giải quyết dứt điểm số hồ sơ quá hạn trên hệ thống cũ trước ngày 15/12/2022{link} hệ thống mới trước 31/12"
    assert demands(text) == [("settled", "old", None), ("settled", "new", None)]


def test_demands_come_in_the_order_of_the_text() -> None:
    text = "giảm 50% hồ sơ quá hạn; không để phát sinh hồ sơ quá hạn; giải quyết dứt điểm hồ sơ quá hạn"
    assert [kind for kind, _system, _percent in demands(text)] == ["reduced", "cleared", "settled"]
