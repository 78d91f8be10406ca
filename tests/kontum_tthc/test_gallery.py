"""The style page leaves nothing out."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from ui.definitions import DEFINITIONS
from ui.states import FRESH, STATES

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "ui"
LIVE = {"later.html"}  # fetches a part of another room as soon as it is shown


@pytest.mark.django_db
def test_every_component_stands_on_the_style_page(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    shown = {str(template.name).rpartition("/")[2] for template in client.get("/giao-dien/").templates if template.name}
    assert {file.name for file in COMPONENTS.glob("*.html")} - LIVE <= shown


@pytest.mark.django_db
def test_every_state_tone_and_term_stands_on_the_style_page(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    html = client.get("/giao-dien/").content.decode()
    for mark in (*STATES.values(), *FRESH.values()):
        assert f'class="chip chip--{mark.tone} i-{mark.icon}"' in html
    for tone in ("better", "worse", "same", "unknown"):
        assert f"delta {tone}" in html
    assert html.count('class="term"') >= len(DEFINITIONS)
