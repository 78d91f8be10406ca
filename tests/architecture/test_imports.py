"""Who may import whom: the contracts of pyproject.toml, and that they see every room."""

import importlib
import subprocess
import sys
import tomllib
from pathlib import Path

from django.apps import apps
from django.conf import settings

PROJECT: Path = settings.BASE_DIR


def test_the_import_contracts_are_kept() -> None:
    command = [
        sys.executable,
        "-c",
        "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())",
    ]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_every_room_is_under_contract() -> None:
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]
    rooms = {config.name for config in apps.get_app_configs() if Path(config.path).is_relative_to(PROJECT / config.name)}
    assert rooms == set(contracts["root_packages"])


def test_what_runs_before_settings_imports_no_django() -> None:
    """The supervisor starts Django's processes; tests and benchmarks start the services before settings exist."""
    for name in ("processes", "home", "embedded", "stack"):
        module = importlib.import_module(f"kontum_tthc.{name}")
        lines = Path(str(module.__file__)).read_text().splitlines()
        imports = [line.split()[1].split(".")[0] for line in lines if line.startswith(("import ", "from "))]
        assert not {"django", "celery"} & set(imports), name
