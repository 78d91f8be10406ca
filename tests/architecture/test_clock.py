"""The clock is read once, at the door: in kontum_tthc/clock.py and nowhere else."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

PROJECT: Path = settings.BASE_DIR
THE_CLOCK = PROJECT / "kontum_tthc" / "clock.py"
NOT_THE_PRODUCT = {"tests", "benchmarks", "tools", "var", "node_modules", ".venv", "deploy"}
READS = {"now", "today", "utcnow", "time", "time_ns", "Now", "CurrentDate", "TransactionNow"}
CONVERSIONS = {"localdate", "localtime"}  # of a given moment; with none given, of the present one
OWNERS = {"datetime", "date", "timezone", "time", "functions"}
SQL = ("now()", "current_date", "current_timestamp", "clock_timestamp", "localtimestamp")


def product_files() -> Iterator[Path]:
    """Migrations only repeat what the models say."""
    for path in PROJECT.rglob("*.py"):
        if path != THE_CLOCK and path.relative_to(PROJECT).parts[0] not in NOT_THE_PRODUCT and path.parent.name != "migrations":
            yield path


def clock_reads(source: str) -> Iterator[int]:
    """Lines that call, import or hand on as a default something that knows the present moment."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=read) if (
                owner in OWNERS and read in READS
            ):
                yield node.lineno
            case ast.ImportFrom(module="time" | "django.db.models.functions" | "django.utils.timezone", names=names):
                yield from (node.lineno for name in names if name.name in READS)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[], keywords=[]) if name in CONVERSIONS:
                yield node.lineno


@pytest.mark.parametrize(
    "line",
    ["timezone.now()", "date.today()", "datetime.datetime.now(tz)", "x = timezone.now", "timezone.localdate()", "time.time()"],
)
def test_a_read_is_recognised(line: str) -> None:
    assert list(clock_reads(line)) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "clock.now()",
        "timezone.localdate(now)",
        "localtime(value=now)",
        "time.perf_counter()",
        "time.monotonic()",
        "day.today_text()",
    ],
)
def test_a_conversion_is_not_a_read(line: str) -> None:
    assert list(clock_reads(line)) == []


def test_nothing_but_the_clock_reads_the_clock() -> None:
    files = list(product_files())
    assert len(files) > 50
    found = [f"{path.relative_to(PROJECT)}:{line}" for path in files for line in clock_reads(path.read_text())]
    assert found == []


def test_no_statement_asks_the_database_for_the_time() -> None:
    """One exception: the journal's seal says when the database wrote the entry, whatever the caller claims."""
    texts = (
        (path, node)
        for path in product_files()
        if path.relative_to(PROJECT).parts[0] != "journal"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    found = [
        f"{path.relative_to(PROJECT)}:{node.lineno}"
        for path, node in texts
        if any(word in str(node.value).lower() for word in SQL)
    ]
    assert found == []
