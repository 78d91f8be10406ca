"""The text of a docx as people see it: automatic numbers and bullets written out, footnotes with their marks, tables as rows.

What nobody sees is left out: deleted and moved-away words, codes of fields, headers and footers.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from directives.rules.reading_text import SUPERSCRIPTS
from directives.wordlists import Numbering

BROKEN = (BadZipFile, PackageNotFoundError, SyntaxError, KeyError, ValueError, AttributeError, TypeError, NotImplementedError)
MAX_PARTS, MAX_UNPACKED = 2000, 60 * 1024 * 1024
_RAISED = str.maketrans("0123456789", SUPERSCRIPTS)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN = {*map(qn, ("w:pPr", "w:rPr", "w:del", "w:moveFrom", "w:instrText", "w:delText", "w:txbxContent")), _FALLBACK}
_CHARACTERS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): ""}
_P, _TBL, _T, _R, _NOTE = map(qn, ("w:p", "w:tbl", "w:t", "w:r", "w:footnoteReference"))
# A table with one of these lays out the head or the foot in two columns; any other holds data.
_LAID_OUT = re.compile(r"CỘNG H|ĐẢNG CỘNG SẢN|Độc lập|Nơi nhận|Số\s*:|Kính gửi")


class TooLargeError(Exception):
    """Unpacked, the file is larger than any letter."""


def text_of(data: bytes) -> str:
    """Paragraphs with a blank line between, a table's rows with bars between cells, footnotes last.

    Raises TooLargeError, or one of BROKEN.
    """
    with ZipFile(BytesIO(data)) as parts:
        if len(parts.infolist()) > MAX_PARTS or sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
            raise TooLargeError
    document = docx.Document(BytesIO(data))
    reader = _Reader(document)
    blocks = list(reader.blocks(document.element.body))
    return "\n\n".join([*blocks, *reader.notes()])


class _Reader:
    """Reads from first to last, as numbers and footnotes are counted."""

    def __init__(self, document: Document) -> None:
        self.numbering = Numbering(document)
        self.footnotes = _footnotes(document)
        self.noted: list[str] = []  # ids of footnotes in order of mention

    def blocks(self, container: BaseOxmlElement) -> Iterator[str]:
        """Texts of the paragraphs and tables in an element."""
        for element in container:
            if element.tag == _P:
                yield from filter(None, [self._paragraph(element).strip()])
                for box in element.iter(qn("w:txbxContent")):
                    if not any(over.tag == _FALLBACK for over in box.iterancestors()):
                        yield from self.blocks(box)
            elif element.tag == _TBL:
                yield from self._table(element)
            elif element.tag not in _UNSEEN:
                yield from self.blocks(element)

    def notes(self) -> Iterator[str]:
        for number, note in enumerate(self.noted, start=1):
            if text := self.footnotes.get(note):
                yield f"{_raised(number)} {text}"

    def _paragraph(self, paragraph: BaseOxmlElement) -> str:
        return self.numbering.label(paragraph) + "".join(self._pieces(paragraph))

    def _pieces(self, element: BaseOxmlElement) -> Iterator[str]:
        for child in element:
            if child.tag == _T:
                yield child.text or ""
            elif child.tag in _CHARACTERS:
                yield _CHARACTERS[child.tag]
            elif child.tag == _NOTE:
                self.noted.append(child.get(qn("w:id"), ""))
                yield _raised(len(self.noted))
            elif child.tag == _R and _is_raised(child):
                yield "".join(self._pieces(child)).translate(_RAISED)
            elif child.tag not in _UNSEEN:
                yield from self._pieces(child)

    def _table(self, table: BaseOxmlElement) -> Iterator[str]:
        rows = [[list(self.blocks(cell)) for cell in _cells(row)] for row in table.iter(qn("w:tr")) if _of(row, table)]
        if any(_LAID_OUT.search(text) for row in rows for cell in row for text in cell):
            for column in range(max(map(len, rows))):
                yield from _column(block for row in rows if column < len(row) for block in row[column])
        else:
            lines = (" | ".join(" ".join(" ".join(cell).split()) for cell in row) for row in rows)
            yield from filter(None, ["\n".join(line for line in lines if line.strip(" |"))])


def _of(row: BaseOxmlElement, table: BaseOxmlElement) -> bool:
    """Whether a row is the table's own, and not one of a table inside it."""
    return next(row.iterancestors(_TBL)) is table


def _cells(row: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """The row's cells, so that columns stay in line: an empty one for each further column a cell spans, or that goes on above."""
    empty = OxmlElement("w:tc")
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is row:
            properties = cell.find(qn("w:tcPr"))
            merged = properties.find(qn("w:vMerge")) if properties is not None else None
            span = properties.find(qn("w:gridSpan")) if properties is not None else None
            yield empty if merged is not None and merged.get(qn("w:val")) != "restart" else cell
            yield from [empty] * (min(int(span.get(qn("w:val"), "1")), 63) - 1 if span is not None else 0)


def _column(blocks: Iterable[str]) -> Iterator[str]:
    """A column of the head or the foot: the lines of an organ's name, or of the motto, stay together."""
    together: list[str] = []
    for block in blocks:
        if together and not (together[-1].isupper() and (block.isupper() or block.startswith("Độc lập"))):
            yield "\n".join(together)
            together = []
        together.append(block)
    yield from filter(None, ["\n".join(together)])


def _is_raised(run: BaseOxmlElement) -> bool:
    raised = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    return raised is not None and raised.get(qn("w:val")) == "superscript"


def _raised(number: int) -> str:
    return str(number).translate(_RAISED)


def _footnotes(document: Document) -> dict[str, str]:
    """Text of each footnote by its id."""
    parts = [link.target_part for link in document.part.rels.values() if link.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
    return {
        note.get(qn("w:id"), ""): " ".join("".join(text.text or "" for text in note.iter(_T)).split())
        for part in parts
        for note in parse_xml(part.blob).iter(qn("w:footnote"))
    }
