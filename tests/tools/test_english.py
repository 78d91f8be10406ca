"""The English catalogue is complete and fills in the same words; what is missing, left over or wrong is named."""

from pathlib import Path

import pytest
from django.utils.translation import gettext, ngettext, override

from tools import english, messages
from tools.extraction import Found

WANTED = [
    Found("a.py", 1, "", "Đến %(day)s"),
    Found("b.py", 2, "", "%(n)s hồ sơ", "%(n)s hồ sơ"),
    Found("b.py", 3, "ngắn", "Ngày"),
]


def translated(**texts: str | tuple[str, str]) -> list[str]:
    catalogue = english.updated(english.read(Path("khong-co.po")), WANTED)
    for found, text in zip(WANTED, texts.values(), strict=True):
        message = catalogue.get(found.text, found.context or None)
        assert message
        message.string = text
    return list(english.problems(catalogue, WANTED))


def test_a_complete_catalogue_has_no_problem() -> None:
    assert translated(day="Up to %(day)s", many=("%(n)s dossier", "%(n)s dossiers"), short="Day") == []


@pytest.mark.parametrize("many", ["", ("%(n)s dossier", "")])
def test_a_missing_text_is_named_with_its_place(many: str | tuple[str, str]) -> None:
    assert translated(day="Up to %(day)s", many=many, short="Day") == ["b.py:2: no English for '%(n)s hồ sơ'"]


def test_a_translation_must_fill_in_the_same_words() -> None:
    (problem,) = translated(day="Up to %(date)s", many=("%(n)s dossier", "%(n)s dossiers"), short="Day")
    assert problem.startswith("a.py:1: the English fills in other words")


def test_what_nobody_asks_for_any_more_is_named() -> None:
    catalogue = english.updated(english.read(Path("khong-co.po")), WANTED)
    problems = list(english.problems(catalogue, []))
    assert "locale/en: no longer asked for: 'Đến %(day)s'" in problems


def test_an_update_keeps_what_is_translated_and_drops_what_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "en" / "django.po"
    first = english.updated(english.read(file), WANTED[:2])
    message = first.get("Đến %(day)s")
    assert message
    message.string = "Up to %(day)s"
    english.write(file, first)
    english.write(file, english.updated(english.read(file), [WANTED[0], WANTED[2]]))
    text = file.read_text(encoding="utf-8")
    assert 'msgstr "Up to %(day)s"' in text
    assert "hồ sơ" not in text
    assert 'msgctxt "ngắn"' in text
    assert "#: a.py\n" in text


def test_django_speaks_it() -> None:
    messages.compile_all()
    with override("en"):
        assert gettext("Tổng quan") == "Overview"
        assert ngettext("%(n)s hồ sơ", "%(n)s hồ sơ", 1) == "%(n)s dossier"
