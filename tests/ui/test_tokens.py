"""Both themes by measure: text reads on every ground it stands on, and what means something else differs in lightness too."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
TOKEN = re.compile(r"--k-([a-z0-9-]+):\s*(#[0-9a-f]{3,8})\s*;")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(")
TONES = ("calm", "soon", "late", "past", "plain")
AGES = ("age-5", "age-10", "age-30", "age-90", "age-more")


def tokens(file: str) -> dict[str, str]:
    return dict(TOKEN.findall((STATIC / file).read_text(encoding="utf-8")))


LIGHT = tokens("css/tokens.css")
THEMES = {"light": LIGHT, "dark": LIGHT | tokens("dark.css")}
TEXTS = [
    *((ink, ground) for ink in ("ink", "ink-soft", "link", "link-hover") for ground in ("paper", "page", "hover", "plain-soft")),
    *((tone, ground) for tone in TONES for ground in ("paper", "page", "hover", f"{tone}-soft")),
    *((ink, f"{tone}-soft") for ink in ("ink", "link") for tone in TONES),  # alerts
    *((ink, ground) for ink in ("on-brand", "on-brand-soft") for ground in ("brand", "brand-soft")),
    *((tone, "paper") for tone in ("old", "new", "total", "late", "calm")),  # names at the ends of lines
    ("brand-ink", "page"),
    ("brand-ink", "paper"),
    ("on-demo", "demo"),
    ("on-act", "act"),
    *(("on-act", ground) for ground in ("act-hover", "harm", "harm-hover")),
]
# Edges and marks one must see to understand or operate: 3 : 1 (WCAG 1.4.11).
MARKS = [
    ("edge", "paper"),
    ("focus", "paper"),
    ("focus", "page"),
    ("focus", "brand"),
    ("old", "paper"),
    ("new", "paper"),
    ("total", "paper"),
]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of #rgb or #rrggbb."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def lightness(colour: str) -> float:
    """CIE L*, 0 to 100: how light a grey copy is."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def test_the_measure_agrees_with_the_standard() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.01)
    assert lightness("#777777") == pytest.approx(50.03, abs=0.1)


@pytest.mark.parametrize("theme", THEMES)
def test_text_reads_on_every_ground_it_stands_on(theme: str) -> None:
    named = THEMES[theme]
    ratios = {(ink, ground): round(contrast(named[ink], named[ground]), 2) for ink, ground in TEXTS}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_edges_and_marks_are_seen(theme: str) -> None:
    named = THEMES[theme]
    ratios = {(mark, ground): round(contrast(named[mark], named[ground]), 2) for mark, ground in MARKS}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 3} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_ages_go_one_way_in_lightness_by_steps_one_can_see(theme: str) -> None:
    levels = [lightness(THEMES[theme][age]) for age in AGES]
    steps = [after - before for before, after in pairwise(levels)]
    assert all(abs(step) >= 9 for step in steps), steps
    assert len({step > 0 for step in steps}) == 1
    paper = lightness(THEMES[theme]["paper"])
    assert abs(levels[-1] - paper) > abs(levels[0] - paper), "the oldest stands out most"


@pytest.mark.parametrize("theme", THEMES)
def test_the_two_systems_differ_in_lightness(theme: str) -> None:
    assert abs(lightness(THEMES[theme]["old"]) - lightness(THEMES[theme]["new"])) >= 12


def test_night_has_no_name_the_day_does_not_know() -> None:
    assert set(tokens("dark.css")) <= set(LIGHT)


@pytest.mark.parametrize("file", sorted(STATIC.glob("css/*.css")), ids=lambda file: file.name)
def test_colours_live_in_the_tokens_alone(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    home = file.name == "tokens.css"
    assert [line for line in lines if COLOUR.search(line) and not home] == []
