"""Attached files are told by what is in them."""

import io
import zipfile

import pytest

from directives.rules.attachments import CONTENT_TYPES, kind_of


def office(*parts: str) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for part in parts:
            package.writestr(part, "<x/>")
    return file


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "jpg"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "png"),
        (b"<html>%PDF-1.7", None),
        (b"MZ\x90\x00", None),
        (b"PK\x03\x04 broken", None),
        (b"", None),
    ],
)
def test_a_file_is_what_it_begins_with(content: bytes, kind: str | None) -> None:
    assert kind_of(io.BytesIO(content)) == kind


def test_office_files_are_told_by_their_main_part() -> None:
    assert kind_of(office("[Content_Types].xml", "word/document.xml")) == "docx"
    assert kind_of(office("[Content_Types].xml", "xl/workbook.xml")) == "xlsx"
    assert kind_of(office("readme.txt")) is None


def test_a_document_with_macros_is_none_of_ours() -> None:
    assert kind_of(office("word/document.xml", "word/vbaProject.bin")) is None


def test_the_file_is_left_at_its_start() -> None:
    file = office("word/document.xml")
    file.seek(7)
    kind_of(file)
    assert file.tell() == 0


def test_every_kind_has_a_content_type() -> None:
    assert set(CONTENT_TYPES) == {"pdf", "docx", "xlsx", "jpg", "png"}
