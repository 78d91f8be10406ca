"""Files of letters as text: Word files as offices write them, PDFs with a text layer; broken and hostile files are refused."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter

from directives import documents, wordfiles
from directives.documents import DocumentError, letter_text, plain_text
from tests.factories import letters

LETTER = letters.letter("giam-phan-tram")


def refused(data: bytes) -> str:
    with pytest.raises(DocumentError) as refusal:
        letter_text(data)
    return str(refusal.value)


# Text files.


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_file_in_unicode_is_read(encoding: str) -> None:
    assert letter_text(LETTER.encode(encoding)) == plain_text(LETTER)


def test_a_text_file_in_an_old_encoding_is_refused() -> None:
    assert "Unicode" in refused("Công văn số 1".encode("cp1258", errors="replace"))


def test_neither_an_image_nor_an_old_word_file_is_text() -> None:
    assert "không phải văn bản" in refused(b"GIF89a\x00\x00\x00")
    assert ".doc" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)


@pytest.mark.parametrize("text", ["", "  \n\t\n", "\u200b\ufeff"])
def test_a_text_without_a_letter_in_it_is_refused(text: str) -> None:
    assert "Không có chữ nào" in refused(text.encode())


def test_a_text_longer_than_any_letter_is_refused() -> None:
    most = documents.MAX_CHARACTERS
    assert len(plain_text("ư" * most)) == most
    assert "100.000 ký tự" in refused("ư".encode() * (most + 1))


def test_a_text_in_the_encoding_of_an_old_font_is_refused() -> None:
    """TCVN3: "ỦY BAN NHÂN DÂN TỈNH KON TUM" comes out as other letters; a few words alone prove nothing."""
    words = "ñy ban nh©n d©n tØnh Kon Tum yªu cÇu c¸c huyÖn gi¶i quyÕt døt ®iÓm hå s¬ qu¸ h¹n. "
    assert plain_text(words) == words.rstrip()
    assert "TCVN3" in refused((words * 4).encode())


def test_a_file_larger_than_any_letter_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_BYTES", 10)
    assert letter_text(b"a" * 10) == "a" * 10
    assert "10 MB" in refused(b"a" * 11)


# Word files.


def test_a_head_laid_out_as_a_table_is_read_column_by_column() -> None:
    assert letter_text(letters.word_3812()).startswith(
        "ỦY BAN NHÂN DÂN\nTỈNH KON TUM\n\nSố: 3812 /UBND-TTHCC\n\nV/v triển khai thực hiện ý kiến\n\n"
        "chỉ đạo của Thường trực Tỉnh ủy\n\ntại Công văn số 3573-CV/VPTU\n\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nKon Tum, ngày 10 tháng 11 năm 2022\n\nKính gửi:"
    )


def test_numbers_and_dashes_set_by_word_are_written_out() -> None:
    document = docx.Document()
    lists = letters.numbering(document)
    for line in ("1. Sở Nội vụ:", "- Rà soát", "- Báo cáo", "1. Sở Y tế", "Không số"):
        letters.paragraph(document, line, lists)
    assert letter_text(letters.saved(document)).split("\n\n") == [
        "1. Sở Nội vụ:",
        "- Rà soát",
        "- Báo cáo",
        "2. Sở Y tế",
        "Không số",
    ]


def test_levels_letters_and_roman_numbers_and_lists_set_by_a_style() -> None:
    document = docx.Document()
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (kind, text) in enumerate(
            (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("decimal", "%2.%4"), ("bullet", "+"))
        )
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    number = root.add_num(77).numId
    style = document.styles.add_style("Diem", 1)
    style.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{number}"/></w:numPr>'))
    derived = document.styles.add_style("Diem con", 1)
    derived.base_style = style
    for level, text in ((0, "A"), (1, "B"), (2, "C"), (2, "D"), (3, "E"), (1, "F"), (4, "G"), (2, "H"), (0, "I")):
        paragraph = document.add_paragraph(text, style=("Diem con" if level == 0 else None))
        if level:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = level
            properties.get_or_add_numId().val = number
    assert letter_text(letters.saved(document)).split("\n\n") == [
        "I. A",
        "1. B",
        "a) C",
        "b) D",
        "1.1 E",
        "2. F",
        "+ G",
        "a) H",
        "II. I",
    ]


def test_footnotes_are_marked_and_come_last() -> None:
    text = letter_text(letters.word_3812())
    assert "của tỉnh¹.\n\n- Tăng cường" in text
    assert text.split("\n\n")[-1].startswith("¹ Đến ngày 07/11/2022")


def test_raised_figures_are_marks_and_other_raised_letters_are_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Đơn vị")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" số 2 và m")
    paragraph.add_run("a").font.superscript = True
    assert letter_text(letters.saved(document)) == "Đơn vị² số 2 và ma"


def test_a_table_of_figures_keeps_its_columns_in_line() -> None:
    document = docx.Document()
    table = document.add_table(rows=4, cols=4)
    rows = (("STT", "Đơn vị", "Số hồ sơ", ""), ("", "", "Cũ", "Mới"), ("1", "UBND huyện\nĐăk Tô", "331", "271"), ("", "", "", ""))
    for cells, texts in zip((row.cells for row in table.rows), rows, strict=True):
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text
    table.cell(0, 2).merge(table.cell(0, 3))
    table.cell(0, 1).merge(table.cell(1, 1))
    assert letter_text(letters.saved(document)) == (
        "STT | Đơn vị | Số hồ sơ |\n |  | Cũ | Mới\n1 | UBND huyện Đăk Tô | 331 | 271".replace("\n |  |", "\n|  |").replace(
            "\n|", "\n |"
        )
    )


def test_what_nobody_sees_is_left_out_and_what_was_added_is_read() -> None:
    """Tracked changes, codes of fields, a text box with the old form of the same box beside it."""
    document = docx.Document()
    paragraph = document.add_paragraph("Trước ngày ")
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>30/11/2022</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>31/12/2022</w:delText><w:t>xoá</w:t></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:moveFrom {nsdecls('w')}><w:r><w:t>chuyển đi</w:t></w:r></w:moveFrom>"))
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:instrText>PAGE</w:instrText><w:noBreakHyphen/><w:t>xong</w:t></w:r>"))
    box = f"<w:txbxContent {nsdecls('w')}><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent>"
    alternate = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    run = OxmlElement("w:r")
    run.append(parse_xml(alternate))
    paragraph._p.append(run)
    assert letter_text(letters.saved(document)) == "Trước ngày 30/11/2022-xong\n\nHỎA TỐC"


def test_text_inside_a_content_control_is_read() -> None:
    document = docx.Document()
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Số: 12/UBND-TTHCC</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(control))
    assert letter_text(letters.saved(document)) == "Số: 12/UBND-TTHCC"


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    """The docx with one of its parts replaced."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return file.getvalue()


def test_broken_word_files_are_refused() -> None:
    whole = letters.word_3812()
    assert "tệp hỏng" in refused(whole[: len(whole) // 2])
    assert "tệp hỏng" in refused(repacked(whole, "word/document.xml", b"<w:document"))
    assert "tệp hỏng" in refused(repacked(whole, "[Content_Types].xml", b""))
    assert "tệp hỏng" in refused(repacked(whole, "word/numbering.xml", b"<a"))
    archive = BytesIO()
    with ZipFile(archive, "w") as parts:
        parts.writestr("bai-tho.txt", "khong phai Word")
    assert "tệp hỏng" in refused(archive.getvalue())


def test_a_word_file_that_unpacks_without_end_is_refused_before_it_is_read() -> None:
    whole = letters.word_3812()
    bomb = repacked(whole, "word/document.xml", b" " * (wordfiles.MAX_UNPACKED + 1))
    assert len(bomb) < 200_000
    assert "quá lớn" in refused(bomb)
    crowd = BytesIO(whole)
    with ZipFile(crowd, "a") as parts:
        for number in range(wordfiles.MAX_PARTS):
            parts.writestr(f"x/{number}", "")
    assert "quá lớn" in refused(crowd.getvalue())


def with_entities(entities: str, text: str) -> bytes:
    document = (
        f'<?xml version="1.0"?><!DOCTYPE d [{entities}]>'
        f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    )
    return repacked(letters.word_3812(), "word/document.xml", document.encode())


def test_a_word_file_cannot_make_the_server_read_its_own_files() -> None:
    hostile = with_entities('<!ENTITY x SYSTEM "file:///etc/passwd">', "Số: 1/A-B &x;")
    assert letter_text(hostile) == "Số: 1/A-B"


def test_a_word_file_that_grows_while_it_is_read_is_refused() -> None:
    laughs = "".join(f'<!ENTITY l{depth} "{f"&l{depth - 1};" * 10}">' for depth in range(1, 10))
    hostile = with_entities(f'<!ENTITY l0 "ha">{laughs}', "&l9;")
    assert "tệp hỏng" in refused(hostile)


# PDF files.


def test_footnotes_of_a_pdf_come_last_and_page_numbers_go() -> None:
    text = letter_text(letters.pdf("cong-van-3812"))
    assert "tỉnh¹.\n- Tăng cường" in text
    assert re.search(r"quốc gia\.\n+2\. Văn phòng", text)
    assert text.endswith("hệ thống mới còn 271 hồ sơ.")


def test_a_pdf_of_pictures_says_that_it_has_no_text() -> None:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    assert "ảnh quét" in refused(written(writer))


def test_a_pdf_with_a_password_is_refused() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(letters.pdf("cong-van-3812"))))
    writer.encrypt("bi-mat", algorithm="RC4-128")
    assert "mật khẩu" in refused(written(writer))


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(letters.pdf("cong-van-3812"))))
    writer.encrypt("", owner_password="chu", algorithm="RC4-128")
    assert "3812" in letter_text(written(writer))


def test_a_pdf_with_too_many_pages_is_refused() -> None:
    writer = PdfWriter()
    for _page in range(documents.MAX_PAGES + 1):
        writer.add_blank_page(width=595, height=842)
    assert "hơn 60 trang" in refused(written(writer))


@pytest.mark.parametrize("size", [20, 400, 5000, 15000])
def test_a_torn_pdf_is_refused(size: int) -> None:
    assert refused(letters.pdf("cong-van-3812")[:size]) != ""


def written(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()
