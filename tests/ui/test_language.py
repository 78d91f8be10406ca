"""A remembered text is made once per language, never told in the other one."""

from django.utils.translation import get_language, override

from ui.language import remembered


def test_each_language_is_told_its_own_text_and_each_once() -> None:
    told: list[str] = []

    @remembered()
    def label(number: int) -> str:
        told.append(f"{get_language()} {number}")
        return told[-1]

    for _again in range(2):
        assert label(3) == "vi 3"
        with override("en"):
            assert label(3) == "en 3"
    assert told == ["vi 3", "en 3"]
