"""Words that explain themselves: each is used on some page, and pages use no others."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from dossiers.dues import MISSING
from ui.definitions import DEFINITIONS
from ui.states import SCOPES, STATES

TEMPLATES = Path(settings.BASE_DIR) / "templates"
TERM = re.compile(r"""{%\s*term\s+"([a-z_]+)""")


def used() -> set[str]:
    pages = (file for file in TEMPLATES.rglob("*.html") if file.name != "gallery.html")
    return {name for file in pages for name in TERM.findall(file.read_text(encoding="utf-8"))} | set(MISSING)


def test_every_definition_stands_on_a_page_and_every_page_s_term_is_defined() -> None:
    assert used() == set(DEFINITIONS)


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_a_definition_is_a_sentence_that_is_not_the_word_again(name: str) -> None:
    meaning = str(DEFINITIONS[name].meaning)
    assert meaning[0].isupper()
    assert meaning.endswith(".")
    assert not meaning.lower().startswith(str(DEFINITIONS[name].word).lower())


@pytest.mark.parametrize("name", sorted(set(DEFINITIONS) & (set(STATES) | set(SCOPES))))
def test_a_state_is_defined_in_the_word_it_is_shown_with(name: str) -> None:
    shown = str({**{state: mark.word for state, mark in STATES.items()}, **SCOPES}[name]).lower()
    assert shown.startswith(str(DEFINITIONS[name].word))


def test_a_term_is_a_button_that_carries_its_meaning_and_may_read_otherwise() -> None:
    html = Template('{% load ui %}{% term "overdue" %}|{% term "overdue" title %}').render(Context({"title": "<Hồ sơ>"}))
    plain, other = html.split("|")
    assert plain.startswith('<button type="button" class="term" aria-expanded="false" title="Chưa kết thúc')
    assert plain.endswith(">Quá hạn</button>")
    assert other.endswith(">&lt;Hồ sơ&gt;</button>")
