"""Word documents laid out as offices write them: A4, Times New Roman (Nghị định 30/2020/NĐ-CP, appendix I).

Tables are written as text and parsed once: python-docx looks up every cell anew, which takes minutes over a thousand rows.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import TypeAlias
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from ui.formats import day, integer

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Times New Roman"
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15  # mm
TWIPS = 56.7  # to the millimetre

Content: TypeAlias = str | int | date | None


def document_new() -> Document:
    made = docx.Document()
    for style in ("Normal", "Heading 1", "Heading 2", "Title"):
        font = made.styles[style].font
        font.name, font.size = FONT, Pt(14 if style == "Title" else 13)
        font.bold = style != "Normal"
        properties = made.styles[style].element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(name), FONT)
        for name in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(name), None)
        color = properties.find(qn("w:color"))
        if color is not None:
            properties.remove(color)
    border = made.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)
    made.styles["Normal"].paragraph_format.space_after = Pt(6)
    paper(made.sections[0])
    return made


def paper(section: Section) -> None:
    """A4 upright with the margins of official letters; the page number centred above, not on the first page."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field_add(number, "PAGE")


def across(document: Document) -> None:
    """What follows stands on pages turned sideways, for wide tables; head and foot go on as before."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.different_first_page_header_footer = False


def footers_set(section: Section, text: str) -> None:
    """The same line below every page."""
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.text = text
        line.runs[0].font.size = Pt(9)


def field_add(paragraph: Paragraph, code: str) -> None:
    """A field Word works out itself, as PAGE."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)


def table_add(document: Document, headings: Sequence[str], rows: Iterable[Sequence[Content]], widths: Sequence[int]) -> None:
    """``widths`` in mm. The head stands on every page; numbers and dates right; an unknown value leaves its cell empty."""
    grid = "".join(f'<w:gridCol w:w="{round(width * TWIPS)}"/>' for width in widths)
    head = _row([_cell(text, width, bold=True) for text, width in zip(headings, widths, strict=True)], head=True)
    body = "".join(_row([_cell(value, width) for value, width in zip(row, widths, strict=True)]) for row in rows)
    table = parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblBorders>{BORDERS}</w:tblBorders><w:tblLayout w:type='fixed'/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )
    document.element.body.insert_element_before(table, "w:sectPr")
    document.add_paragraph()


BORDERS = "".join(
    f"<w:{side} w:val='single' w:sz='4' w:space='0' w:color='000000'/>"
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def _row(cells: Sequence[str], *, head: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(value: Content, width: int, *, bold: bool = False) -> str:
    side = "left" if isinstance(value, str) or value is None else "right"
    text = value if isinstance(value, str) else "" if value is None else day(value) if isinstance(value, date) else integer(value)
    return (
        f"<w:tc><w:tcPr><w:tcW w:w='{round(width * TWIPS)}' w:type='dxa'/></w:tcPr><w:p><w:pPr><w:spacing w:after='0'/>"
        f"<w:jc w:val='{'center' if bold else side}'/></w:pPr><w:r><w:rPr>{'<w:b/>' if bold else ''}<w:sz w:val='20'/></w:rPr>"
        f"<w:t xml:space='preserve'>{escape(_printable(text))}</w:t></w:r></w:p></w:tc>"
    )


def _printable(text: str) -> str:
    """XML has no place for control characters that a source may have left in a name."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")


def content(document: Document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()
