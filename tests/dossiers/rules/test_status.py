"""Source words to national codes."""

import unicodedata

import pytest

from dossiers.rules.status import ENDED, FINISHED, NOT_COUNTED, OPEN, STOP_KINDS, parse_status


@pytest.mark.parametrize("code", range(1, 11))
def test_the_official_words_and_codes_are_known(code: int) -> None:
    from_law = {
        1: "Mới đăng ký",
        2: "Được tiếp nhận",
        3: "Không được tiếp nhận",
        4: "Đang xử lý",
        5: "Yêu cầu bổ sung giấy tờ",
        6: "Yêu cầu thực hiện nghĩa vụ tài chính",
        7: "Công dân yêu cầu rút hồ sơ",
        8: "Dừng xử lý",
        9: "Đã xử lý xong",
        10: "Đã trả kết quả",
    }
    word = from_law[code]
    for written in (word, word.upper(), unicodedata.normalize("NFD", word), f"  {word.replace(' ', '  ')}\n.", str(code)):
        assert parse_status(written) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Đang giải quyết", 4),
        ("ĐANG GIẢI QUYẾT", 4),
        ("dang giai quyet", 4),
        ("Chờ bổ sung", 5),
        ("Đã trả", 10),
        ("Đã có kết quả", 9),
        ("Hồ sơ đang xử lý", 4),
        ("Đã tiếp nhận", 2),
        ("Từ chối tiếp nhận", 3),
        ("Rút hồ sơ", 7),
        ("Thực hiện nghĩa vụ tài chính", 6),
        ("Đang xử lý:", 4),
        ("05", 5),
    ],
)
def test_usual_variants_are_understood(text: str, code: int) -> None:
    assert parse_status(text) == code


@pytest.mark.parametrize("text", ["", "  ", "0", "11", "010", "-1", "5.0", "Đang ngủ", "xử lý", "Đã", "Không rõ"])
def test_an_unknown_word_is_never_guessed(text: str) -> None:
    assert parse_status(text) is None


def test_refusing_is_never_read_as_receiving() -> None:
    assert parse_status("Không tiếp nhận") == 3
    assert parse_status("Tiếp nhận") == 2


def test_the_groups_cover_the_ten_codes() -> None:
    assert set(range(1, 11)) == OPEN | ENDED | NOT_COUNTED
    assert not OPEN & (ENDED | NOT_COUNTED)
    assert STOP_KINDS.keys() < OPEN
    assert FINISHED < ENDED
