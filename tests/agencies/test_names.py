"""Folding, matching and sorting of names."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.rules import fold, match_key, sort_key, spellings

VIETNAMESE = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯ ằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ'’-.")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("UBND huyện Đăk Tô", "ubnd huyen dak to"),
        ("Đắk  Hà", "dak ha"),
        ("Ðăk Hà", "dak ha"),  # U+00D0, the look-alike
        ("hoà bình", "hoa binh"),
        ("hòa bình", "hoa binh"),
        ("Ia H'Drai", "ia hdrai"),
        ("Ia H’Drai", "ia hdrai"),
        ("Kon\u00a0Tum\u200b", "kon tum"),
        ("", ""),
    ],
)
def test_folding_keeps_letters_only_by_their_base(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(VIETNAMESE)
def test_vietnamese_folds_to_ascii(text: str) -> None:
    assert fold(text).isascii()


@pytest.mark.parametrize(
    "spelling",
    [
        "UBND thành phố Kon Tum",
        "Ủy ban nhân dân thành phố Kon Tum",
        "Uỷ ban nhân dân TP. Kon Tum",
        "uỷ ban nhân dân tp Kontum",
        "U.B.N.D TP.KON TUM",
        "Thành phố Kon  Tum",
        unicodedata.normalize("NFD", "UBND thành phố Kon Tum"),
    ],
)
def test_spellings_of_one_unit_share_a_key(spelling: str) -> None:
    assert match_key(spelling) == match_key("UBND thành phố Kon Tum")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND xã Ya ly", "xã Ya Ly"),
        ("UBND huyện Ia H'Drai", "H. Ia H’ Drai"),
        ("UBND xã Đăk PXi", "X. ĐắkPxi"),
        ("UBND thị trấn Đăk Hà", "TT Đắc Hà"),
        ("UBND phường Lê Lợi", "P.Lê Lợi"),
        ("UBND xã Ngọk Réo", "UBND xã Ngọc Réo"),
        ("Chi nhánh Văn phòng Đăng ký đất đai huyện Đăk Tô", "CN VPĐKĐĐ huyện Đăk Tô"),
        ("UBND xã Hòa Bình", "ubnd xã hoà bình"),
    ],
)
def test_short_forms_and_local_spellings_share_a_key(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND huyện Đăk Hà", "UBND thị trấn Đăk Hà"),
        ("UBND huyện Đăk Hà", "UBND xã Đăk Hà"),
        ("Tỉnh Kon Tum", "UBND tỉnh Kon Tum"),
        ("UBND xã Đăk Na", "UBND xã Đăk Năng"),
        ("Ia H Drai", "Ia Huyện Drai"),
    ],
)
def test_different_units_keep_different_keys(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


def test_further_spellings_leave_out_the_kind_and_append_the_unit_above() -> None:
    assert list(spellings("UBND xã Đăk Long", "UBND huyện Đăk Hà")) == [
        "Đăk Long",
        "xã Đăk Long, huyện Đăk Hà",
        "Đăk Long, huyện Đăk Hà",
        "xã Đăk Long, Đăk Hà",
    ]
    assert list(spellings("Thanh tra tỉnh")) == ["Thanh tra"]


def test_names_sort_by_the_vietnamese_alphabet_with_tones_last() -> None:
    ordered = [
        "a",
        "à",
        "ả",
        "ã",
        "á",
        "ạ",
        "an",
        "àn",
        "ang",
        "ă",
        "ằ",
        "ăn",
        "â",
        "ân",
        "ba",
        "d",
        "da",
        "đ",
        "đa",
        "e",
        "ê",
        "o",
        "ô",
        "ơ",
    ]
    ordered += [
        "Sở Công Thương",
        "Sở Y tế",
        "UBND huyện Đăk Glei",
        "UBND huyện Đăk Tô",
        "UBND huyện Kon Plông",
        "UBND xã 2",
        "UBND xã Đăk Blô",
    ]
    shuffled = random.Random(1).sample(ordered, len(ordered))
    assert sorted(shuffled, key=sort_key) == ordered


def test_a_space_sorts_before_any_letter_and_case_decides_nothing() -> None:
    assert sort_key("Đăk Xú") < sort_key("Đăka")
    assert sort_key("ĐĂK TÔ") == sort_key("Đăk Tô") == sort_key(unicodedata.normalize("NFD", "đăk tô"))


@given(VIETNAMESE)
def test_the_sort_key_is_plain_lower_ascii_that_any_collation_orders_alike(text: str) -> None:
    key = sort_key(text)
    assert key.isascii()
    assert key.isalnum()
    assert key == key.lower()
    assert len(sort_key(text * 20)) <= 250
