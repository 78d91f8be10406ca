"""The even text and its places; references and organs written in the one way they are written."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.reading import read
from directives.rules.reading_head import written
from directives.rules.reading_text import clean, page_of, reference_of
from tests.directives.rules.found import pieces
from tests.factories import letters

REFERENCES = [
    ("Số: 3812 /UBND-TTHCC", "3812/UBND-TTHCC"),
    ("Số:3812/UBND - TTHCC", "3812/UBND-TTHCC"),
    ("Số 3573-CV/VPTU", "3573-CV/VPTU"),
    ("Số 3573 - CV/VPTU", "3573-CV/VPTU"),
    ("Số 3573–CV/VPTU", "3573-CV/VPTU"),
    ("3566/UBND-\nTTHCC", "3566/UBND-TTHCC"),
    ("Số: 3812\n/UBND-TTHCC", "3812/UBND-TTHCC"),
    ("3900a/UBND-TTHCC", "3900a/UBND-TTHCC"),
    ("125/VPUBND", "125/VPUBND"),
    ("61/2018/NĐ-CP", "61/2018/NĐ-CP"),
    ("766/QĐ-TTg.", "766/QĐ-TTg"),
    ("2624/UBND-TTHCC.VTH", "2624/UBND-TTHCC.VTH"),
    ("08/UBND-TTHCC.Yêu cầu", "08/UBND-TTHCC"),
    ("01/UBND - Văn phòng", "01/UBND"),
    ("ngày 12/8/2022", ""),
    ("Số:     /UBND-TTHCC", ""),
    ("24/7", ""),
    ("000.00.00.H34-221107-0001", ""),
]
ORGANS = [
    ("ỦY BAN NHÂN DÂN TỈNH KON TUM", "Ủy ban nhân dân tỉnh Kon Tum"),
    ("ỦY BAN NHÂN DÂN HUYỆN TU MƠ RÔNG", "Ủy ban nhân dân huyện Tu Mơ Rông"),
    ("UBND TỈNH KON TUM", "UBND tỉnh Kon Tum"),
    ("SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "Sở Tài nguyên và Môi trường"),
    ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
    ("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Sở Lao động - Thương binh và Xã hội"),
    ("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "Trung tâm Phục vụ hành chính công"),
    ("THANH TRA TỈNH", "Thanh tra tỉnh"),
    ("TỈNH ỦY KON TUM", "Tỉnh ủy Kon Tum"),
    ("VĂN PHÒNG", "Văn phòng"),
    ("Ủy ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh"),
]


@pytest.mark.parametrize(("text", "expected"), REFERENCES)
def test_a_reference_is_written_in_one_way(text: str, expected: str) -> None:
    assert reference_of(text) == expected


@pytest.mark.parametrize(("capitals", "expected"), ORGANS)
def test_an_organ_in_capitals_is_written_as_in_running_text(capitals: str, expected: str) -> None:
    assert written(capitals) == expected


def test_places_lead_back_through_everything_that_was_evened_out() -> None:
    source = "**Số**:\u00a03812\u200b /UB\u00adND\r\n" + letters.decomposed("Kính gửi") + " *tỉnh*(*)"
    page = page_of(source)
    assert page.text == "Số: 3812 /UBND\nKính gửi tỉnh(*)"
    for word in ("3812", "UBND", "Kính gửi", "tỉnh"):
        start = page.text.index(word)
        piece = page.piece(start, start + len(word))
        assert clean(source[piece.start : piece.end]) == piece.text == word


def test_the_stars_of_a_footnote_and_of_a_party_letter_stay() -> None:
    assert page_of("TỈNH ỦY\n*\nSố 1 (*) và (*)").text == "TỈNH ỦY\n*\nSố 1 (*) và (*)"


def test_clean_text_stays_as_it_is() -> None:
    for name in letters.NAMES:
        once = clean(letters.letter(name))
        assert clean(once) == once
    assert clean("a  \n\n\n\n\nb\t") == "a\n\nb"
    assert clean("a" + " " * 500 + "b") == "a" + " " * 40 + "b"


BITS = [*"aĐ1.;:-|/¹*() \n\u0301", "Số: 12/UBND-TT", "Kính gửi:", "Nơi nhận:", "12 hồ sơ quá hạn", "1. Sở Y tế ", "ngày 1/1/2022"]


@given(st.lists(st.sampled_from(BITS)).map("".join))
def test_no_text_makes_reading_fail(text: str) -> None:
    for piece in pieces(read(text)):
        assert 0 <= piece.start <= piece.end <= len(text)


@given(st.sampled_from([letters.letter(name) for name in letters.NAMES]), st.integers(0, 3000), st.integers(0, 3000))
def test_no_torn_letter_makes_reading_fail(text: str, start: int, size: int) -> None:
    torn = text[:start] + text[start + size :]
    for piece in pieces(read(torn)):
        assert 0 <= piece.start <= piece.end <= len(torn)


HOSTILE = [
    "UBND xã A 12 hồ sơ, ",
    "12 hồ sơ hệ thống cũ ",
    "trước ngày 1/1/2022 ",
    "phối hợp Sở ",
    "số 12/UBND-TT ",
    "giảm ít nhất ",
    "1 UBND xã 12 13\n",
    "1 | xã | 12\n",
    "1 Đến ngày.\n",
    "TỈNH ỦY\n",
    "¹",
    "*a",
    " x",
]


@pytest.mark.parametrize("bit", HOSTILE)
@pytest.mark.parametrize("before", ["", "Kính gửi: A.\n1. quá hạn ", "Kính gửi: A.\nB\nNơi nhận:\nTM. AB\n"])
def test_reading_does_not_grow_out_of_hand_with_length(bit: str, before: str) -> None:
    """A text of some pages made of whatever the patterns stumble over; twice as long may take no ten times as long."""

    def seconds(length: int) -> float:
        text = before + bit * (length // len(bit))
        begun = perf_counter()
        read(text)
        return perf_counter() - begun

    assert seconds(40_000) < 10 * seconds(20_000) + 1
