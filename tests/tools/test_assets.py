import json
import re
from pathlib import Path

import pytest

from tools import assets

BELL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
    ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M10 5"/></svg>'
)

CLASSES = re.compile(r'class="([^"{]*)"')


@pytest.fixture
def workshop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A small repository: one template, one module, one style, two icons."""
    for name, text in {
        "templates/a.html": '{% icon "bell" %} {% empty_state title text "moon" url action %} {% url "not-an-icon" %}',
        "templates/b.html": '<p class="card">',
        "reports/notes.py": 'Mark(word, icon="bell", tone="late")\n',
        "tests/test_notes.py": 'icon="only-in-a-test" btn-lg\n',
        "static/js/note.js": 'note.className = "card-body";',
        "static/css/app.css": "p { margin: 0 }",
        "package-lock.json": "{}",
        "node_modules/icons/bell.svg": BELL,
        "node_modules/tabler.css": ".card { margin: 0 } .btn-lg { margin: 0 } .card-body { margin: 0 } .only-here { margin: 0 }",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    monkeypatch.setattr(assets, "SOURCE", tmp_path / "static")
    monkeypatch.setattr(assets, "ICONS", tmp_path / "node_modules" / "icons")
    monkeypatch.setattr(assets, "WHOLE_TABLER", tmp_path / "node_modules" / "tabler.css")
    return tmp_path


def test_the_icons_are_those_that_pages_and_code_name(workshop: Path) -> None:
    assert assets.used_icons() == ["bell", "moon"]


def test_an_icon_is_a_class_that_holds_its_drawing_and_nothing_a_mask_ignores(workshop: Path) -> None:
    styles = assets.icon_styles(["bell"])
    assert styles.startswith('.i-bell { --icon: url("data:image/svg+xml,%3Csvg xmlns=')
    assert "%3Cpath d='M10 5'/%3E" in styles
    assert styles.count('"') == 2, "the address ends where it should"
    assert "currentColor" not in styles
    assert "width='24'" not in styles


def test_a_misspelt_icon_stops_the_build_and_is_named(workshop: Path) -> None:
    with pytest.raises(assets.AssetsError, match='there is no icon "bel"'):
        assets.icon_styles(["bell", "bel"])


def test_the_classes_kept_are_those_that_pages_scripts_and_code_name(workshop: Path) -> None:
    assert assets.used_classes() == ["card", "card-body"]


def test_the_built_style_sheet_has_every_class_of_tabler_that_a_template_uses() -> None:
    assets.build()
    whole, kept = (set(assets.CLASS.findall(file.read_text(encoding="utf-8"))) for file in (assets.WHOLE_TABLER, assets.TABLER))
    templates = (Path(assets.__file__).parent.parent / "templates").rglob("*.html")
    written = {
        name for file in templates for names in CLASSES.findall(file.read_text(encoding="utf-8")) for name in names.split()
    }
    assert len(written & whole) > 50
    assert written & whole <= kept
    assert len(kept) < len(whole) / 4


def test_any_change_that_matters_changes_the_fingerprint(workshop: Path) -> None:
    before = assets.fingerprint(["bell"])
    assert assets.fingerprint(["bell"]) == before
    assert assets.fingerprint(["bell", "moon"]) != before
    (workshop / "static" / "css" / "app.css").write_text("p { margin: 1px }", encoding="utf-8")
    changed = assets.fingerprint(["bell"])
    assert changed != before
    (workshop / "package-lock.json").write_text('{"packages": {}}', encoding="utf-8")
    assert assets.fingerprint(["bell"]) not in (before, changed)


def test_the_lock_file_names_no_registry_and_pins_every_package_by_hash() -> None:
    packages = json.loads((Path(assets.__file__).parent.parent / "package-lock.json").read_text())["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert installed
    assert not [name for name, package in installed.items() if "resolved" in package]
    assert not [name for name, package in installed.items() if not package.get("integrity", "").startswith("sha512-")]
