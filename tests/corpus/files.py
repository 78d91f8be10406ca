"""The files of design/import-corpus.md, one or more for each of its fifty kinds; ``python -m tests.corpus.files`` writes them.

What is too large to be kept in the repository is made by tests/corpus/test_corpus.py when it runs.
"""

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from tests.corpus.sheets import Raw, Sheet, Value, workbook, zipped
from tests.factories.rows import HEADER, row

FOLDER = Path(__file__).resolve().parents[1] / "data" / "intake"
TITLES: tuple[list[str], ...] = (
    ["UBND TỈNH KON TUM", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["SỔ THEO DÕI HỒ SƠ"],
    ["Đến ngày 07/11/2022"],
    [],
    [],
)
# One-byte fonts of before Unicode, as windows-1252 shows them.
_TCVN3 = dict(
    zip(
        "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ",
        "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\xadøõö÷ùýúûüþ¡¢§£¤¥¦",
        strict=True,
    )
)
_VNI_MARKS = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_CIRCUMFLEX = {"\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä", "": "â"}
_VNI_BREVE = {"\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë", "": "ê"}
_VNI_I = {"\u0301": "í", "\u0300": "ì", "\u0309": "æ", "\u0303": "ó", "\u0323": "ò"}


def tcvn3(text: str) -> str:
    return "".join(_TCVN3.get(letter, letter) for letter in text)


def vni(text: str) -> str:
    return "".join(map(_vni_letter, unicodedata.normalize("NFC", text)))


def _vni_letter(letter: str) -> str:
    if letter in "đĐ":
        return "ñ" if letter == "đ" else "Ñ"
    base, *marks = list(unicodedata.normalize("NFD", letter))
    tone = next((mark for mark in marks if mark in _VNI_MARKS), "")
    if "\u0302" in marks:
        return base + _VNI_CIRCUMFLEX[tone]
    if "\u0306" in marks:
        return base + _VNI_BREVE[tone]
    if "\u031b" in marks:
        base = {"o": "ô", "u": "ö", "O": "Ô", "U": "Ö"}[base]
    if base in "iI" and tone:
        return _VNI_I[tone] if base == "i" else _VNI_I[tone].upper()
    if base in "yY" and tone == "\u0323":
        return "î"
    return base + (_VNI_MARKS[tone] if tone else "")


def windows_1258(text: str) -> bytes:
    """Vowels with their own mark are letters there, tones are characters behind them."""
    found = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tone = next((part for part in parts if part in _VNI_MARKS), "")
        found.append(unicodedata.normalize("NFC", parts.replace(tone, "")) + tone if tone else letter)
    return "".join(found).encode("cp1258")


def mojibake(text: str) -> str:
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


def table(rows: Iterable[Mapping[str, object]], header: Sequence[str] = HEADER, titles: Iterable[Sequence[str]] = ()) -> str:
    return parted(",", rows, header, titles)


def parted(
    separator: str, rows: Iterable[Mapping[str, object]], header: Sequence[str] = HEADER, titles: Iterable[Sequence[str]] = ()
) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator)
    writer.writerows(titles)
    writer.writerow(header)
    writer.writerows([values.get(name, "") for name in header] for values in rows)
    return text.getvalue()


def listed(rows: Iterable[Mapping[str, Value]], header: Sequence[str] = HEADER) -> list[list[Value]]:
    return [list(header), *([values.get(name) for name in header] for values in rows)]


def book(*rows: Mapping[str, Value]) -> bytes:
    return workbook(Sheet(listed(rows)))


def dated(*days: str | date, column: str = "received") -> list[dict[str, Value]]:
    return [row(number, **{"code": f"HS-{number:04}", column: day, "due": ""}) for number, day in enumerate(days, start=1)]


def with_columns(header: Sequence[str], rows: Sequence[Mapping[str, object]]) -> bytes:
    return table(rows, header).encode()


NAMED = {"Mã hồ sơ": "000.00.16.H34-221024-0001", "Đơn vị xử lý": "UBND huyện Đăk Tô", "Ngày tiếp nhận": "24/10/2022"}
FEW = ("Mã hồ sơ", "Đơn vị xử lý", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái")
ERROR = Raw('<c r="{place}" t="e"><v>#N/A</v></c>')
BROKEN = Raw('<c r="{place}" t="e"><f>B99</f><v>#REF!</v></c>')
UNVALUED = Raw('<c r="{place}"><f>A1</f></c>')
SHOWN = Raw('<c r="{place}" t="str"><f>"Đang"&amp;" xử lý"</f><v>Đang xử lý</v></c>')
DOCTYPE = '<!DOCTYPE w [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE w [" + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10)) + "]>"
SECOND = {"Mã hồ sơ": "Tổng cộng: 2 hồ sơ"}
THIRTY = ("Ngày 07 tháng 11 năm 2022", "Người lập biểu")


def files() -> dict[str, bytes]:
    """By name: the number of its kind, then what it is."""
    usual = [row(1), row(2)]
    text = table(usual)
    whole = book(*usual)
    two_rows: list[list[Value]] = [
        ["TT", "Mã hồ sơ", "Đơn vị xử lý", "Ngày", None, "Trạng thái"],
        [None, None, None, "tiếp nhận", "hẹn trả", None],
        [1, "HS-0001", "UBND huyện Đăk Tô", "24/10/2022", "31/10/2022", "Đang xử lý"],
    ]
    swapped = dated("25/10/2022", "26/10/2022", date(2022, 5, 10), date(2022, 6, 10))
    forms = ("2022-10-24", "24.10.22", "ngày 24 tháng 10 năm 2022", "24/10/22", "24/10/2022 16:30", "16h30 24/10", "24-10-2022")
    return {
        "01-utf8.csv": text.encode(),
        "01-utf8-bom.csv": text.encode("utf-8-sig"),
        "02-utf16-bom.csv": text.encode("utf-16"),
        "02-utf16-no-bom.csv": text.encode("utf-16-le"),
        "03-windows-1258.csv": windows_1258(text),
        "04-tcvn3.xlsx": book(*(row(n, agency=tcvn3("UBND huyện Đăk Tô"), applicant=tcvn3("Nguyễn Văn Mẫu")) for n in (1, 2))),
        "04-tcvn3-8bit.csv": tcvn3(text).encode("cp1252"),
        "05-vni.xlsx": book(*(row(n, agency=vni("UBND huyện Đăk Tô"), applicant=vni("Nguyễn Văn Mẫu")) for n in (1, 2))),
        "06-mixed.xlsx": book(row(1, agency=tcvn3("UBND huyện Đăk Tô")), row(2, applicant="Trần Thị Mẫu")),
        "06-undecided.xlsx": book(row(1, applicant="lî lî"), row(2)),
        "07-mojibake.csv": table([row(1, agency=mojibake("UBND huyện Đăk Tô")), row(2)]).encode(),
        "08-nfd.csv": unicodedata.normalize("NFD", text).encode(),
        "09-eth.csv": table([row(1, agency="UBND huyện Ðăk Tô"), row(2)]).encode(),
        "09-cyrillic-code.csv": table([row(1, code="000.00.16.\u041d34-221024-0001"), row(2)]).encode(),
        "09-eth-code.csv": table([row(1, code="Ð00.00.16.H34-221024-0001"), row(2)]).encode(),
        "10-invisible.csv": table([row(1, agency="\u00a0UBND\u200b huyện  Đăk Tô "), row(2, status="Đang\u00ad xử lý")]).encode(),
        "11-tones.csv": table([row(1, agency="UBND huyện Dak To"), row(2, agency="UBND Huyện Đắk Tô")]).encode(),
        "11-unknown-unit.csv": table([row(1, agency="Đắc Tộ"), row(2)]).encode(),
        "12-semicolon.csv": parted(";", usual).encode(),
        "12-tab.txt": parted("\t", usual).encode(),
        "12-bar.csv": parted("|", usual).encode(),
        "13-quotes.csv": table([row(1, note='một "hai"\nba'), row(2)]).encode(),
        "13-open-quote.csv": (text + '3,"chưa khép\r\n').encode(),
        "14-titles.csv": table(usual, titles=TITLES).encode(),
        "15-two-row-header.xlsx": workbook(Sheet(two_rows, after='<mergeCells count="1"><mergeCell ref="D1:E1"/></mergeCells>')),
        "16-synonyms.csv": with_columns(
            ("MÃ HỒ\nSƠ", "Cơ quan giải quyết", "ngày nhận", "HẠN XỬ LÝ", "Tình trạng", "Mã vạch"),
            [dict(zip(("MÃ HỒ\nSƠ", "Cơ quan giải quyết", "ngày nhận", "HẠN XỬ LÝ", "Tình trạng", "Mã vạch"),
                      ("HS-0001", "UBND huyện Đăk Tô", "24/10/2022", "31/10/2022", "4", "x"), strict=True))],
        ),
        "17-missing-column.csv": with_columns([name for name in FEW if name != "Ngày hẹn trả"] + ["Ghi chú"], [row(1)]),
        "18-column-twice.csv": with_columns((*FEW, "Hạn xử lý"), [row(1)]),
        "19-totals-signature.csv": table([row(1), row(2), SECOND, {"Đơn vị xử lý": THIRTY[0]}, {"Đơn vị xử lý": THIRTY[1]}]).encode(),
        "20-blank-rows.csv": table([row(1), {}, {}, row(2)]).encode(),
        "21-sections.csv": with_columns(FEW, [{"Mã hồ sơ": "I. Lĩnh vực đất đai"}, row(1), {"Mã hồ sơ": "II. Lĩnh vực hộ tịch"}, row(2)]),
        "22-day-first.csv": table(dated("24/10/2022", "25/10/2022 08:15")).encode(),
        "23-month-first.csv": table(dated("10/24/2022", "10/03/2022")).encode(),
        "23-month-slip.csv": table(dated("13/25/2022", "24/10/2022", "25/10/2022")).encode(),
        "24-either-way.csv": table(dated("12/01/2022", "12/02/2022", "12/03/2022", "12/04/2022", "12/05/2022")).encode(),
        "25-excel-swapped.xlsx": book(*swapped),
        "26-serials.xlsx": book(*dated(*(Raw(f'<c r="{{place}}"><v>{n}</v></c>') for n in ("44868", "44868.75")))),  # type: ignore[arg-type]
        "27-1904.xlsx": workbook(Sheet(listed(dated(date(2022, 10, 24)))), year_1904=True),
        "28-ways-of-dates.csv": table(dated(*forms)).encode(),
        "29-no-dates.csv": table(dated("31/02/2022", "00/00/0000", "24/10/2202", "1900-01-00", "24/10/2022")).encode(),
        "30-order.csv": table([row(1, due="20/10/2022"), row(2, status="9", finished="20/10/2022"), row(3, received="09/11/2022")]).encode(),
        "31-same-twice.csv": table([row(1), row(1), row(2)]).encode(),
        "32-two-tales.csv": table([row(1), row(1, due="30/11/2022"), row(2)]).encode(),
        "33-code-number.xlsx": book(row(1, code=100020000000000), row(2, code="1.0002E+14"), row(3)),
        "34-numbers-as-text.csv": table([{**row(1), "STT": "1.234"}, {**row(2), "STT": "1,234"}]).encode(),
        "35-formula.xlsx": book(row(1, status=SHOWN), row(2)),
        "36-errors.xlsx": book(row(1, due=ERROR), row(2, agency=BROKEN), row(3, received=UNVALUED), row(4)),
        "37-formula-text.csv": table([row(1, note="=1+1"), row(2, applicant="@SUM(A1)"), row(3, note="-5"), row(4, note="+84")]).encode(),
        "38-hidden.xlsx": workbook(
            Sheet(listed(usual), hidden_rows=frozenset({2})), Sheet(listed([row(3)]), name="Ẩn", state="hidden")
        ),
        "39-sheets-alike.xlsx": workbook(Sheet(listed([row(1)]), "Đăk Tô"), Sheet(listed([row(2)]), "Kon Tum")),
        "39-sheets-unlike.xlsx": workbook(Sheet(listed([row(1)]), "Đăk Tô"), Sheet(listed([row(2)], FEW), "Kon Tum")),
        "40-too-long.csv": table(row(n) for n in range(1, 13)).encode(),
        "41-cut-short.xlsx": whole[:-200],
        "41-empty.csv": b"",
        "41-web-page.xls": b"<html><body><table><tr><td>x</td></tr></table></body></html>",
        "41-csv.xlsx": text.encode(),
        "41-biff.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
        "41-open-document.ods": zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}),
        "41-word.docx": zipped({"word/document.xml": b"<w/>"}),
        "42-password.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"),
        "43-bomb.xlsx": workbook(Sheet(listed(usual)), extra={"xl/media/image1.bin": bytes(30_000_000)}),
        "43-nested.xlsx": workbook(Sheet(listed(usual)), extra={"xl/inner.zip": zipped({"a": b"a"})}),
        "43-many-parts.xlsx": zipped({"xl/workbook.xml": b"<x/>"} | {f"xl/{n}.xml": b"" for n in range(1_100)}),
        "43-external-entity.xlsx": workbook(Sheet(listed(usual)), doctype=DOCTYPE),
        "43-laughs.xlsx": workbook(Sheet(listed(usual)), doctype=LAUGHS),
        "43-outside.xlsx": workbook(Sheet(listed(usual)), extra={"../../evil.xml": b"<x/>"}),
        "43-macros.xlsm": workbook(Sheet(listed(usual)), extra={"xl/vbaProject.bin": b"macro"}),
        "44-far-cell.xlsx": workbook(Sheet(listed(usual), tags={"</sheetData>": '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'})),
        "45-again.csv": table([row(11), row(12)]).encode(),
        "46-newer.csv": table(row(n) for n in range(1, 6)).encode(),
        "46-older.csv": table(row(n, officer="Lê Văn Mẫu") for n in range(1, 7)).encode(),
        "47-yesterday.csv": table(row(n) for n in range(1, 11)).encode(),
        "47-smaller.csv": table(row(n) for n in range(1, 7)).encode(),
        "48-other-province.csv": table(
            row(n, code=f"000.00.16.H49-221024-{n:04}", agency="UBND huyện Bắc Quang") for n in range(1, 6)
        ).encode(),
        "49-emoji.csv": table([row(1, note="xong 👍"), row(2)]).encode(),
        "49-right-to-left.csv": table([row(1, applicant="An\u202egnourT"), row(2)]).encode(),
        "49-nul.json": json.dumps(
            {"service": "DongBoHoSoMC", "data": [{"MaHoSo": "HS-1", "DonViXuLy": "UBND huyện\u0000 Đăk Tô", "TrangThaiHoSo": "4",
                                                  "NgayTiepNhan": "20221024080000", "NgayHenTra": "20221031170000"}]}
        ).encode(),
        "50-cut-upload.xlsx": whole[: len(whole) * 6 // 10],
    }  # fmt: skip


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
