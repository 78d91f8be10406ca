"""Addresses of lists: one word changed, the others kept; and one way to write a question."""

import pytest

from ui.addresses import address, normal


def test_a_word_is_changed_or_left_out_and_the_others_stay() -> None:
    query = {"q": ["Đăk Tô"], "trang": ["3"], "cot": ["code,due"]}
    assert address(query, trang=None, sap_xep="-due") == "?q=%C4%90%C4%83k+T%C3%B4&cot=code,due&sap_xep=-due"
    assert address(query, q="a&b", trang="4", cot=None) == "?q=a%26b&trang=4"


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("", ""),
        ("tinh_trang=overdue&he_thong=", "tinh_trang=overdue"),
        ("tinh_trang=overdue&he_thong=old&trang=7", "he_thong=old&tinh_trang=overdue"),
        ("?he_thong=old", "%3Fhe_thong=old"),
        ("cot=code%2Cdue&q=%20a", "cot=code,due&q=+a"),
    ],
)
def test_the_same_question_is_always_written_alike(query: str, written: str) -> None:
    assert normal(query) == written


def test_a_day_can_be_left_out() -> None:
    assert normal("ngay=2022-11-10&he_thong=old", without=("ngay",)) == "he_thong=old"
