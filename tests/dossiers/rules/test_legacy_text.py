"""Text from before Unicode is put into Unicode when it can be read in one way only, and left alone or refused otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.rules.legacy_text import modern, plausible

# Unicode, and the same in TCVN3 and VNI as fonts of one byte show them.
SAME = [
    ("UBND huyện Đăk Tô", "UBND huyÖn §¨k T«", "UBND huyeän Ñaêk Toâ"),
    ("Nguyễn Văn Hải", "NguyÔn V¨n H¶i", "Nguyeãn Vaên Haûi"),
    ("Đã trả kết quả", "§· tr¶ kÕt qu¶", "Ñaõ traû keát quaû"),
    ("Lương Thị Mỹ Duyên", "L\xad¬ng ThÞ Mü Duyªn", "Löông Thò Myõ Duyeân"),
    ("Trồng rừng, đất đai", "Trång rõng, ®Êt ®ai", "Troàng röøng, ñaát ñai"),
]
HONEST = [
    "UBND xã Đăk Long",
    "Hoàng Thị Quỳnh Hoa",
    "Ngọk Bay, Rơ Kơi, Kon Plông",
    "Y Nghoăn",
    "NGUYỄN THỊ THUỲ UYÊN",
    "Công ty TNHH Müller & Söhne",
    "Façade Café",
    "12/2022 – 50 %",
    "Số 7 · tầng 3",
    "",
]


@pytest.mark.parametrize(("text", "tcvn3", "vni"), SAME)
def test_text_of_each_font_becomes_the_same_unicode(text: str, tcvn3: str, vni: str) -> None:
    assert modern(tcvn3) == ("tcvn3", text)
    assert modern(vni) == ("vni", text)


@pytest.mark.parametrize("text", [text for text, _tcvn3, _vni in SAME])
def test_utf8_read_with_the_wrong_code_page_comes_back(text: str) -> None:
    one_byte = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())
    assert modern(one_byte) == ("mojibake", text)


def test_an_icelandic_letter_that_looks_like_a_vietnamese_one_is_put_right() -> None:
    assert modern("Ðặng Văn Ðức") == ("lookalike", "Đặng Văn Đức")


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_is_left_alone(text: str) -> None:
    assert modern(text) is None


@given(st.text(max_size=60))
def test_no_text_is_changed_into_what_is_not_vietnamese(text: str) -> None:
    found = modern(text)
    assert found is None or not found.kind or plausible(found.text) >= 0.8


@given(st.lists(st.sampled_from([text for text, _tcvn3, _vni in SAME]), min_size=1).map(" ".join))
def test_unicode_is_never_converted_again(text: str) -> None:
    assert modern(text) is None
