"""The content policy allows nothing inline; no template may need it."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "a style element": re.compile(r"<style", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
}


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: file.relative_to(TEMPLATES).as_posix())
def test_a_template_has_nothing_the_content_policy_forbids(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert [name for name, pattern in INLINE.items() if pattern.search(text)] == []


def test_the_patterns_would_catch_what_they_name() -> None:
    samples = ['<p style="x">', '<p onclick="x">', "<script>x</script>", "<style>x</style>", '<a href="javascript:x">']
    assert all(pattern.search(sample) for pattern, sample in zip(INLINE.values(), samples, strict=True))
