"""Every worked example in docs/rules/ gives what the page says."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossiers.due_requests import OPTIONS, due_answer
from dossiers.rules.deadlines import DeadlineError
from tests.factories.worktime import real_calendar
from worktime.rules import CalendarMissing

PAGES = sorted((Path(__file__).resolve().parents[3] / "docs" / "rules").glob("R[1-8]-*.md"))
EXAMPLE = re.compile(r"^\| `(--received [^`]+)` \| ([^|]+) \|", re.MULTILINE)


def examples() -> Iterator[tuple[str, str, str]]:
    for page in PAGES:
        for options, expected in EXAMPLE.findall(page.read_text(encoding="utf-8")):
            yield page.stem, options, expected.strip()


def parsed(options: str) -> dict[str, object]:
    given: dict[str, object] = {}
    for group in options.split("--")[1:]:
        name, *values = shlex.split(group)
        given[name] = values if name == "stop" else values[0]
    assert given.keys() <= set(OPTIONS)
    return given


def test_every_rule_has_its_page_with_examples() -> None:
    assert [page.name[:2] for page in PAGES] == [f"R{n}" for n in range(1, 9)]
    assert {page for page, _options, _due in examples()} == {page.stem for page in PAGES}


@pytest.mark.parametrize(("page", "options", "expected"), list(examples()))
def test_the_example_gives_what_the_page_says(page: str, options: str, expected: str) -> None:
    if expected.startswith("error: "):
        with pytest.raises((DeadlineError, CalendarMissing), match=expected.removeprefix("error: ")):
            due_answer(parsed(options), real_calendar())
    else:
        assert due_answer(parsed(options), real_calendar())["due"] == expected
