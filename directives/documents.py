"""Files of letters as text: docx (``wordfiles.py``), PDF with a text layer, plain text.

What cannot be read is refused in one sentence that says why and what to do.
"""

import re
import zlib
from io import BytesIO

from django.utils.translation import gettext as _
from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from directives import wordfiles
from directives.rules.reading_text import SUPERSCRIPTS, clean

MAX_BYTES = 10 * 1024 * 1024
MAX_PAGES = 60
MAX_CHARACTERS = 100_000  # of text; letter 3812 has 3 500
_FEW = 40  # letters: a PDF with fewer is a picture of a letter
_MANY = 200  # letters: so much Vietnamese is never without the letters below; in an old font's encoding it is
_VIETNAMESE = re.compile("[đĐưƯơƠ\u1ea0-\u1ef9]")
_SMALL = 0.8  # of the page's usual letter height: figures that small are raised
_RAISED = str.maketrans("0123456789", SUPERSCRIPTS)
_ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class DocumentError(ValueError):
    """The file cannot be read as a letter; nothing was kept. The text is Vietnamese."""


def letter_text(data: bytes) -> str:
    """The clean text of a docx, PDF or text file, told apart by content. Raises DocumentError."""
    if len(data) > MAX_BYTES:
        raise DocumentError(_("Tệp lớn hơn 10 MB. Hãy bỏ bớt ảnh, hoặc dán nội dung công văn vào ô bên dưới."))
    return plain_text(_read(data))


def plain_text(text: str) -> str:
    """The text as it is kept. Raises DocumentError when there is none, or more than any letter has."""
    text = clean(text)
    if not text.strip():
        raise DocumentError(_("Không có chữ nào trong văn bản. Hãy kiểm tra lại tệp hoặc dán nội dung công văn."))
    if len(text) > MAX_CHARACTERS:
        raise DocumentError(_("Văn bản dài hơn 100.000 ký tự, không phải một công văn. Hãy chỉ nộp phần công văn."))
    if sum(map(str.isalpha, text)) > _MANY and not _VIETNAMESE.search(text):
        raise DocumentError(
            _("Không thấy chữ tiếng Việt có dấu: văn bản có thể dùng phông cũ (TCVN3, VNI). Hãy chuyển sang Unicode rồi nộp.")
        )
    return text


def _read(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        return _word(data)
    if data[:1024].lstrip().startswith(b"%PDF"):
        return _pdf(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise DocumentError(
            _("Đây là tệp Word kiểu cũ (.doc) hoặc tệp có mật khẩu. Hãy mở bằng Word, lưu lại thành .docx rồi nộp.")
        )
    return _decoded(data)


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _ENCODINGS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            _("Không đọc được chữ trong tệp: tệp không phải .docx, .pdf hay văn bản Unicode (UTF-8). Hãy lưu lại rồi nộp.")
        ) from error
    if "\x00" in text:
        raise DocumentError(_("Tệp không phải văn bản. Hãy nộp tệp .docx, .pdf có lớp chữ hoặc .txt."))
    return text


def _word(data: bytes) -> str:
    try:
        return wordfiles.text_of(data)
    except wordfiles.TooLargeError as error:
        raise DocumentError(
            _("Tệp .docx bung ra quá lớn so với một công văn. Hãy dán nội dung công văn vào ô bên dưới.")
        ) from error
    except wordfiles.BROKEN as error:
        raise DocumentError(
            _("Không mở được tệp .docx: tệp hỏng hoặc không phải của Word. Hãy lưu lại bằng Word rồi nộp.")
        ) from error


def _pdf(data: bytes) -> str:
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(_("Tệp PDF có mật khẩu. Hãy nộp bản không đặt mật khẩu."))
        if len(reader.pages) > MAX_PAGES:
            raise DocumentError(_("Tệp PDF có hơn %(most)d trang, không phải một công văn.") % {"most": MAX_PAGES})
        pages = [_page(page, number) for number, page in enumerate(reader.pages, start=1)]
    except (PyPdfError, zlib.error, LookupError, ValueError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError(_("Không mở được tệp PDF: tệp hỏng. Hãy xuất lại tệp rồi nộp.")) from error
    text = "\n".join([body for body, _notes in pages] + [notes for _body, notes in pages])
    if sum(map(str.isalpha, text)) < _FEW:
        raise DocumentError(_("Tệp PDF là ảnh quét, không có lớp chữ để đọc. Hãy nộp tệp .docx hoặc dán nội dung công văn."))
    return text


def _page(page: PageObject, number: int) -> tuple[str, str]:
    """(the page's running text without its number, its footnotes): notes stand at its foot, amid what goes on overleaf."""
    lines = [line for line in _lines(page) if line.strip()]
    if number > 1 and lines and lines[0].strip() == str(number):
        lines = lines[1:]
    elif lines and lines[-1].strip() == str(number):
        lines = lines[:-1]
    note = next((place for place, line in enumerate(lines) if re.match(rf"\s*[{SUPERSCRIPTS}]", line)), len(lines))
    return "\n".join(lines[:note]), "\n".join(lines[note:])


def _lines(page: PageObject) -> list[str]:
    """The page's lines, raised figures as such: the text alone would join a footnote's mark to the word before."""
    pieces: list[tuple[str, float]] = []

    def hear(text: str, _user: object, _place: object, _font: object, size: float) -> None:
        pieces.append((text, size))

    page.extract_text(visitor_text=hear)
    lengths: dict[float, int] = {}
    for text, size in pieces:
        lengths[size] = lengths.get(size, 0) + len(text.strip())
    usual = max(lengths, key=lambda size: lengths[size], default=0.0)
    raised = (text.translate(_RAISED) if text.strip().isdecimal() and size < _SMALL * usual else text for text, size in pieces)
    return "".join(raised).splitlines()
