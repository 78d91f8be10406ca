"""Recognises a file by what is in it, never by its name."""

import json
from typing import BinaryIO

from dossiers.sources.base import Source, SourceError
from dossiers.sources.delimited import open_delimited
from dossiers.sources.igate import igate
from dossiers.sources.national import is_progress, national
from dossiers.sources.workbook import open_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
NOT_OURS = ((b"%PDF", "file_pdf"), (b"Rar!", "file_archive"), (b"7z\xbc\xaf", "file_archive"), (b"\x1f\x8b", "file_archive"))


def open_source(stream: BinaryIO) -> Source:
    """The source a seekable file is; SourceError says in one sentence what it is instead."""
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
        return open_workbook(stream)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{", b"[")):
        return _open_json(stream)
    if text.startswith(b"<"):
        raise SourceError("file_html" if b"<html" in text.lower() or b"<table" in text.lower() else "file_xml")
    return open_delimited(stream)


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
