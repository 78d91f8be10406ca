"""The process that reads files: what is too much for it is refused with the reason, and the worker goes on."""

import io
import json
import os
import resource
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

import pytest
from pytest_django.fixtures import Settings

from dossiers.services.reading import Reading, reading
from dossiers.sources.base import SourceError
from tests.factories.intake import HEADER, csv_file, row, xlsx_file

KEY = b"k"


@contextmanager
def read(content: bytes) -> Iterator[Reading]:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        with reading(file, key=KEY, names={}) as found:
            yield found


def lines(found: Reading) -> list[str]:
    return b"".join(found.blocks()).decode().splitlines()


def refusal(content: bytes) -> str:
    with pytest.raises(SourceError) as refused, read(content) as found:
        lines(found)
    return refused.value.reason


def test_rows_come_numbered_hashed_and_counted() -> None:
    with read(csv_file([row(number) for number in range(1, 1_234)]).getvalue()) as found:
        told = lines(found)
    assert (found.shape.name, found.shape.header_line, found.rows, len(told)) == ("register_csv", 1, 1_233, 1_233)
    assert told[0].split("\t")[:2] == ["2", "000.00.16.H34-221024-0001"]


def numbers(found: Reading) -> list[int]:
    return [int(line.split("\t")[0]) for line in lines(found)]


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_of_rows_asked_for_the_cells_are_told_and_the_different_dates(make: Callable[[list[dict[str, str]]], IO[bytes]]) -> None:
    content = make([row(1), row(2), row(3), row(4, received="25/10/2022 08:00")]).read()
    with read(content) as found:
        first, second, third, fourth = numbers(found)
        dates = found.fetch([first, second, third])
        assert (dates["received"], dates["finished"]) == (["24/10/2022 "], [])
        # What is not wanted after all is passed over.
        assert [found.cells(line).code[-4:] for line in (first, third)] == ["0001", "0003"]
        assert found.fetch([fourth, first])["received"] == ["24/10/2022 ", "25/10/2022 "]
        assert [found.cells(line).code[-4:] for line in (fourth, first)] == ["0004", "0001"]
        with pytest.raises(LookupError):
            found.cells(second)


def test_characters_no_cell_may_hold_are_marked() -> None:
    with read(csv_file([row(1, note="a\tb\nc\\"), row(2, note="x\x1fy\0"), row(3)]).getvalue()) as found:
        wanted = numbers(found)
        found.fetch(wanted)
        assert [found.cells(line).note for line in wanted] == ["a\tb\nc\\", "x\ufffdy\ufffd", ""]


@pytest.mark.parametrize("quoted", [False, True])
def test_numbers_in_front_of_the_codes_are_no_news(quoted: bool) -> None:
    def hashes(first: int) -> list[str]:
        with read(csv_file([row(number) for number in range(first, 9)], quoted=quoted).getvalue()) as found:
            return [line.split("\t")[2] for line in lines(found)]

    assert hashes(1)[-2:] == hashes(7)


def test_a_row_that_breaks_when_it_is_taken_apart_is_named() -> None:
    content = csv_file([row(number) for number in range(1, 9_000)]).getvalue().replace(b"-8000,", b'-8000,"a"b"",', 1)
    with read(content) as found:
        wanted = numbers(found)
        with pytest.raises(SourceError) as refused:
            found.fetch(wanted)
    assert (refused.value.reason, refused.value.parameters) == ("csv_broken", {"line": "8001"})


@pytest.mark.parametrize("rows", [0, 1, 499, 500, 998, 999, 1_000, 1_001, 1_999])
def test_any_number_of_rows_is_read_to_the_end(rows: int) -> None:
    with read(csv_file([row(number) for number in range(1, rows + 1)]).getvalue()) as found:
        wanted = numbers(found)
        assert (len(wanted), found.rows) == (rows, rows)
        assert "received" in found.fetch(wanted)


def test_the_hash_is_of_the_words_the_columns_and_the_rules() -> None:
    def digest(content: bytes, key: bytes = KEY) -> str:
        with tempfile.TemporaryFile() as file:
            file.write(content)
            file.flush()
            with reading(file, key=key, names={}) as found:
                return lines(found)[0].split("\t")[2]

    plain = csv_file([row()]).getvalue()
    fewer = csv_file([row()], header=[name for name in HEADER if name != "Ghi chú"]).getvalue()
    assert len({digest(plain), digest(plain, b"other rules"), digest(fewer), digest(csv_file([row(note="x")]).getvalue())}) == 4
    assert digest(plain) == digest(plain)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "file_empty"), (b"%PDF-1.7", "file_pdf"), (csv_file([row()]).getvalue() + b'"open', "csv_broken")],
)
def test_what_cannot_be_taken_is_said_whole_or_half_way(content: bytes, reason: str) -> None:
    assert refusal(content) == reason


def test_a_file_longer_than_the_limit_is_refused(settings: Settings) -> None:
    settings.INTAKE_MAX_ROWS = 10
    assert refusal(csv_file([row(number) for number in range(1, 12)]).getvalue()) == "rows_too_many"


def test_what_needs_too_much_memory_is_refused(settings: Settings) -> None:
    settings.INTAKE_READER_MEMORY = 160 * 1024 * 1024
    many = json.dumps({"data": [{"MaHoSo": f"H-{number}", "GhiChu": "x" * 100} for number in range(400_000)]})
    assert refusal(many.encode()) == "file_heavy"


def test_what_needs_too_long_is_refused(settings: Settings) -> None:
    settings.INTAKE_READER_SECONDS = 1
    two_lined = csv_file([row(number, note="a\nb") for number in range(1, 300_000)])  # three seconds of a fast processor
    assert refusal(two_lined.getvalue()) == "file_heavy"


def bomb() -> bytes:
    """A megabyte that becomes half a gigabyte."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(xlsx_file([row()])):
            archive.writestr(name, content)
        archive.writestr("xl/media/image1.bin", bytes(500_000_000))
    return file.getvalue()


def sparse() -> bytes:
    return rewritten("xl/worksheets/sheet1.xml", "</row></sheetData>", '<c r="XFD1048576"><v>1</v></c></row></sheetData>')


def entities() -> bytes:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return rewritten("xl/worksheets/sheet1.xml", "<worksheet", f'<!DOCTYPE w [<!ENTITY l0 "lol">{lol}]><worksheet')


def rewritten(part: str, old: str, new: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(xlsx_file([row()])):
            archive.writestr(name, content.decode().replace(old, new, 1) if name == part else content)
    return file.getvalue()


def parts(workbook: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(workbook) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


HOSTILE = {
    "bomb": (bomb, "file_unsafe"),
    "sparse giant": (sparse, "cells_far"),
    "entities": (entities, "file_unsafe"),
    "cut short": (lambda: xlsx_file([row()]).getvalue()[:-300], "file_broken"),
    "a web page": (lambda: b"<html><table><tr><td>x", "file_html"),
    "with a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"),
        "file_password",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_and_cost_little(name: str) -> None:
    make, reason = HOSTILE[name]
    content = make()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert refusal(content) == reason
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2  # of the processor, not of the clock


def test_the_child_is_gone_whatever_happens() -> None:
    children: list[int] = []
    with pytest.raises(ZeroDivisionError):
        leave_half_way(children)
    with pytest.raises(ProcessLookupError):
        os.kill(children[0], 0)


def leave_half_way(children: list[int]) -> None:
    with read(csv_file([row(number) for number in range(1, 100_000)]).getvalue()) as found:
        next(found.blocks())
        children.append(found.process)
        raise ZeroDivisionError


def test_rows_are_never_taken_for_all_of_them_when_the_child_was_killed() -> None:
    with read(csv_file([row(number) for number in range(1, 200_000)]).getvalue()) as found:
        blocks = found.blocks()
        next(blocks)
        os.kill(found.process, 9)
        with pytest.raises(SourceError, match="file_heavy"):
            list(blocks)
