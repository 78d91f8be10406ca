"""Letters for tests: realistic texts (tests/data/letters), letter 3812 in other shapes, and docx files as offices write them.

``python -m tests.factories.letters`` prints the PDF files of tests/data/letters anew; they are kept: tests need no browser.
"""

import re
import shutil
import textwrap
import unicodedata
from html import escape
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "data" / "letters"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
LETTER_3812 = (ROOT / "data" / "cong-van-3812-UBND-TTHCC.txt").read_text(encoding="utf-8")


def letter(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def pdf(name: str) -> bytes:
    return (FOLDER / f"{name}.pdf").read_bytes()


# Letter 3812 in other shapes.


def plain_3812() -> str:
    """Without the asterisks of the notes it was kept in, and the extra dash of nested items."""
    return LETTER_3812.replace("*", "").replace("- + ", "+ ").strip()


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def hard(text: str) -> str:
    """As copied from a web page or Word: hard spaces in names and dates, soft hyphens, foreign line ends."""
    text = re.sub(r"(?<=\d) (?=tháng|năm|hồ sơ)|(?<=Kon) (?=Tum)|(?<=ngày) (?=\d)", "\u00a0", text)
    return text.replace("nghiêm", "ngh\u00adiêm").replace("\n", "\r\n")


def wrapped(text: str, width: int, between: str = "\n\n") -> str:
    """Every paragraph broken into lines of a page; with ``between`` a line end, no blank line tells paragraphs apart."""
    paragraphs = [paragraph for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]
    lines = ([textwrap.fill(line, width, break_on_hyphens=False) for line in each.splitlines()] for each in paragraphs)
    return between.join("\n".join(each) for each in lines)


# Word files.


def saved(document: Document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def word_3812() -> bytes:
    """Letter 3812 as an office types it: head and foot as tables without borders, lists numbered by Word, a real footnote."""
    blocks = re.split(r"\n\s*\n", plain_3812())
    begin = next(place for place, block in enumerate(blocks) if block.startswith("Kính gửi"))
    end = next(place for place, block in enumerate(blocks) if block.startswith("Nơi nhận"))
    note = next(block for block in blocks if block.startswith("¹"))
    document = docx.Document()
    two_columns(document, blocks[:3], blocks[3:begin])
    lists = numbering(document)
    for block in blocks[begin:end]:
        for line in () if block == note else block.splitlines():
            paragraph(document, line, lists)
    two_columns(document, [line for block in blocks[end:-2] for line in block.splitlines()], blocks[-2:])
    footnote(document, note.removeprefix("¹ "))
    return saved(document)


def two_columns(document: Document, left: list[str], right: list[str]) -> None:
    """A borderless table of one row, a paragraph per line in each cell."""
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for cell, blocks in zip(cells, (left, right), strict=True):
        fill(cell, [line for block in blocks for line in block.splitlines()])


def fill(cell: _Cell, lines: list[str]) -> None:
    cell.paragraphs[0].text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line)


def numbering(document: Document) -> dict[str, int]:
    """Lists of Word: {"1.": its number, "-": its number}."""
    root = document.part.numbering_part.element
    made = {}
    for number, (mark, kind, text) in enumerate((("1.", "decimal", "%1."), ("-", "bullet", "-")), start=901):
        abstract = OxmlElement("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), str(number))
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), "0")
        for name, value in (("w:start", "1"), ("w:numFmt", kind), ("w:lvlText", text)):
            child = OxmlElement(name)
            child.set(qn("w:val"), value)
            level.append(child)
        abstract.append(level)
        root.insert(0, abstract)
        made[mark] = root.add_num(number).numId
    return made


def paragraph(document: Document, line: str, lists: dict[str, int]) -> Paragraph:
    """A line as a paragraph: its number or dash becomes Word's own, a raised figure the reference of a footnote."""
    mark = re.match(r"(\d+\.|-) ", line)
    added = document.add_paragraph()
    if mark:
        properties = added._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = lists["-" if mark[1] == "-" else "1."]
        line = line[mark.end() :]
    before, raised, after = line.partition("¹")
    added.add_run(before)
    if raised:
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), "1")
        added.add_run()._r.append(reference)
        added.add_run(after)
    return added


def footnote(document: Document, text: str) -> None:
    xml = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="1"><w:p>'
        f"<w:r><w:footnoteRef/></w:r><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    name, package = PackURI("/word/footnotes.xml"), document.part.package
    assert package is not None
    document.part.relate_to(Part(name, CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), package), RELATIONSHIP_TYPE.FOOTNOTES)


# PDF files.

STYLE = """
body { font: 13pt "Liberation Serif", "DejaVu Serif", serif; } table { width: 100%; border-collapse: collapse; }
td { vertical-align: top; text-align: center; } td.list { text-align: left; font-size: 11pt; }
p { text-indent: 1cm; margin: 6pt 0; }
sup { font-size: 8pt; } .notes { border-top: 1px solid; font-size: 10pt; } .figures td, .figures th { border: 1px solid; }
"""


def page_3812() -> str:
    """Letter 3812 as a page, its footnote at the foot of the first sheet amid what goes on overleaf."""
    blocks = [escape(block) for block in re.split(r"\n\s*\n", plain_3812())]
    begin = next(place for place, block in enumerate(blocks) if block.startswith("Kính gửi"))
    end = next(place for place, block in enumerate(blocks) if block.startswith("Nơi nhận"))
    note = next(place for place, block in enumerate(blocks) if block.startswith("¹"))
    body = "".join(f"<p>{line}</p>" for block in blocks[begin:note] for line in block.splitlines())
    rest = "".join(f"<p>{line}</p>" for block in blocks[note + 1 : end] for line in block.splitlines())
    head, foot = columns(blocks[:3], blocks[3:begin]), columns(blocks[end:-2], blocks[-2:], look="list")
    notes = f'<div class="notes"><p>{blocks[note]}</p></div>'
    text = f"{head}{body}{notes}<div style='break-before: page'>{rest}</div>{foot}"
    return re.sub("¹", "<sup>1</sup>", text)


def page_of_figures() -> str:
    """An annex of figures under a short letter, as ``phu-luc-bang``."""
    text = letter("phu-luc-bang")
    running, _blank, table = text.rpartition("\n\n")
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell.strip())}</td>' for cell in row.split('|'))}</tr>" for row in table.splitlines()
    )
    body = "".join(f"<p>{escape(block)}</p>" for block in running.splitlines() if block)
    return f'{body}<table class="figures">{rows}</table>'


def columns(left: list[str], right: list[str], look: str = "") -> str:
    """Two columns; ``look``: the class of the left one."""
    first, second = ("<br>".join(line for block in blocks for line in block.splitlines()) for blocks in (left, right))
    return f'<table><tr><td class="{look}">{first}</td><td>{second}</td></tr></table>'


def main() -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only to print the files anew

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, content in (("cong-van-3812", page_3812()), ("phu-luc-bang", page_of_figures())):
            page = browser.new_page()
            page.set_content(f"<!doctype html><html lang=vi><meta charset=utf-8><style>{STYLE}</style>{content}")
            margin = {"top": "20mm", "bottom": "20mm", "left": "30mm", "right": "20mm"}
            page.pdf(path=FOLDER / f"{name}.pdf", format="A4", margin=margin)  # type: ignore[arg-type]  # a dict of lengths
        browser.close()


if __name__ == "__main__":
    main()
