"""Letter 3812/UBND-TTHCC, every part of it, in every shape it may come in."""

from datetime import date

import pytest

from directives.documents import letter_text
from directives.rules.reading import read
from directives.rules.reading_found import Order, Reading
from directives.rules.reading_text import clean
from tests.directives.rules.found import figure, pieces, text, words
from tests.factories import letters

HEADS = (
    "Thủ trưởng các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh; Trưởng ban Ban Quản lý Khu kinh tế tỉnh và Chủ tịch"
    " Ủy ban nhân dân các huyện, thành phố"
)
OFFICE = "Văn phòng Ủy ban nhân dân tỉnh"
CITY = "UBND thành phố Kon Tum trên hệ thống cũ có 857 hồ sơ, hệ thống mới còn 464 hồ sơ"
DISTRICT = "UBND huyện Đăk Tô trên hệ thống cũ 331 hồ sơ, hệ thống mới còn 271 hồ sơ"
AS_OF = date(2022, 11, 7)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(letters.LETTER_3812)


def test_number_and_symbol_in_spite_of_the_stray_space(reading: Reading) -> None:
    assert text(reading.reference) == "3812/UBND-TTHCC"


def test_place_and_day(reading: Reading) -> None:
    assert text(reading.place) == "Kon Tum"
    assert reading.issued is not None
    assert reading.issued.day == date(2022, 11, 10)


def test_the_organ_of_two_lines_is_written_as_in_running_text(reading: Reading) -> None:
    assert text(reading.issuer) == "Ủy ban nhân dân tỉnh Kon Tum"
    assert reading.superior is None


def test_the_subject_over_three_lines(reading: Reading) -> None:
    assert text(reading.subject) == "triển khai thực hiện ý kiến chỉ đạo của Thường trực Tỉnh ủy tại Công văn số 3573-CV/VPTU"


def test_the_addressees(reading: Reading) -> None:
    assert [piece.text for piece in reading.addressees] == [
        "Các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh",
        "Ban Quản lý Khu kinh tế tỉnh",
        "Ủy ban nhân dân các huyện, thành phố",
    ]


def test_the_three_letters_it_cites_with_day_issuer_and_subject(reading: Reading) -> None:
    assert [(cited.kind, cited.reference, cited.issued_on, cited.issuer, len(cited.mentions)) for cited in reading.cited] == [
        ("công văn", "3573-CV/VPTU", date(2022, 11, 1), "Văn phòng Tỉnh ủy", 2),
        ("công văn", "2624/UBND-TTHCC", date(2022, 8, 12), "", 2),
        ("công văn", "3566/UBND-TTHCC", date(2022, 10, 24), "Ủy ban nhân dân tỉnh", 2),
    ]
    assert [cited.subject for cited in reading.cited] == [
        "",
        "chấn chỉnh tình trạng giải quyết thủ tục hành chính quá hạn",
        "giải quyết dứt điểm tình trạng xử lý hồ sơ quá hạn trên Hệ thống thông tin giải quyết thủ tục hành chính của tỉnh",
    ]


def test_five_orders_each_with_its_place_and_who_must_do_it(reading: Reading) -> None:
    assert [(order.point, order.item, text(order.addressee), order.inherited) for order in reading.orders] == [
        ("1", 1, HEADS, True),
        ("1", 2, HEADS, True),
        ("1", 3, HEADS, False),
        ("2", 1, OFFICE, True),
        ("2", 2, OFFICE, True),
    ]
    assert [order.words.text.split(" ", 3)[:3] for order in reading.orders] == [
        ["Tiếp", "tục", "thực"],
        ["Tăng", "cường", "kỷ"],
        ["Thủ", "trưởng", "các"],
        ["Tiếp", "tục", "thực"],
        ["Phối", "hợp", "Sở"],
    ]
    assert [order.words.text[-30:] for order in reading.orders][1] == "giải quyết thủ tục hành chính."


def test_the_partner(reading: Reading) -> None:
    assert [text(order.partner) for order in reading.orders] == ["", "", "", "", "Sở Nội vụ"]


def test_to_settle_the_overdue_dossiers_is_the_one_demand_that_figures_judge(reading: Reading) -> None:
    demands = [[(demand.kind, demand.system, demand.percent) for demand in order.demands] for order in reading.orders]
    assert demands == [[("settled", "", None)], [], [], [], []]


def test_no_term_is_made_up(reading: Reading) -> None:
    assert [order.deadlines for order in reading.orders] == [()] * 5


def test_the_closing_sentence_is_no_order(reading: Reading) -> None:
    assert text(reading.closing) == "Yêu cầu các cơ quan, đơn vị, địa phương nghiêm túc triển khai thực hiện./."


def test_the_four_figures_of_the_footnote_each_with_its_sentence(reading: Reading) -> None:
    assert [(*figure(each), each.sentence) for each in reading.figures] == [
        ("UBND thành phố Kon Tum", "old", AS_OF, 857, CITY),
        ("UBND thành phố Kon Tum", "new", AS_OF, 464, CITY),
        ("UBND huyện Đăk Tô", "old", AS_OF, 331, DISTRICT),
        ("UBND huyện Đăk Tô", "new", AS_OF, 271, DISTRICT),
    ]


def test_the_footnote_is_joined_to_its_mark(reading: Reading) -> None:
    (note,) = reading.notes
    assert note.mark == "¹"
    assert note.words.text.startswith("Đến ngày 07/11/2022, số hồ sơ đang giải quyết nhưng đã quá hạn")
    assert note.at is not None
    first = reading.orders[0]
    assert first.words.start < note.at.start < first.words.end


def test_the_recipients(reading: Reading) -> None:
    assert [piece.text for piece in reading.recipients] == [
        "Như trên (để t/hiện)",
        "Thường trực Tỉnh ủy (để b/cáo)",
        "Chủ tịch, các Phó Chủ tịch UBND tỉnh (để c/đạo)",
        "Văn phòng UBND tỉnh:",
        "Lãnh đạo Văn phòng",
        "Các phòng chuyên môn thuộc Văn phòng",
        "Tổ kiểm tra của Chủ tịch UBND tỉnh",
        "Viễn thông Kon Tum (để p/hợp)",
        "Lưu: VT, TTHCC.VTH",
    ]


def test_the_signer_signs_as_himself(reading: Reading) -> None:
    assert reading.signer is not None
    assert (text(reading.signer.name), text(reading.signer.office), reading.signer.capacity) == ("Lê Ngọc Tuấn", "CHỦ TỊCH", ())


def without_mentions(reading: Reading) -> object:
    """A reference may be torn by a line's end where it is cited; what it is stays the same."""
    return [
        [(cited.reference, cited.kind, cited.issued_on, cited.issuer, cited.subject) for cited in reading.cited],
        [words(getattr(reading, name)) for name in reading.__slots__ if name != "cited"],
    ]


SHAPES = {
    "kept clean": clean(letters.LETTER_3812),
    "plain": letters.plain_3812(),
    "NFD": letters.decomposed(letters.LETTER_3812),
    "hard spaces, soft hyphens, CRLF": letters.hard(letters.LETTER_3812),
    "without blank lines": letters.plain_3812().replace("\n\n\n\n", "\n").replace("\n\n", "\n"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_is_found_in_another_shape(shape: str, reading: Reading) -> None:
    assert without_mentions(read(SHAPES[shape])) == without_mentions(reading)


@pytest.mark.parametrize("width", [55, 60, 66, 72, 80, 90, 100, 120])
@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["blank lines", "none"])
def test_the_same_is_found_in_the_lines_of_a_page(width: int, between: str, reading: Reading) -> None:
    page = letters.wrapped(letters.plain_3812(), width, between)
    assert without_mentions(read(page)) == without_mentions(reading)


def test_the_same_is_found_in_a_word_file(reading: Reading) -> None:
    """Its lists are numbered by Word, its head is a table, its footnote a real one."""
    assert without_mentions(read(letter_text(letters.word_3812()))) == without_mentions(reading)


def test_the_same_is_found_in_a_pdf_of_two_pages(reading: Reading) -> None:
    """The footnote stands at the foot of the first page, amid what goes on overleaf."""
    assert without_mentions(read(letter_text(letters.pdf("cong-van-3812")))) == without_mentions(reading)


@pytest.mark.parametrize("shape", SHAPES)
def test_each_piece_stands_where_it_says(shape: str) -> None:
    source = SHAPES[shape]
    found = list(pieces(read(source)))
    assert len(found) > 50
    changed = {"3812/UBND-TTHCC", "Ủy ban nhân dân tỉnh Kon Tum"}  # written in the one way they are written
    for piece in found:
        there = " ".join(clean(source[piece.start : piece.end]).split())
        assert piece.text == there or piece.text in changed or there == f"V/v {piece.text}"


def test_orders_do_not_overlap(reading: Reading) -> None:
    def place(order: Order) -> tuple[int, int]:
        return order.words.start, order.words.end

    assert all(place(first)[1] <= place(second)[0] for first, second in zip(reading.orders, reading.orders[1:], strict=False))
