"""Figures, sentence by sentence: whose they are, of which system and day, and which numbers are none."""

from datetime import date

import pytest

from directives.rules.reading import read

DAY = date(2022, 11, 7)
CITY, DISTRICT = "UBND thành phố Kon Tum", "UBND huyện Đăk Tô"
SENTENCES = {
    "the system before the number": (
        f"Đến ngày 07/11/2022, {CITY} trên hệ thống cũ có 857 hồ sơ quá hạn, hệ thống mới còn 464 hồ sơ.",
        [(CITY, "old", DAY, 857), (CITY, "new", DAY, 464)],
    ),
    "behind it": (
        f"Đến ngày 07/11/2022, {CITY} còn 857 hồ sơ quá hạn trên hệ thống cũ và 464 hồ sơ trên hệ thống mới.",
        [(CITY, "old", DAY, 857), (CITY, "new", DAY, 464)],
    ),
    "in brackets": (
        f"Số hồ sơ quá hạn đến ngày 07/11/2022: {CITY} 857 (hệ thống cũ), 464 (hệ thống mới).",
        [(CITY, "old", DAY, 857), (CITY, "new", DAY, 464)],
    ),
    "a number without a word": (
        f"Số hồ sơ quá hạn đến ngày 07/11/2022 của {CITY}: hệ thống cũ: 857; hệ thống mới: 464.",
        [(CITY, "old", DAY, 857), (CITY, "new", DAY, 464)],
    ),
    "the unit behind": (
        f"Đến ngày 07/11/2022 còn 857 hồ sơ quá hạn trên hệ thống cũ của {CITY}.",
        [(CITY, "old", DAY, 857)],
    ),
    "the day behind": (
        f"{CITY} còn 857 hồ sơ quá hạn trên hệ thống cũ (số liệu tính đến ngày 07/11/2022).",
        [(CITY, "old", DAY, 857)],
    ),
    "the system first, over several units": (
        f"Số hồ sơ quá hạn ngày 07/11/2022 trên hệ thống cũ: {CITY} 857 hồ sơ, {DISTRICT} 331 hồ sơ.",
        [(CITY, "old", DAY, 857), (DISTRICT, "old", DAY, 331)],
    ),
    "two units after one another": (
        f"Đến ngày 07/11/2022 {CITY} có 857 hồ sơ quá hạn (hệ thống cũ), {DISTRICT} có 271 hồ sơ quá hạn (hệ thống mới).",
        [(CITY, "old", DAY, 857), (DISTRICT, "new", DAY, 271)],
    ),
    "the unit of the sentence before": (
        f"Đến ngày 07/11/2022, {CITY} còn 1.321 hồ sơ quá hạn. Trong đó, hệ thống cũ 857 hồ sơ, hệ thống mới 464 hồ sơ.",
        [(CITY, "", DAY, 1321), (CITY, "old", DAY, 857), (CITY, "new", DAY, 464)],
    ),
    "a total behind the parts is no figure of the last system": (
        f"Ngày 07/11/2022, {CITY}: hệ thống cũ 857 hồ sơ quá hạn, hệ thống mới 464 hồ sơ, tổng cộng 1.321 hồ sơ.",
        [(CITY, "old", DAY, 857), (CITY, "new", DAY, 464), (CITY, "", DAY, 1321)],
    ),
    "some of those just counted are not counted again": (
        f"Ngày 07/11/2022, {CITY} trên hệ thống cũ có 857 hồ sơ quá hạn, trong đó 200 hồ sơ đất đai.",
        [(CITY, "old", DAY, 857)],
    ),
    "overdue among those received": (
        f"Đến ngày 07/11/2022, {CITY} tiếp nhận 5.000 hồ sơ, trong đó 857 hồ sơ quá hạn trên hệ thống cũ.",
        [(CITY, "old", DAY, 857)],
    ),
    "what is finished or in time does not count": (
        f"Đến ngày 07/11/2022, {CITY} đã giải quyết 900 hồ sơ, trả trước hạn 12 hồ sơ, 30 hồ sơ đúng hạn, giảm 43 hồ sơ quá hạn.",
        [],
    ),
    "a letter's number and a day are no counts": (
        f"Thực hiện Công văn số 857/UBND-TTHCC ngày 12/8/2022, {CITY} vẫn còn hồ sơ quá hạn trên hệ thống cũ.",
        [],
    ),
    "a rate is no count": (f"Ngày 07/11/2022 tỷ lệ hồ sơ quá hạn của {CITY} trên hệ thống cũ là 12,5 %.", []),
    "dossiers that are not overdue": (f"Đến ngày 07/11/2022, {CITY} có 857 hồ sơ trên hệ thống cũ.", []),
    "no day, no unit": ("Hệ thống cũ còn 857 hồ sơ quá hạn.", [("", "old", None, 857)]),
    "a day of its own each": (
        f"{CITY} giảm từ 900 hồ sơ quá hạn (ngày 24/10/2022) xuống 857 hồ sơ (ngày 07/11/2022).",
        [(CITY, "", date(2022, 10, 24), 900), (CITY, "", DAY, 857)],
    ),
    "what it was before, on a day not said": (
        f"Đến ngày 07/11/2022 {CITY} giảm từ 900 hồ sơ quá hạn còn 857 hồ sơ.",
        [(CITY, "", None, 900), (CITY, "", DAY, 857)],
    ),
    "a later day in the same sentence": (
        f"{CITY} trên hệ thống cũ ngày 24/10/2022 có 900 hồ sơ quá hạn, trên hệ thống cũ ngày 07/11/2022 còn 857 hồ sơ.",
        [(CITY, "old", date(2022, 10, 24), 900), (CITY, "old", DAY, 857)],
    ),
    "a name with commas": (
        "Ngày 07/11/2022, Sở Văn hóa, Thể thao và Du lịch còn 3 hồ sơ quá hạn trên hệ thống mới.",
        [("Sở Văn hóa, Thể thao và Du lịch", "new", DAY, 3)],
    ),
    "the unit in brackets behind the number": (
        f"Số hồ sơ quá hạn ngày 07/11/2022: hệ thống cũ 857 hồ sơ ({CITY}), 331 hồ sơ ({DISTRICT}).",
        [(CITY, "old", DAY, 857), (DISTRICT, "old", DAY, 331)],
    ),
    "the unit right behind, another having been named before": (
        f"Ngày 07/11/2022 {CITY} trên hệ thống cũ có 857 hồ sơ quá hạn, còn 331 hồ sơ của {DISTRICT}.",
        [(CITY, "old", DAY, 857), (DISTRICT, "", DAY, 331)],
    ),
    "the number in brackets behind the unit": (
        f"Số hồ sơ quá hạn ngày 07/11/2022 trên hệ thống cũ: {CITY} (857 hồ sơ), {DISTRICT} (331 hồ sơ).",
        [(CITY, "old", DAY, 857), (DISTRICT, "old", DAY, 331)],
    ),
    "the unit and then the system behind": (
        f"Ngày 07/11/2022 còn 857 hồ sơ quá hạn của {CITY} trên hệ thống cũ.",
        [(CITY, "old", DAY, 857)],
    ),
    "two units named in one breath have it together": (
        f"Ngày 07/11/2022 {CITY} và {DISTRICT} còn 1.188 hồ sơ quá hạn trên hệ thống cũ.",
        [(f"{CITY} và {DISTRICT}", "old", DAY, 1188)],
    ),
    "two systems named in one breath are not told apart": (
        f"Ngày 07/11/2022 {CITY} trên hệ thống cũ và hệ thống mới còn 1.321 hồ sơ quá hạn.",
        [(CITY, "", DAY, 1321)],
    ),
    "respectively": (
        f"Ngày 07/11/2022 {CITY} trên hệ thống cũ, hệ thống mới lần lượt là 857 hồ sơ quá hạn và 464 hồ sơ.",
        [(CITY, "", DAY, 857), (CITY, "", DAY, 464)],
    ),
    "new ones are no system": (
        f"Ngày 07/11/2022 trên hai hệ thống của {CITY} vẫn còn 20 hồ sơ quá hạn mới.",
        [(CITY, "", DAY, 20)],
    ),
    "finished, though late": (
        f"Đến ngày 07/11/2022 {CITY} trên hệ thống cũ đã giải quyết quá hạn 120 hồ sơ, đã xử lý xong nhưng trễ hạn 5 hồ sơ.",
        [],
    ),
    "finished late and overdue still": (
        f"Đến ngày 07/11/2022 {CITY} trên hệ thống cũ đã giải quyết quá hạn 120 hồ sơ, đang giải quyết quá hạn 857 hồ sơ.",
        [(CITY, "old", DAY, 857)],
    ),
    "those of an age or a field": (
        f"Ngày 07/11/2022 {CITY} trên hệ thống cũ quá hạn trên 30 ngày 120 hồ sơ, dưới 10 ngày 20 hồ sơ, lĩnh vực thuế 9 hồ sơ.",
        [],
    ),
    "about so many": (f"Ngày 07/11/2022 {CITY} trên hệ thống cũ còn khoảng 900 hồ sơ quá hạn, hơn 400 hồ sơ chờ.", []),
    "a year is no count": (f"Trong năm 2022 hồ sơ quá hạn của {CITY} trên hệ thống cũ giảm; tháng 10 hồ sơ quá hạn tăng.", []),
    "between two days": (
        f"So với ngày 24/10/2022 (900 hồ sơ), đến ngày 07/11/2022 {CITY} còn 857 hồ sơ quá hạn trên hệ thống cũ.",
        [("", "", date(2022, 10, 24), 900), (CITY, "old", DAY, 857)],
    ),
    "the system by a word in brackets": (
        f"Ngày 07/11/2022 {CITY}: 857 (cũ), 464 (mới) hồ sơ quá hạn.",
        [(CITY, "old", DAY, 857), (CITY, "new", DAY, 464)],
    ),
    "the day right behind the unit": (
        f"{CITY} ngày 07/11/2022 còn 857 hồ sơ quá hạn trên hệ thống cũ; {DISTRICT} trong ngày 06/11/2022: 331 hồ sơ (cũ).",
        [(CITY, "old", DAY, 857), (DISTRICT, "old", date(2022, 11, 6), 331)],
    ),
    "thousands with a space": (
        f"Ngày 07/11/2022 {CITY} còn 1 321 hồ sơ quá hạn.",
        [(CITY, "", DAY, 1321)],
    ),
    "what may be thousands or a fraction, or two numbers, is none": (
        f"Ngày 07/11/2022 {CITY} còn 1,321 hồ sơ quá hạn, năm trước 2021 857 hồ sơ, 857/464 hồ sơ.",
        [],
    ),
    "a day the calendar does not have": (
        f"Đến ngày 31/11/2022, {CITY} trên hệ thống cũ có 857 hồ sơ quá hạn.",
        [(CITY, "old", None, 857)],
    ),
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_tells_just_these_figures(sentence: str) -> None:
    text, expected = SENTENCES[sentence]
    figures = read(f"Kính gửi: Sở Nội vụ.\n\n{text}\n").figures
    assert [(each.unit.text if each.unit else "", each.system, each.as_of, each.value) for each in figures] == expected


TABLE = """Kính gửi: Sở Nội vụ.

Số hồ sơ {what} đến ngày 07/11/2022:

STT | Đơn vị | Số hồ sơ | | Ghi chú
 | | Hệ thống mới | Hệ thống cũ |
1 | UBND thành phố Kon Tum | 464 | 857 | 12
Tổng | | 464 | 857 | 12
"""


def test_a_table_is_read_by_the_names_of_its_columns() -> None:
    figures = read(TABLE.format(what="quá hạn")).figures
    assert [(each.unit.text if each.unit else "", each.system, each.as_of, each.value) for each in figures] == [
        ("UBND thành phố Kon Tum", "new", DAY, 464),
        ("UBND thành phố Kon Tum", "old", DAY, 857),
    ]


def test_a_table_of_other_dossiers_gives_none() -> None:
    assert read(TABLE.format(what="tiếp nhận")).figures == ()


FINISHED_TABLE = """Kính gửi: Sở Nội vụ.

Số hồ sơ đến ngày 07/11/2022:

STT | Đơn vị | Đã giải quyết quá hạn | | Đang giải quyết quá hạn |
 | | Hệ thống cũ | Hệ thống mới | Hệ thống cũ | Hệ thống mới
1 | UBND huyện Đăk Tô | 12 | 7 | 331 | 271
"""


def test_columns_of_dossiers_finished_late_are_no_backlog() -> None:
    figures = read(FINISHED_TABLE).figures
    assert [(each.system, each.as_of, each.value) for each in figures] == [("old", DAY, 331), ("new", DAY, 271)]


def test_a_table_of_dossiers_finished_late_gives_none() -> None:
    assert read(TABLE.format(what="đã giải quyết chậm")).figures == ()
    assert len(read(TABLE.format(what="đang chậm")).figures) == 2


def test_a_bare_row_with_another_number_of_columns_is_left_alone() -> None:
    text = (
        "Kính gửi: A.\nSố hồ sơ quá hạn ngày 07/11/2022.\nĐơn vị Hệ thống cũ Hệ thống mới\n1 UBND xã A 1 2\n2 UBND xã B 3 4 5\n"
    )
    assert [each.value for each in read(text).figures] == [1, 2]
