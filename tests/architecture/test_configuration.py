"""The environment's variables: what the code reads and what the page explains are the same list."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

PROJECT: Path = settings.BASE_DIR
VARIABLE = re.compile(r"^(KONTUM_[A-Z_]+|DATABASE_URL|REDIS_URL)$")
ROW = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)


def variables_in_code() -> set[str]:
    return {name for path in [*PROJECT.glob("kontum_tthc/**/*.py"), *PROJECT.glob("deploy/*.py")] for name in _names(path)}


def _names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and VARIABLE.match(node.value):
            yield node.value


def assigned(text: str) -> set[str]:
    return {name for name in re.findall(r"^\s*([A-Z_]+)[=:]", text, re.MULTILINE) if VARIABLE.match(name)}


def test_every_variable_is_explained_and_nothing_else_is() -> None:
    explained = set(ROW.findall((PROJECT / "docs" / "configuration.md").read_text()))
    assert variables_in_code() == explained - {"KONTUM_TLS_DIR", "POSTGRES_PASSWORD"}  # docker compose's own


def test_the_sample_sets_only_variables_that_exist() -> None:
    explained = set(ROW.findall((PROJECT / "docs" / "configuration.md").read_text()))
    assert assigned((PROJECT / ".env.example").read_text()) <= explained


def test_compose_hands_on_what_the_sample_sets() -> None:
    compose = (PROJECT / "docker-compose.yml").read_text()
    for name in assigned((PROJECT / ".env.example").read_text()):
        assert f"${{{name}:" in compose, name


CALLER = """
import django
django.setup()
from allauth.account.adapter import get_adapter
from django.test import RequestFactory
request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "203.0.113.7"})
print(get_adapter().get_client_ip(request))
"""


@pytest.mark.parametrize(("behind_proxy", "address"), [("0", "10.0.0.1"), ("1", "203.0.113.7")])
def test_the_caller_whose_attempts_to_sign_in_are_counted_is_not_the_proxy(behind_proxy: str, address: str) -> None:
    """Nor anybody whom the caller names, where no proxy stands in front."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "kontum_tthc.settings", "KONTUM_BEHIND_PROXY": behind_proxy}
    asked = subprocess.run([sys.executable, "-c", CALLER], env=env, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == address
