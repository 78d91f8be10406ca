"""A draft's page: the text whole with what was found marked in it, and what must be looked at."""

from datetime import date

import pytest

from agencies.rules import AgencyFacts, AgencyIndex
from directives.draft_pages import KINDS, segments, warnings
from directives.models import Directive
from directives.rules.reading import read
from directives.rules.reading_text import clean
from directives.rules.reading_units import Units
from tests.factories import letters

UNITS = Units(
    AgencyIndex([AgencyFacts(1, "608", ("UBND thành phố Kon Tum",)), AgencyFacts(2, "612", ("UBND huyện Đăk Tô",))]),
    {"departments": [], "boards": [], "districts": [1, 2], "rural_districts": [2], "communes": [], "branches": []},
    date(2022, 11, 10),
)


@pytest.mark.parametrize("name", letters.NAMES)
def test_the_segments_are_the_text_none_lost_none_doubled(name: str) -> None:
    text = clean(letters.letter(name))
    assert "".join(segment.text for segment in segments(text, read(text))) == text


def test_every_kind_is_marked_in_letter_3812_and_told_where_it_begins() -> None:
    text = clean(letters.LETTER_3812)
    parts = segments(text, read(text))
    assert {part.kind for part in parts} - {""} == set(KINDS) - {"deadline"}
    marked = [(part.kind, part.text) for part in parts if part.label]
    assert ("figure", "857 hồ sơ") in marked
    assert ("cited", "3573-CV/VPTU") in marked
    assert ("who", "Sở Nội vụ") in marked
    assert ("demand", "giải quyết dứt điểm tình trạng xử lý hồ sơ quá hạn") in marked
    assert ("note", "¹") in marked


def test_the_innermost_finding_shows_and_the_outer_goes_on_behind_it() -> None:
    text = "Kính gửi: UBND huyện Đăk Tô.\n\n1. UBND huyện Đăk Tô giải quyết dứt điểm hồ sơ quá hạn trước ngày 30/11/2022."
    parts = segments(text, read(text))
    assert [(part.kind, part.text) for part in parts if part.kind][1:] == [
        ("who", "UBND huyện Đăk Tô"),
        ("order", " "),
        ("demand", "giải quyết dứt điểm hồ sơ quá hạn"),
        ("order", " "),
        ("deadline", "trước ngày 30/11/2022"),
        ("order", "."),
    ]
    order = read(text).orders[0].words
    (anchored,) = [part for part in parts if f"t{order.start}-{order.end}" in part.anchors]
    assert anchored.text == "UBND huyện Đăk Tô"


def told(name: str) -> list[str]:
    text = letters.LETTER_3812 if name == "3812" else letters.letter(name)
    return warnings(read(text), UNITS, {})


def test_a_draft_without_number_day_and_signer_says_so() -> None:
    assert told("du-thao") == [
        "Không tìm thấy số, ký hiệu.",
        "Không tìm thấy ngày ban hành.",
        "Không tìm thấy người ký.",
    ]


def test_a_day_the_calendar_does_not_have_is_told() -> None:
    assert "Ngày “31 tháng 11 năm 2022” không có trong lịch." in told("ngay-khong-co")


def test_words_that_mean_no_unit_are_told_once() -> None:
    sentences = told("hai-so-lieu-mot-cau")
    assert "Chưa rõ là đơn vị nào: “Thủ trưởng các đơn vị nêu trên”." in sentences
    assert sentences.count("Chưa rõ là đơn vị nào: “huyện Sa Thầy”.") == 1


def test_figures_that_lack_something_and_corrected_ones_are_told() -> None:
    assert any(
        sentence.startswith("Số 1.012 trong “huyện Sa Thầy") and "chưa rõ: hệ thống" in sentence
        for sentence in told("hai-so-lieu-mot-cau")
    )
    assert "Số 313 là số đính chính, thay số 331." in told("dinh-chinh")
    assert any("chưa rõ: hệ thống, ngày số liệu" in sentence for sentence in told("cap-huyen"))


def test_a_letter_cited_without_its_day_is_told_unless_it_is_known() -> None:
    sentence = "Văn bản 3573-CV/VPTU được dẫn mà không ghi ngày."
    assert sentence in told("dinh-chinh")
    assert sentence not in warnings(read(letters.letter("dinh-chinh")), UNITS, {"3573-CV/VPTU": Directive()})


def test_orders_without_an_addressee_are_told() -> None:
    text = "Kính gửi: UBND huyện Đăk Tô.\n\n1. Giải quyết dứt điểm hồ sơ quá hạn trên cả hai hệ thống, báo cáo kết quả."
    assert "Yêu cầu “Giải quyết dứt điểm hồ sơ quá hạn …” không nêu bên thực hiện." in warnings(read(text), UNITS, {})


def test_of_a_text_that_is_no_letter_everything_is_missing() -> None:
    assert len(warnings(read("Bài thơ"), UNITS, {})) == 8
