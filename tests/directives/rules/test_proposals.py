"""What a reading proposes to write down: rows to correct, those that lack something proposed to be left out."""

from datetime import date
from typing import Any

import pytest

from agencies.rules import AgencyFacts, AgencyIndex
from directives.rules.proposals import Proposals, proposals, signed
from directives.rules.reading import read
from directives.rules.reading_units import Units
from tests.factories import letters

NAMES = (
    "UBND thành phố Kon Tum",
    "UBND huyện Đăk Tô",
    "UBND huyện Sa Thầy",
    "Sở Tài nguyên và Môi trường",
    "Văn phòng UBND tỉnh",
)
UNITS = Units(
    AgencyIndex(AgencyFacts(id=number, code=str(number), names=(name,)) for number, name in enumerate(NAMES)),
    {"departments": [3, 4], "boards": [], "districts": [0, 1, 2], "rural_districts": [1, 2], "communes": [], "branches": []},
    date(2022, 11, 10),
)


def proposed(name: str) -> Proposals:
    text = letters.LETTER_3812 if name == "3812" else letters.letter(name)
    return proposals(read(text), UNITS)


def rows(found: Any, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in found]


def test_letter_3812_is_proposed_whole() -> None:
    found = proposed("3812")
    assert found.letter == {
        "reference": "3812/UBND-TTHCC",
        "issued_on": date(2022, 11, 10),
        "issuer": "Ủy ban nhân dân tỉnh Kon Tum",
        "signer": "Chủ tịch Lê Ngọc Tuấn",
        "subject": "triển khai thực hiện ý kiến chỉ đạo của Thường trực Tỉnh ủy tại Công văn số 3573-CV/VPTU",
    }
    assert rows(found.figures, "keep", "unit", "as_of", "old", "new") == [
        (True, "UBND thành phố Kon Tum", date(2022, 11, 7), 857, 464),
        (True, "UBND huyện Đăk Tô", date(2022, 11, 7), 331, 271),
    ]
    assert (
        rows(found.obligations, "kind", "system", "percent", "due_on")
        == [("settled", "", None, None)] + [("task", "", None, None)] * 4
    )
    assert rows(found.cited, "keep", "reference") == [
        (True, "3573-CV/VPTU"),
        (True, "2624/UBND-TTHCC"),
        (True, "3566/UBND-TTHCC"),
    ]


def test_the_sentence_of_an_order_is_quoted_without_its_last_point_and_the_mark_of_a_footnote() -> None:
    sentences = [row["sentence"] for row in proposed("3812").obligations]
    assert str(sentences[0]).endswith("thủ tục hành chính của tỉnh")
    assert all(str(sentence) in letters.plain_3812() for sentence in sentences)


def test_words_that_name_units_are_proposed_and_words_that_may_mean_others_are_not() -> None:
    found = proposed("hai-so-lieu-mot-cau")
    assert rows(found.addressees, "label", "units") == [
        ("Ủy ban nhân dân thành phố Kon Tum", "Ủy ban nhân dân thành phố Kon Tum"),
        ("Ủy ban nhân dân huyện Sa Thầy", "Ủy ban nhân dân huyện Sa Thầy"),
        ("Sở Tài nguyên và Môi trường", "Sở Tài nguyên và Môi trường"),
    ]
    assert rows(found.obligations, "addressee", "units") == [("Thủ trưởng các đơn vị nêu trên", "")] * 2


def test_each_demand_of_an_order_is_a_row_with_the_term_that_follows_it() -> None:
    found = proposed("hai-cot")
    assert rows(found.obligations, "kind", "system", "due_on") == [
        ("settled", "old", date(2022, 10, 31)),
        ("settled", "new", date(2022, 11, 15)),
        ("task", "", None),
    ]


def test_a_term_without_a_year_sets_no_day_and_lends_none_from_another_demand() -> None:
    found = proposed("doi-voi-tung-don-vi")
    assert rows(found.obligations, "kind", "system", "due_on")[:2] == [
        ("settled", "old", date(2022, 12, 15)),
        ("settled", "new", None),
    ]
    assert found.obligations[1]["notes"] == ["trước ngày 15/12/2022", "trước 31/12"]


def test_a_figure_told_twice_is_one_row() -> None:
    values = rows(proposed("don-vi-trong-ngoac").figures, "unit", "old", "new")
    assert values == [
        ("UBND thành phố Kon Tum", 821, None),
        ("UBND huyện Đăk Tô", 318, None),
        ("toàn tỉnh", None, 1204),
        ("UBND huyện Đăk Tô", None, 260),
    ]


def test_a_term_that_stands_before_the_demand_holds_when_none_follows() -> None:
    found = proposed("giam-phan-tram")
    assert rows(found.obligations, "kind", "percent", "due_on") == [
        ("reduced", 50, date(2022, 10, 31)),
        ("settled", None, date(2022, 11, 30)),
        ("cleared", None, date(2022, 11, 30)),
        ("task", None, None),
    ]


def test_a_term_without_a_day_is_told_in_its_words() -> None:
    (row,) = proposed("khong-trich-yeu").obligations
    assert row["due_on"] is None
    assert row["notes"] == ["trong thời hạn 10 ngày làm việc kể từ ngày ký văn bản này"]


def test_laws_are_proposed_to_be_left_out_of_the_chain_of_letters() -> None:
    assert rows(proposed("nhieu-thoi-han").cited, "keep", "reference") == [
        (False, "61/2018/NĐ-CP"),
        (True, "2624/UBND-TTHCC"),
        (True, "2650/UBND-TTHCC"),
    ]


def test_figures_without_a_day_or_a_known_unit_are_proposed_to_be_left_out() -> None:
    assert rows(proposed("cap-huyen").figures, "keep", "unit", "as_of", "old", "new") == [(False, "xã Diên Bình", None, None, 9)]
    assert rows(proposed("danh-sach-so-lieu").figures[:2], "keep", "unit") == [
        (True, "UBND thành phố Kon Tum"),
        (False, "UBND huyện Ngọc Hồi"),
    ]


def test_a_total_without_its_system_takes_no_box() -> None:
    values = [value for row in proposed("hai-so-lieu-mot-cau").figures for value in (row["old"], row["new"])]
    assert values == [905, 402, None, 61, 790, 222]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("3812", "Chủ tịch Lê Ngọc Tuấn"),
        ("hai-so-lieu-mot-cau", "Phó Chủ tịch Y Ngọc (KT. Chủ tịch)"),
        ("khong-trich-yeu", "Phó Chánh Văn phòng Nguyễn Thị Hạnh (TL. Chủ tịch; KT. Chánh Văn phòng)"),
        ("nhieu-thoi-han", "Phó Chủ tịch Thường trực A Pớt (TM. Ủy ban nhân dân; KT. Chủ tịch)"),
        ("du-thao", ""),
    ],
)
def test_the_signer_is_named_with_office_and_capacity(name: str, expected: str) -> None:
    text = letters.LETTER_3812 if name == "3812" else letters.letter(name)
    assert signed(read(text).signer) == expected


def test_nothing_is_proposed_of_a_text_that_is_no_letter() -> None:
    found = proposals(read("Bài thơ"), UNITS)
    assert found.letter == {"reference": "", "issued_on": None, "issuer": "", "signer": "", "subject": ""}
    assert (found.addressees, found.cited, found.figures, found.obligations) == ([], [], [], [])
