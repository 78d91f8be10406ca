"""Recognises a file by what is in it, never by its name."""

import json
from typing import BinaryIO, Literal

from dossiers.sources.base import Source, SourceError
from dossiers.sources.delimited import open_delimited, top_of_delimited
from dossiers.sources.headers import Names
from dossiers.sources.igate import igate
from dossiers.sources.national import is_progress, national
from dossiers.sources.workbook import open_workbook, top_of_workbook

NO_NAMES: Names = {}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
NOT_OURS = ((b"%PDF", "file_pdf"), (b"Rar!", "file_archive"), (b"7z\xbc\xaf", "file_archive"), (b"\x1f\x8b", "file_archive"))


def open_source(stream: BinaryIO, names: Names = NO_NAMES) -> Source:
    """The source a seekable file is; SourceError says in one sentence what it is instead.

    ``names``: what this system calls our columns besides the usual words.
    """
    match _kind(stream):
        case "workbook":
            return open_workbook(stream, names)
        case "json":
            return _open_json(stream)
    return open_delimited(stream, names)


def top_rows(stream: BinaryIO, most: int) -> list[list[str]]:
    """The first rows of a table nobody knows the header of. SourceError when the file is none."""
    match _kind(stream):
        case "workbook":
            return top_of_workbook(stream, most)
        case "json":
            raise SourceError("json_shape")
    return top_of_delimited(stream, most)


def _kind(stream: BinaryIO) -> Literal["workbook", "json", "text"]:
    stream.seek(0)
    head = stream.read(2048)
    stream.seek(0)
    if not head:
        raise SourceError("file_empty")
    if head.startswith(OLE):
        raise SourceError("file_password" if ENCRYPTED in stream.read() else "file_xls")
    for magic, reason in NOT_OURS:
        if head.startswith(magic):
            raise SourceError(reason)
    if head.startswith(b"PK"):
        return "workbook"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{", b"[")):
        return "json"
    if text.startswith(b"<"):
        raise SourceError("file_html" if b"<html" in text.lower() or b"<table" in text.lower() else "file_xml")
    return "text"


def _open_json(stream: BinaryIO) -> Source:
    # Read whole: a province's day is a few megabytes, and settings.INTAKE_MAX_BYTES bounds it before we get here.
    try:
        body = json.loads(stream.read().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SourceError("encoding_unknown", line="1") from error
    except json.JSONDecodeError as error:
        raise SourceError("json_broken", line=str(error.lineno), column=str(error.colno)) from error
    except (RecursionError, ValueError) as error:  # nested too deeply, or a number of thousands of digits
        raise SourceError("file_unsafe") from error
    if isinstance(body, dict) and isinstance(body.get("data"), list):
        return national(body["data"], progress=is_progress(body.get("service"), body["data"]))
    pages = body if isinstance(body, list) else [body]
    if pages and all(isinstance(page, dict) and isinstance(page.get("content"), list) for page in pages):
        return igate(pages)
    raise SourceError("json_shape")
