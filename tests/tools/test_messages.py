"""No screen falls back to English, and the check that says so can fail."""

from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from django.utils.translation import gettext, ngettext

from tools import messages


@pytest.fixture
def emptied(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The tool with a copy of our catalogue instead of the real one."""
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for file in messages.LOCALE.glob("*.po"):
        (folder / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(messages, "LOCALES", tmp_path)
    monkeypatch.setattr(messages, "LOCALE", folder)
    return folder


def test_nothing_is_missing_and_nothing_of_ours_is_foreign(capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main(["check"]) == 0, capsys.readouterr().out


def test_a_translation_that_disappears_is_named_with_its_place(emptied: Path) -> None:
    text = (emptied / "django.po").read_text(encoding="utf-8")
    (emptied / "django.po").write_text(text.replace('msgid "Forgot your password?"', 'msgid "Forgotten?"'), encoding="utf-8")
    (complaint,) = messages.untranslated()
    assert "account/fields.py:" in complaint
    assert "'Forgot your password?'" in complaint


def test_an_unfinished_translation_counts_as_missing(emptied: Path) -> None:
    text = (emptied / "django.po").read_text(encoding="utf-8")
    (emptied / "django.po").write_text(text.replace('msgid "Forgot your password?"', '#, fuzzy\nmsgid "Forgot your password?"'))
    assert len(list(messages.untranslated())) == 1


def test_our_own_english_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "views.py"
    file.write_text('_("Page not found")\n_("Không có trang")\n_("Trạng thái: open")\n', encoding="utf-8")
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "own_files", lambda: [file])
    assert list(messages.foreign(messages.own_strings())) == ["views.py:1: not Vietnamese (Page, found): 'Page not found'"]


def test_compiling_writes_what_django_reads_and_leaves_what_is_newer(emptied: Path) -> None:
    messages.compile_all()
    compiled = emptied / "django.mo"
    first = compiled.stat().st_mtime_ns
    messages.compile_all()
    assert compiled.stat().st_mtime_ns == first
    with compiled.open("rb") as source:
        assert messages.keys(read_mo(source)) == messages.keys(messages.catalogue(emptied / "django.po"))


def test_django_speaks_our_translations() -> None:
    assert gettext("Forgot your password?") == "Quên mật khẩu?"
    assert ngettext("%(num)d day", "%(num)d days", 3) % {"num": 3} == "3 ngày"


@pytest.mark.parametrize("arguments", [[], ["help"], ["check", "more"]])
def test_an_unknown_request_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main(arguments) == 2
    assert "compile|check|update" in capsys.readouterr().err
