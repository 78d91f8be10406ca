"""The letter as on paper: every word of the text in its place, none added, none lost."""

from pathlib import Path

import pytest
from django.conf import settings

from directives.presenters import Part, Sheet, sheet
from directives.sources import read_letters

TEXT = next(letter.text for letter in read_letters(Path(settings.BASE_DIR) / "data" / "directives.json") if letter.text)


def parts(laid: Sheet) -> list[Part]:
    return [*laid.organ, *laid.motto, *laid.body, *laid.recipients, *laid.signature, *laid.footnotes]


def words(text: str) -> list[str]:
    """Without list marks: a nested item loses the one that is not on paper."""
    return sorted(word for word in text.split() if word != "-")


def test_every_word_of_letter_3812_is_there_once() -> None:
    assert words(" ".join(part.text for part in parts(sheet(TEXT)))) == words(TEXT)


def test_the_head_has_the_organ_left_and_the_state_right() -> None:
    laid = sheet(TEXT)
    assert [(part.role, part.text.splitlines()[0]) for part in laid.organ] == [
        ("organ", "ỦY BAN NHÂN DÂN"),
        ("line", "Số: 3812 /UBND-TTHCC"),
        ("line", "V/v triển khai thực hiện ý kiến"),
    ]
    assert [(part.role, part.text) for part in laid.motto] == [
        ("motto", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
        ("line", "Kon Tum, ngày 10 tháng 11 năm 2022"),
    ]


def test_the_body_is_addressed_numbered_and_itemised() -> None:
    body = sheet(TEXT).body
    assert [part.role for part in body] == [
        *("addressed", "item", "item", "item", "paragraph"),
        *("numbered", "item", "item", "item"),
        *("numbered", "item", "item", "paragraph"),
    ]
    assert body[-1].text == "Yêu cầu các cơ quan, đơn vị, địa phương nghiêm túc triển khai thực hiện./."


def test_the_footnote_leaves_the_body_and_keeps_its_mark() -> None:
    (note,) = sheet(TEXT).footnotes
    assert note.text.startswith("¹ Đến ngày 07/11/2022")
    assert note.text.endswith("hệ thống mới còn 271 hồ sơ.")
    assert any(part.text.endswith("của tỉnh¹.") for part in sheet(TEXT).body)


def test_the_foot_has_the_recipients_left_and_the_signature_right() -> None:
    laid = sheet(TEXT)
    assert [part.role for part in laid.recipients] == ["addressed", *["item"] * 4, *["subitem"] * 3, *["item"] * 2]
    assert laid.recipients[5].text == "+ Lãnh đạo Văn phòng;"
    assert laid.signature == (Part("office", "CHỦ TỊCH"), Part("name", "Lê Ngọc Tuấn"))


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("", ()),
        ("Một đoạn.\n\nHai đoạn\ncó hai dòng.", (Part("paragraph", "Một đoạn."), Part("paragraph", "Hai đoạn\ncó hai dòng."))),
        (
            "Lời dẫn.\n \nKính gửi: Sở Nội vụ\n\n- Việc thứ nhất.",
            (Part("paragraph", "Lời dẫn."), Part("addressed", "Kính gửi: Sở Nội vụ"), Part("item", "- Việc thứ nhất.")),
        ),
    ],
)
def test_a_text_without_the_official_head_is_body_alone(text: str, body: tuple[Part, ...]) -> None:
    assert sheet(text) == Sheet(body=body)
