"""The boxes of a draft: what each refuses and in which words, rows left out, rows added."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from agencies.rules import AgencyFacts, AgencyIndex
from directives.forms.drafts import MOST_ROWS, DraftForms, UploadForm
from directives.rules.proposals import Proposals
from directives.rules.reading_units import Units
from directives.services.drafts import Addressed, Cited, Counted, Ordered

UNITS = Units(
    AgencyIndex(
        [
            AgencyFacts(1, "608", ("UBND thành phố Kon Tum",)),
            AgencyFacts(2, "612", ("UBND huyện Đăk Tô",)),
            AgencyFacts(3, "x", ("UBND xã Đăk Long",), parent_id=2),
            AgencyFacts(4, "y", ("UBND xã Đăk Long",), parent_id=5),
        ]
    ),
    {"departments": [], "boards": [], "districts": [1, 2], "rural_districts": [2], "communes": [3, 4], "branches": []},
    date(2022, 11, 10),
)
LETTER = {
    "reference": "Số: 3812 /UBND-TTHCC",
    "issued_on": "10/11/2022",
    "issuer": "UBND tỉnh",
    "signer": "",
    "subject": "trích yếu",
}
ADDRESSEE = {"keep": "on", "label": "Các huyện", "units": "UBND các huyện, thành phố"}
CITED = {"keep": "on", "reference": "2624/UBND-TTHCC", "issued_on": "2022-08-12", "issuer": "", "subject": ""}
FIGURE = {"keep": "on", "unit": "huyện Đăk Tô", "as_of": "07/11/2022", "old": "331", "new": "271", "quote": "câu"}
ORDER = {
    "keep": "on",
    "sentence": "Giải quyết dứt điểm",
    "addressee": "Các huyện",
    "units": "UBND huyện Đăk Tô\nUBND thành phố Kon Tum",
    "partner": "",
    "kind": "settled",
    "system": "old",
    "percent": "",
    "due_on": "30/11/2022",
}
Row = Mapping[str, str]


def sent(
    letter: Row = LETTER,
    *,
    addressees: list[Row] | None = None,
    cited: list[Row] | None = None,
    figures: list[Row] | None = None,
    obligations: list[Row] | None = None,
    proposed: Proposals | None = None,
    more: str = "",
) -> DraftForms:
    data = QueryDict(mutable=True)
    data.update(dict(letter))
    given = {"addressees": addressees, "cited": cited, "figures": figures, "obligations": obligations}
    for kind, rows in given.items():
        first = len(getattr(proposed, kind)) if proposed else 0
        data.update({f"{kind}-TOTAL_FORMS": str(len(rows or [])), f"{kind}-INITIAL_FORMS": str(first)})
        for number, row in enumerate(rows or []):
            data.update({f"{kind}-{number}-{name}": value for name, value in row.items()})
    return DraftForms(proposed or Proposals({}), UNITS, known={"3566/UBND-TTHCC"}, data=data, more=more)


def errors(forms: DraftForms, kind: str = "") -> dict[str, Any]:
    assert not forms.is_valid()
    return dict(forms.rows[kind][0].errors if kind else forms.letter.errors)


def test_a_whole_letter_is_confirmed_as_sent() -> None:
    forms = sent(addressees=[ADDRESSEE], cited=[CITED], figures=[FIGURE], obligations=[ORDER])
    assert forms.is_valid()
    letter = forms.confirmed()
    assert (letter.reference, letter.issued_on) == ("3812/UBND-TTHCC", date(2022, 11, 10))
    assert letter.addressees == [Addressed("Các huyện", (1, 2))]
    assert letter.cited == [Cited("2624/UBND-TTHCC", date(2022, 8, 12))]
    day = date(2022, 11, 7)
    assert letter.figures == [Counted(2, "old", day, 331, "câu"), Counted(2, "new", day, 271, "câu")]
    assert letter.obligations == [
        Ordered("Giải quyết dứt điểm", "Các huyện", "", (2, 1), "settled", "old", None, date(2022, 11, 30))
    ]


def test_a_row_left_out_is_neither_judged_nor_written_down() -> None:
    forms = sent(figures=[{**FIGURE, "unit": "sai", "as_of": "sai", "keep": ""}], cited=[{"keep": ""}])
    assert forms.is_valid()
    assert (forms.confirmed().figures, forms.confirmed().cited) == ([], [])


def test_a_row_that_was_proposed_and_not_touched_is_written_down() -> None:
    proposed = Proposals(
        {}, addressees=[{"keep": True, "label": "Các huyện", "units": "UBND các huyện, thành phố", "at": "t1-2"}]
    )
    forms = sent(addressees=[ADDRESSEE], proposed=proposed)
    assert forms.is_valid()
    assert [to.label for to in forms.confirmed().addressees] == ["Các huyện"]


def test_an_added_row_left_empty_is_no_row() -> None:
    forms = sent(addressees=[{"keep": "on", "label": "", "units": ""}])
    assert forms.is_valid()
    assert forms.confirmed().addressees == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("reference", "", "Chưa ghi số, ký hiệu"),
        ("reference", "ba nghìn tám", "Ghi số và ký hiệu như 3812/UBND-TTHCC"),
        ("issued_on", "", "Chưa ghi ngày"),
        ("issued_on", "31/11/2022", "Ngày không đọc được"),
        ("issuer", "", "không được để trống"),
        ("subject", " ", "không được để trống"),
    ],
)
def test_what_a_letter_cannot_do_without(name: str, value: str, words: str) -> None:
    assert words in str(errors(sent({**LETTER, name: value}))[name])


@pytest.mark.parametrize(
    ("kind", "row", "name", "words"),
    [
        ("addressees", {**ADDRESSEE, "units": "các đơn vị nêu trên"}, "units", "Chưa rõ là đơn vị nào: các đơn vị nêu trên"),
        ("addressees", {**ADDRESSEE, "units": "UBND xã Đăk Long"}, "units", "thêm tên huyện"),
        ("addressees", {**ADDRESSEE, "label": ""}, "label", "không được để trống"),
        ("cited", {**CITED, "issued_on": ""}, "issued_on", "chưa có trong danh mục"),
        ("cited", {**CITED, "reference": "số mấy"}, "reference", "Ghi số và ký hiệu"),
        ("cited", {**CITED, "reference": "3812/UBND-TTHCC"}, "reference", "không dẫn chính nó"),
        ("figures", {**FIGURE, "unit": ""}, "unit", "Chưa ghi đơn vị nào"),
        ("figures", {**FIGURE, "unit": "toàn tỉnh"}, "unit", "Chưa rõ là đơn vị nào"),
        ("figures", {**FIGURE, "unit": "UBND các huyện, thành phố"}, "unit", "của một đơn vị"),
        ("figures", {**FIGURE, "as_of": ""}, "as_of", "Chưa ghi ngày"),
        ("figures", {**FIGURE, "old": "", "new": ""}, "old", "Chưa ghi số của hệ thống nào"),
        ("figures", {**FIGURE, "old": "nhiều"}, "old", "số nguyên"),
        ("figures", {**FIGURE, "old": "-1"}, "old", "0"),
        ("obligations", {**ORDER, "kind": "reduced"}, "percent", "bao nhiêu phần trăm"),
        ("obligations", {**ORDER, "kind": "reduced", "percent": "101"}, "percent", "100"),
        ("obligations", {**ORDER, "units": ""}, "units", "phải có đơn vị thực hiện"),
        ("obligations", {**ORDER, "kind": "khac"}, "kind", ""),
        ("obligations", {**ORDER, "sentence": ""}, "sentence", "không được để trống"),
    ],
)
def test_what_a_row_cannot_do_without(kind: str, row: Row, name: str, words: str) -> None:
    forms = sent(**{kind: [row]})  # type: ignore[arg-type]  # one of the four kinds
    assert words in str(errors(forms, kind)[name])


def test_a_known_letter_needs_no_day_to_be_cited() -> None:
    forms = sent(cited=[{**CITED, "reference": "3566/UBND - TTHCC", "issued_on": ""}])
    assert forms.is_valid()
    assert forms.confirmed().cited == [Cited("3566/UBND-TTHCC")]


def test_a_task_needs_neither_units_nor_share_nor_system() -> None:
    forms = sent(obligations=[{**ORDER, "kind": "task", "units": "", "percent": "50", "due_on": ""}])
    assert forms.is_valid()
    (order,) = forms.confirmed().obligations
    assert (order.agencies, order.percent, order.system, order.due_on) == ((), None, "", None)


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("addressees", [ADDRESSEE, ADDRESSEE]),
        ("cited", [CITED, {**CITED, "reference": "2624/UBND - TTHCC"}]),
        ("figures", [FIGURE, {**FIGURE, "unit": "UBND huyện Đắk Tô", "old": "", "new": "272"}]),
    ],
)
def test_no_two_rows_tell_the_same_thing(kind: str, rows: list[Row]) -> None:
    forms = sent(**{kind: rows})  # type: ignore[arg-type]  # one of the four kinds
    assert not forms.is_valid()
    assert "hai dòng" in str(forms.rows[kind].non_form_errors())
    left_out = sent(**{kind: [rows[0], {**rows[1], "keep": ""}]})  # type: ignore[arg-type]  # as above
    assert left_out.is_valid()


def test_figures_of_two_days_or_systems_are_two() -> None:
    other_day = {**FIGURE, "as_of": "24/10/2022"}
    other_system = {**FIGURE, "as_of": "25/10/2022", "new": ""}
    assert sent(figures=[FIGURE, other_day, other_system, {**other_system, "old": "", "new": "1"}]).is_valid()


def test_one_more_row_is_there_when_asked_for_and_complains_of_nothing() -> None:
    forms = sent(figures=[FIGURE], more="figures")
    assert [len(rows) for rows in forms.rows.values()] == [0, 0, 2, 0]
    assert not forms.rows["figures"][1].errors
    assert forms.rows["figures"][1]["keep"].value()


def test_more_rows_than_any_letter_has_are_refused() -> None:
    forms = sent(addressees=[{**ADDRESSEE, "label": str(number)} for number in range(MOST_ROWS + 1)])
    assert not forms.is_valid()


def test_a_form_whose_counts_were_tampered_with_is_refused() -> None:
    data = QueryDict(mutable=True)
    data.update({**LETTER, "figures-TOTAL_FORMS": "nhiều"})
    for more in ("", "figures", "khac"):
        assert not DraftForms(Proposals({}), UNITS, known=(), data=data, more=more).is_valid()


def test_each_row_names_the_units_its_words_mean() -> None:
    forms = sent(addressees=[ADDRESSEE], obligations=[{**ORDER, "units": "UBND huyện Đăk Tô\nkhông rõ"}])
    assert forms.units_meant() == {1, 2}
    forms.name_units({1: "Thành phố", 2: "Đăk Tô"})
    assert forms.rows["addressees"][0].named == ["Thành phố", "Đăk Tô"]
    assert forms.rows["obligations"][0].named == ["Đăk Tô"]


@pytest.mark.parametrize(
    ("text", "file", "words"),
    [
        ("", None, "Hãy chọn tệp công văn hoặc dán toàn văn"),
        ("  \n", None, "Hãy chọn tệp công văn hoặc dán toàn văn"),
        ("Số: 1/A-B", b"x", "Chỉ nộp một"),
        ("", b"", "Tệp rỗng"),
    ],
)
def test_a_letter_comes_as_a_file_or_as_text(text: str, file: bytes | None, words: str) -> None:
    files = {"file": SimpleUploadedFile("cv.txt", file)} if file is not None else {}
    form = UploadForm({"text": text}, files)  # type: ignore[arg-type]  # a plain dict of files does
    assert not form.is_valid()
    assert words in str(form.errors)
