"""What is kept is made once per state of the data, language and question, and never without a state."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from ui.kept import kept


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


class Maker:
    made = 0

    def __call__(self) -> SafeString:
        self.made += 1
        return mark_safe(f"<b>{self.made}</b>")  # noqa: S308


def test_the_same_question_is_made_once_and_stays_safe_html() -> None:
    make = Maker()
    first, again = (kept(make, version="v1", key=("list", "?q=a")) for _turn in range(2))
    assert first == again == "<b>1</b>"
    assert isinstance(again, SafeString)


@pytest.mark.parametrize(("version", "key"), [("v2", ("list", "?q=a")), ("v1", ("list", "?q=b")), ("v1", ("list?q=a",))])
def test_another_state_or_question_is_made_anew(version: str, key: tuple[object, ...]) -> None:
    make = Maker()
    kept(make, version="v1", key=("list", "?q=a"))
    assert kept(make, version=version, key=key) == "<b>2</b>"


def test_each_language_has_its_own() -> None:
    make = Maker()
    kept(make, version="v1", key=("list",))
    with override("en"):
        assert kept(make, version="v1", key=("list",)) == "<b>2</b>"


def test_without_a_state_nothing_is_kept() -> None:
    make = Maker()
    assert [kept(make, version="", key=("list",)) for _turn in range(2)] == ["<b>1</b>", "<b>2</b>"]
