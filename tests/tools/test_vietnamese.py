import pytest

from tools.vietnamese import foreign_words, has_marks


@pytest.mark.parametrize(
    "text",
    [
        "Hồ sơ quá hạn",
        "Xem",
        "Kon Tum",
        "Tra theo trang",
        "UBND TTHC",
        "Nguyen Quyen khuyen nghieng thuo uoi ngoeo",
        "%(count)s trong %(total)s",
        "<b>{{ n }}</b> &amp; 4.5",
        "data_as_of --format=json api/v1",
        "email, Excel",
    ],
)
def test_vietnamese_passes_with_and_without_marks(text: str) -> None:
    assert foreign_words(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Page not found", ["Page", "found"]),
        ("Password", ["Password"]),
        ("Save changes", ["Save", "changes"]),
        ("Click vào đây", ["Click"]),
        ("dossier list", ["dossier", "list"]),
    ],
)
def test_english_words_are_named(text: str, words: list[str]) -> None:
    assert foreign_words(text) == words


def test_marks_are_seen_in_both_spellings_of_unicode() -> None:
    assert has_marks("đ")
    assert has_marks("ế")
    assert has_marks("e\u0302\u0301")
    assert not has_marks("Kon Tum")
