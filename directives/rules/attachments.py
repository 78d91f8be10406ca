"""What an attached file is, told by its content: names and what browsers say of them prove nothing."""

from typing import BinaryIO, Literal
from zipfile import BadZipFile, ZipFile

Kind = Literal["pdf", "docx", "xlsx", "jpg", "png"]

MOST_BYTES = 10 * 1024 * 1024
CONTENT_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
}
_BEGINNINGS: tuple[tuple[bytes, Kind], ...] = ((b"%PDF-", "pdf"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"))
_MAIN_PARTS: tuple[tuple[str, Kind], ...] = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))
_MACROS = "vbaProject.bin"


def kind_of(file: BinaryIO) -> Kind | None:
    """The kind of a seekable file, None when it is none of ours. A document with macros is none. Leaves the file at its start."""
    file.seek(0)
    beginning = file.read(8)
    found = next((kind for mark, kind in _BEGINNINGS if beginning.startswith(mark)), None)
    if found is None and beginning.startswith(b"PK\x03\x04"):
        found = _office_kind(file)
    file.seek(0)
    return found


def _office_kind(file: BinaryIO) -> Kind | None:
    try:
        with ZipFile(file) as parts:
            names = parts.namelist()
    except BadZipFile:
        return None
    if any(name.endswith(_MACROS) for name in names):
        return None
    return next((kind for part, kind in _MAIN_PARTS if part in names), None)
