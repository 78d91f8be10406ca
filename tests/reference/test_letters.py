"""The four letters as stored: what letter 3812 says, and nothing it does not."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from directives.models import Directive
from directives.rules.proposals import proposals
from directives.rules.reading import read
from directives.selectors.drafts import units_on
from directives.services.drafts import Confirmed, draft_confirm, draft_open
from directives.services.letters import directives_load
from directives.sources import read_letters

pytestmark = pytest.mark.django_db

PATH = settings.BASE_DIR / "data" / "directives.json"


@pytest.fixture(autouse=True)
def loaded() -> None:
    call_command("reference_load", stdout=StringIO())


def test_letter_3812_has_its_text_signer_chain_and_addressees() -> None:
    letter = Directive.objects.get(reference="3812/UBND-TTHCC")
    assert (letter.issued_on, letter.signer, letter.verified) == (date(2022, 11, 10), "Chủ tịch Lê Ngọc Tuấn", True)
    assert "nghiêm cấm việc can thiệp trái phép" in letter.text
    assert "*" not in letter.text
    assert set(letter.citations.values_list("cited__reference", flat=True)) == {
        "2624/UBND-TTHCC",
        "3566/UBND-TTHCC",
        "3573-CV/VPTU",
    }
    assert {to.label: to.agencies.count() for to in letter.addressees.all()} == {
        "Các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh": 19,
        "Ban Quản lý Khu kinh tế tỉnh": 1,
        "Ủy ban nhân dân các huyện, thành phố": 10,
    }
    assert all(to.label in letter.text for to in letter.addressees.all())


def test_every_quoted_figure_stands_in_its_sentence_and_the_sentence_in_the_letter() -> None:
    letter = Directive.objects.get(reference="3812/UBND-TTHCC")
    figures = {(each.agency.code, each.system_id): each for each in letter.figures.select_related("agency")}
    assert {place: each.value for place, each in figures.items()} == {
        ("608", "old"): 857,
        ("608", "new"): 464,
        ("612", "old"): 331,
        ("612", "new"): 271,
    }
    for each in figures.values():
        assert each.as_of == date(2022, 11, 7)
        assert str(each.value) in each.quote
        assert each.quote in letter.text
        assert each.quote.startswith(each.agency.name)


def test_every_order_stands_in_the_letter_with_the_units_it_binds() -> None:
    letter = Directive.objects.get(reference="3812/UBND-TTHCC")
    orders = list(letter.obligations.all())
    assert [order.number for order in orders] == [1, 2, 3, 4, 5]
    assert [order.kind for order in orders] == ["settled", "task", "cleared", "task", "task"]
    for order in orders:
        assert order.sentence in letter.text
        assert order.addressee in letter.text
        assert (order.system, order.due_on) == (None, None)  # the letter sets no date
    assert [order.agencies.count() for order in orders] == [30, 30, 30, 1, 1]
    assert [order.partner for order in orders] == ["", "", "", "", "Sở Nội vụ"]


def test_a_corrected_order_keeps_what_was_judged_and_answered() -> None:
    letters = read_letters(PATH)
    order = Directive.objects.get(reference="3812/UBND-TTHCC").obligations.get(number=1)
    unit = order.agencies.get(code="608")
    order.checks.create(agency=unit, as_of=date(2022, 11, 10), state="unknown", reason="no_mark")
    orders = (replace(letters[-1].orders[0], due_on=date(2022, 11, 30)), *letters[-1].orders[1:4])
    corrected = [*letters[:-1], replace(letters[-1], orders=orders)]
    assert directives_load(letters=corrected, actor="tests")
    order.refresh_from_db()
    assert (order.due_on, order.checks.count()) == (date(2022, 11, 30), 1)
    assert order.directive.obligations.count() == 4
    assert not directives_load(letters=corrected, actor="tests")


@pytest.mark.parametrize(
    ("reference", "issued_on", "dated", "subject"),
    [
        (
            "2624/UBND-TTHCC",
            date(2022, 8, 12),
            "ngày 12 tháng 8 năm 2022",
            "chấn chỉnh tình trạng giải quyết thủ tục hành chính quá hạn",
        ),
        (
            "3566/UBND-TTHCC",
            date(2022, 10, 24),
            "ngày 24 tháng 10 năm 2022",
            "giải quyết dứt điểm tình trạng xử lý hồ sơ quá hạn",
        ),
        ("3573-CV/VPTU", date(2022, 11, 1), "ngày 01 tháng 11 năm 2022", "chấn chỉnh tình trạng giải quyết hồ sơ quá hạn"),
    ],
)
def test_a_letter_known_only_by_citation_leaves_the_rest_empty_and_says_so(
    reference: str, issued_on: date, dated: str, subject: str
) -> None:
    letter = Directive.objects.get(reference=reference)
    source = Directive.objects.get(reference="3812/UBND-TTHCC").text
    assert (letter.issued_on, letter.signer, letter.text, letter.verified) == (issued_on, "", "", False)
    assert "Chưa có toàn văn" in letter.remark
    assert subject in letter.subject
    assert subject in source
    assert dated in source
    assert not letter.addressees.exists()
    assert not letter.figures.exists()


def test_a_corrected_figure_replaces_the_old_one_and_is_told() -> None:
    letters = read_letters(PATH)
    before = Directive.objects.get(reference="3812/UBND-TTHCC").figures.first()
    assert before is not None
    before.delete()
    changes = directives_load(letters=letters, actor="thử")
    assert set(changes.changed) == {"3812/UBND-TTHCC"}
    assert Directive.objects.get(reference="3812/UBND-TTHCC").figures.count() == 4
    assert not directives_load(letters=letters, actor="thử")


def test_the_reader_finds_in_letter_3812_what_the_file_says_of_it() -> None:
    """Two witnesses of one letter: what people wrote down of it, and what the rules read in it."""
    letter = Directive.objects.get(reference="3812/UBND-TTHCC")
    found = proposals(read(letter.text), units_on(letter.issued_on))
    stated = {name: getattr(letter, name) for name in ("reference", "issued_on", "issuer", "signer", "subject")}
    assert found.letter == stated
    assert [row["label"] for row in found.addressees] == [to.label for to in letter.addressees.all()]
    assert {row["reference"] for row in found.cited} == set(letter.citations.values_list("cited__reference", flat=True))
    orders = letter.obligations.values_list("sentence", "addressee", "partner")
    assert [(row["sentence"], row["addressee"], row["partner"]) for row in found.obligations] == list(orders)
    quoted = [(row["unit"], row["as_of"], row["old"], row["new"], row["quote"]) for row in found.figures]
    figures = {(each.agency.name, each.system_id): each for each in letter.figures.select_related("agency")}
    assert quoted == [
        (name, figures[name, "old"].as_of, figures[name, "old"].value, figures[name, "new"].value, figures[name, "old"].quote)
        for name in ("UBND thành phố Kon Tum", "UBND huyện Đăk Tô")
    ]


def test_the_reader_binds_the_units_the_file_binds() -> None:
    letter = Directive.objects.get(reference="3812/UBND-TTHCC")
    units = units_on(letter.issued_on)
    for to in letter.addressees.all():
        assert set(units.meant(to.label).agencies) == set(to.agencies.values_list("pk", flat=True)), to.label
    for order in letter.obligations.all():
        assert set(units.meant(order.addressee).agencies) == set(order.agencies.values_list("pk", flat=True)), order.number


def test_a_letter_confirmed_from_its_text_is_not_brought_back_to_what_the_file_knows() -> None:
    draft = draft_open(text="Toàn văn", file_name="", now=datetime(2022, 11, 10, tzinfo=UTC), actor="thử")
    issued = date(2022, 8, 12)
    letter = draft_confirm(draft=draft, letter=Confirmed("2624/UBND-TTHCC", issued, "UBND tỉnh", "", "trích yếu"), actor="thử")
    assert not directives_load(letters=read_letters(PATH), actor="thử")
    letter.refresh_from_db()
    assert (letter.text, letter.subject, letter.verified) == ("Toàn văn", "trích yếu", True)
