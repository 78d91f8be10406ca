"""Workbooks put together part by part, so that the same rows are always the same bytes, and nothing tidies up what is wrong."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from typing import TypeAlias

Value: TypeAlias = "str | int | float | date | Raw | None"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001  # spreadsheets know no zone


@dataclass(frozen=True)
class Raw:
    """A cell as the part has it; ``{place}`` stands for its place."""

    xml: str


@dataclass
class Sheet:
    rows: Sequence[Sequence[Value]]
    name: str = "Danh sách"
    state: str = "visible"
    hidden_rows: frozenset[int] = frozenset()  # from 1
    after: str = ""  # what follows the data: merged cells
    tags: Mapping[str, str] = field(default_factory=dict)  # texts to be put in the place of others


def workbook(*sheets: Sheet, year_1904: bool = False, extra: Mapping[str, bytes] | None = None, doctype: str = "") -> bytes:
    listed = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{number}" state="{sheet.state}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    styled = f'<Relationship Id="rId99" Type="{OFFICE}/styles" Target="styles.xml"/>'
    parts = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _relations(f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><workbookPr date1904="{int(year_1904)}"/>'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(related + styled),
        "xl/styles.xml": f'<styleSheet {MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    for number, sheet in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = doctype + _sheet(sheet, EPOCHS[year_1904])
    return zipped({name: part.encode() for name, part in parts.items()} | dict(extra or {}))


def zipped(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2022, 11, 7, 17, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _types(sheets: int) -> str:
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    listed = {"workbook": "sheet.main", "styles": "styles"} | {f"worksheets/sheet{n}": "worksheet" for n in range(1, sheets + 1)}
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{kinds}.{kind}+xml"/>' for part, kind in listed.items()
    )
    usual = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{PACKAGE}/content-types">{usual}{overrides}</Types>'


def _relations(listed: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def _sheet(sheet: Sheet, epoch: datetime) -> str:
    rows = "".join(_row(number, row, epoch, hidden=number in sheet.hidden_rows) for number, row in enumerate(sheet.rows, start=1))
    text = f"<worksheet {MAIN}><sheetData>{rows}</sheetData>{sheet.after}</worksheet>"
    for old, new in sheet.tags.items():
        text = text.replace(old, new)
    return text


def _row(number: int, row: Iterable[Value], epoch: datetime, *, hidden: bool) -> str:
    cells = "".join(_cell(f"{column_name(place)}{number}", value, epoch) for place, value in enumerate(row) if value is not None)
    shown = ' hidden="1"' if hidden else ""
    return f'<row r="{number}"{shown}>{cells}</row>'


def column_name(place: int) -> str:
    return chr(ord("A") + place) if place < 26 else f"A{chr(ord('A') + place - 26)}"


def _cell(place: str, value: Value, epoch: datetime) -> str:
    match value:
        case Raw(xml):
            return xml.replace("{place}", place)
        case datetime():
            return f'<c r="{place}" s="1"><v>{(value - epoch).total_seconds() / 86400:.6f}</v></c>'
        case date():
            return f'<c r="{place}" s="1"><v>{(datetime.combine(value, datetime.min.time()) - epoch).days}</v></c>'
        case int() | float():
            return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'
