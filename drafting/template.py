"""The built-in template of a letter, laid out by Nghị định 30/2020/NĐ-CP, appendix I (law.md §7), with a real footnote.

The words of the letter are Vietnamese whatever language the screen speaks: they are the document's, not the page's.
"""

from collections.abc import Sequence
from functools import cache

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from ui.wordfile import BORDERS, content, document_new

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# What a template may ask for, with what it stands for.
VARIABLES: dict[str, str] = {
    "trich_yeu": "trích yếu, sau V/v",
    "thang": "tháng của ngày soạn, hai chữ số",
    "nam": "năm của ngày soạn",
    "kinh_gui": "danh sách nơi nhận ở phần Kính gửi",
    "can_cu": "các văn bản được dẫn, có số và ngày",
    "ngay_so_lieu": "ngày của số liệu, như 07/11/2022",
    "han": "hạn giải quyết, như 25/11/2022",
    "tu_ngay": "ngày đầu của Phụ lục I",
    "don_vi": "danh sách đơn vị: ten, he_thong_cu, he_thong_moi, tong",
    "tong": "tổng số hồ sơ quá hạn của các đơn vị được nêu",
    "phu_luc_1": "danh sách hồ sơ đã giải quyết chậm: tt, don_vi, ma, thu_tuc, tiep_nhan, han, xong, so_ngay",
    "phu_luc_2": "danh sách hồ sơ đang chậm: tt, don_vi, ma, he_thong, thu_tuc, tiep_nhan, han, so_ngay",
    "ma_so_lieu": "mã số liệu, để đối chiếu với hệ thống",
}
NOTE = (
    "Đến 24:00 ngày {{ ngay_so_lieu }}, số hồ sơ đang giải quyết nhưng đã quá hạn: {% for dv in don_vi %}{{ dv.ten }} trên hệ"
    " thống cũ có {{ dv.he_thong_cu }} hồ sơ, hệ thống mới có {{ dv.he_thong_moi }} hồ sơ"
    "{% if not loop.last %}; {% endif %}{% endfor %}."
)
ORDERS = (
    "1. Thủ trưởng các đơn vị nêu tại Phụ lục II:",
    "- Giải quyết dứt điểm các hồ sơ đang chậm tại Phụ lục II trước ngày {{ han }}; gửi phiếu xin lỗi và hẹn lại ngày trả kết quả"
    " đối với từng hồ sơ theo quy định.",
    "- Giải trình nguyên nhân từng hồ sơ trên hệ thống theo dõi; không để phát sinh hồ sơ quá hạn mới.",
    "- Nghiêm cấm can thiệp trái phép vào Hệ thống thông tin giải quyết thủ tục hành chính tỉnh, làm sai lệch dữ liệu hồ sơ.",
    "2. Văn phòng Ủy ban nhân dân tỉnh theo dõi, đôn đốc; phối hợp Sở Nội vụ tham mưu xem xét trách nhiệm của tập thể, cá nhân"
    " liên quan trong việc giải quyết thủ tục hành chính chậm, trễ hạn nhiều lần.",
)
COPIES = ("Như trên;", "Chủ tịch, các Phó Chủ tịch UBND tỉnh;", "Văn phòng UBND tỉnh;", "Lưu: VT, TTHCC.")
_UNIT, _CODE, _WHAT = ("Đơn vị", "don_vi", 42), ("Mã hồ sơ", "ma", 46), ("Thủ tục", "thu_tuc", 76)
_IN, _DUE = ("Tiếp nhận", "tiep_nhan", 22), ("Hạn", "han", 22)
# Heading, variable, width in mm.
DONE = (("TT", "tt", 10), _UNIT, _CODE, _WHAT, _IN, _DUE, ("Xong", "xong", 22), ("Ngày LV chậm", "so_ngay", 16))
LATE = (("TT", "tt", 10), _UNIT, _CODE, ("Hệ thống", "he_thong", 22), _WHAT, _IN, _DUE, ("Ngày LV quá hạn", "so_ngay", 16))


@cache
def built_in() -> bytes:
    made = document_new()
    _head(made)
    _body(made)
    _foot(made)
    _annex(made, "PHỤ LỤC I", "Hồ sơ đã giải quyết chậm từ ngày {{ tu_ngay }} đến ngày {{ ngay_so_lieu }}", "phu_luc_1", DONE)
    _annex(made, "PHỤ LỤC II", "Hồ sơ đang chậm, tính đến 24:00 ngày {{ ngay_so_lieu }}", "phu_luc_2", LATE)
    _add_footnote_part(made)
    return content(made)


def _head(made: Document) -> None:
    left, right = _columns(made, 65, 103)
    _line(left, "ỦY BAN NHÂN DÂN", size=13, bold=True)
    _ruled(_line(left, "TỈNH KON TUM", size=13, bold=True), 9)
    _line(left, "Số:          /UBND-TTHCC", size=13)
    _line(left, "V/v {{ trich_yeu }}", size=12)
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
    _ruled(_line(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True), 14)
    _line(right, "Kon Tum, ngày      tháng {{ thang }} năm {{ nam }}", size=13, italic=True)


def _body(made: Document) -> None:
    _text(made, "")
    _text(made, "Kính gửi:", side=WD_ALIGN_PARAGRAPH.CENTER)
    _text(made, "{%p for noi in kinh_gui %}")
    _text(made, "- {{ noi }}{% if loop.last %}.{% else %};{% endif %}", indent=60)
    _text(made, "{%p endfor %}")
    paragraph = _text(
        made,
        "Thực hiện {{ can_cu }}; qua theo dõi trên Hệ thống thông tin giải quyết thủ tục hành chính tỉnh, đến 24:00 ngày"
        " {{ ngay_so_lieu }} một số đơn vị còn {{ tong }} hồ sơ quá hạn chưa giải quyết",
        first=12.7,
    )
    _refer(paragraph)
    paragraph.add_run(". Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:")
    for order in ORDERS:
        _text(made, order, first=12.7)
    _text(made, "Yêu cầu các cơ quan, đơn vị, địa phương nghiêm túc triển khai thực hiện./.", first=12.7)


def _foot(made: Document) -> None:
    left, right = _columns(made, 85, 80)
    _line(left, "Nơi nhận:", size=12, bold=True, italic=True, side=WD_ALIGN_PARAGRAPH.LEFT)
    for copy in COPIES:
        _line(left, f"- {copy}", size=11, side=WD_ALIGN_PARAGRAPH.LEFT)
    _line(right, "CHỦ TỊCH", size=14, bold=True)
    for _empty in range(4):
        _line(right, "", size=14)
    _line(right, "(Họ và tên)", size=14, bold=True)


def _annex(made: Document, name: str, title: str, rows: str, columns: Sequence[tuple[str, str, int]]) -> None:
    """A section of its own, sideways, its data code below each page."""
    section = made.add_section(WD_SECTION.NEW_PAGE)
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.different_first_page_header_footer = False
    section.left_margin = Mm(20)
    section.footer.is_linked_to_previous = False
    section.footer.paragraphs[0].text = "{{ ma_so_lieu }}"
    section.footer.paragraphs[0].runs[0].font.size = Pt(9)
    _text(made, name, side=WD_ALIGN_PARAGRAPH.CENTER).runs[0].bold = True
    _text(made, title, side=WD_ALIGN_PARAGRAPH.CENTER).runs[0].bold = True
    _text(made, "(Kèm theo Công văn số          /UBND-TTHCC)", side=WD_ALIGN_PARAGRAPH.CENTER).runs[0].italic = True
    table = _table(made, 4, [width for _heading, _field, width in columns])
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{BORDERS}</w:tblBorders>")
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)
    head, begin, line, end = table.rows
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    begin.cells[0].text, end.cells[0].text = f"{{%tr for dong in {rows} %}}", "{%tr endfor %}"
    for place, (heading, field, _width) in enumerate(columns):
        _line(head.cells[place], heading, size=10, bold=True)
        _line(line.cells[place], f"{{{{ dong.{field} }}}}", size=10, side=WD_ALIGN_PARAGRAPH.LEFT)


def _columns(made: Document, *widths: int) -> Sequence[_Cell]:
    """Side by side without lines, in mm."""
    table = _table(made, 1, widths)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cells: Sequence[_Cell] = table.rows[0].cells
    return cells


def _table(made: Document, rows: int, widths: Sequence[int]) -> Table:
    table: Table = made.add_table(rows, len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _line(
    cell: _Cell,
    text: str,
    *,
    size: int,
    bold: bool = False,
    italic: bool = False,
    side: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.CENTER,
) -> Paragraph:
    """The next line of a cell; an empty cell begins with one."""
    first = cell.paragraphs[0]
    line: Paragraph = first if not cell.text and len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()
    run = line.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    line.alignment, line.paragraph_format.space_after = side, Pt(0)
    return line


def _ruled(line: Paragraph, inset: int) -> None:
    """A line below, shorter than the cell by so many mm on each side."""
    border = parse_xml(f"<w:pBdr {nsdecls('w')}><w:bottom w:val='single' w:sz='6' w:space='1' w:color='000000'/></w:pBdr>")
    line._p.get_or_add_pPr().append(border)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(inset)
    line.paragraph_format.space_after = Pt(4)


def _text(
    made: Document,
    text: str,
    *,
    side: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
    first: float = 0,
    indent: float = 0,
) -> Paragraph:
    paragraph = made.add_paragraph(text)
    paragraph.alignment = side
    paragraph.paragraph_format.first_line_indent, paragraph.paragraph_format.left_indent = Mm(first), Mm(indent)
    for run in paragraph.runs:
        run.font.size = Pt(14)
    return paragraph


def _refer(paragraph: Paragraph) -> None:
    """The mark of footnote 1."""
    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "1")
    run._r.append(reference)


def _add_footnote_part(made: Document) -> None:
    """python-docx has no footnotes of its own: the part is written and joined to the document here."""
    size = "<w:rPr><w:sz w:val='20'/></w:rPr>"
    raised = "<w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
    xml = (
        f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?><w:footnotes {nsdecls('w')}>"
        "<w:footnote w:type='separator' w:id='-1'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
        "<w:footnote w:type='continuationSeparator' w:id='0'><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
        f"<w:footnote w:id='1'><w:p><w:pPr><w:jc w:val='both'/></w:pPr><w:r>{raised}<w:footnoteRef/></w:r>"
        f"<w:r>{size}<w:t xml:space='preserve'> {NOTE}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, xml.encode(), made.part.package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
