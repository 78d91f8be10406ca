"""Opening a draft and confirming it: everything in one go with the journal, or nothing at all."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from django.db import IntegrityError

from agencies.models import Agency
from directives.models import Directive, LetterDraft
from directives.rules.reading import read
from directives.selectors.drafts import drafts_listed, reading_of
from directives.services.drafts import Addressed, Cited, Confirmed, Counted, KnownError, Ordered, draft_confirm, draft_open
from journal.models import Entry
from tests.factories import figures, letters
from tests.factories.directives import make_directive

pytestmark = pytest.mark.django_db

NOW = datetime(2022, 11, 14, 2, tzinfo=UTC)
TEXT = letters.letter("hai-so-lieu-mot-cau")
ISSUED, MARK = date(2022, 9, 12), date(2022, 9, 9)


def opened(text: str = TEXT, file_name: str = "cv.docx") -> LetterDraft:
    return draft_open(text=text, file_name=file_name, now=NOW, actor="Lan")


def events() -> list[tuple[str, str]]:
    return list(Entry.objects.order_by("seq").values_list("event", "subject"))


@pytest.fixture
def letter(unit_a: Agency, unit_b: Agency) -> Confirmed:
    figures.systems()
    return Confirmed(
        reference="2987/UBND-TTHCC",
        issued_on=ISSUED,
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        signer="Phó Chủ tịch Y Ngọc",
        subject="đôn đốc giải quyết hồ sơ quá hạn",
        cited=[
            Cited("2624/UBND-TTHCC"),
            Cited("3573-CV/VPTU", date(2022, 11, 1), "Văn phòng Tỉnh ủy", "chấn chỉnh"),
        ],
        addressees=[Addressed("Các đơn vị", (unit_a.pk, unit_b.pk)), Addressed("Ban Cán sự đảng", ())],
        figures=[Counted(unit_a.pk, "old", MARK, 905, "còn 905"), Counted(unit_a.pk, "new", MARK, 402, "còn 402")],
        obligations=[
            Ordered("Giảm", "các huyện", "Sở Nội vụ", (unit_a.pk,), "reduced", "new", 50, date(2022, 9, 30)),
            Ordered("Báo cáo", "các huyện", "", (unit_a.pk, unit_b.pk), "task", "", None, None),
        ],
    )


@pytest.fixture
def known(unit_a: Agency) -> Directive:
    return make_directive("2624/UBND-TTHCC", date(2022, 8, 12), remark="Chưa có toàn văn")


def test_a_draft_keeps_the_text_its_digest_and_what_was_found() -> None:
    draft = opened()
    draft.refresh_from_db()
    assert (draft.text, draft.file_name, draft.created_by, draft.created_at) == (TEXT, "cv.docx", "Lan", NOW)
    assert draft.sha256 == sha256(TEXT.encode()).hexdigest()
    assert reading_of(draft) == read(TEXT)
    assert events() == [("letter_read", str(draft.pk))]


@pytest.mark.parametrize("name", letters.NAMES)
def test_what_was_found_comes_back_from_the_database_as_it_was(name: str) -> None:
    draft = opened(letters.letter(name))
    draft.refresh_from_db()
    assert reading_of(draft) == read(letters.letter(name))


def test_the_same_text_again_opens_the_same_draft() -> None:
    first = opened()
    assert opened(file_name="ban-sao.pdf") == first
    assert LetterDraft.objects.get().file_name == "cv.docx"
    assert len(events()) == 1


def test_confirming_writes_the_letter_with_all_its_parts(letter: Confirmed, known: Directive, unit_a: Agency) -> None:
    draft = opened()
    directive = draft_confirm(draft=draft, letter=letter, actor="Lan")
    directive.refresh_from_db()
    assert (directive.slug, directive.text, directive.verified, directive.remark) == ("2987-ubnd-tthcc", TEXT, True, "")
    assert (directive.issued_on, directive.signer) == (ISSUED, "Phó Chủ tịch Y Ngọc")
    assert directive.source == "Công văn số 2987/UBND-TTHCC ngày 12/09/2022"
    assert {to.label: to.agencies.count() for to in directive.addressees.all()} == {"Các đơn vị": 2, "Ban Cán sự đảng": 0}
    assert list(directive.figures.values_list("agency", "system", "as_of", "value", "quote")) == [
        (unit_a.pk, "old", MARK, 905, "còn 905"),
        (unit_a.pk, "new", MARK, 402, "còn 402"),
    ]
    orders = [
        (each.number, each.sentence, each.kind, each.system_id, each.percent, each.due_on, each.partner, each.agencies.count())
        for each in directive.obligations.all()
    ]
    assert orders == [
        (1, "Giảm", "reduced", "new", 50, date(2022, 9, 30), "Sở Nội vụ", 1),
        (2, "Báo cáo", "task", None, None, None, "", 2),
    ]
    draft.refresh_from_db()
    assert draft.directive == directive
    assert events()[-1] == ("letter_confirmed", "2987/UBND-TTHCC")
    body = Entry.objects.order_by("seq").last()
    assert body is not None
    assert '"figures":2' in body.body
    assert draft.sha256 in body.body


def test_a_cited_letter_nobody_knows_is_written_down_as_known_by_citation(letter: Confirmed, known: Directive) -> None:
    directive = draft_confirm(draft=opened(), letter=letter, actor="Lan")
    cited = {each.cited.reference: each.cited for each in directive.citations.select_related("cited")}
    assert cited["2624/UBND-TTHCC"] == known
    stub = cited["3573-CV/VPTU"]
    assert (stub.slug, stub.issued_on, stub.issuer, stub.subject) == (
        "3573-cv-vptu",
        date(2022, 11, 1),
        "Văn phòng Tỉnh ủy",
        "chấn chỉnh",
    )
    assert (stub.verified, stub.text) == (False, "")
    assert "Chưa có toàn văn" in stub.remark
    assert stub.source == "Dẫn tại Công văn số 2987/UBND-TTHCC ngày 12/09/2022"


def test_a_letter_known_by_citation_gets_its_text_and_keeps_its_address(letter: Confirmed, known: Directive) -> None:
    stub = make_directive("2987/UBND-TTHCC", date(2022, 9, 1), remark="Chưa có toàn văn", source="Dẫn tại Công văn khác")
    citing = make_directive("9/UBND", date(2022, 12, 1), cites=[stub], text="x")
    directive = draft_confirm(draft=opened(), letter=letter, actor="Lan")
    assert directive.pk == stub.pk
    directive.refresh_from_db()
    assert (directive.issued_on, directive.verified, directive.remark, directive.text) == (ISSUED, True, "", TEXT)
    assert directive.cited_by.get().citing == citing


def test_a_letter_that_is_there_with_its_text_is_refused_and_named(letter: Confirmed, known: Directive) -> None:
    there = make_directive("2987/UBND-TTHCC", ISSUED, text="Toàn văn đã có")
    with pytest.raises(KnownError) as refusal:
        draft_confirm(draft=opened(), letter=letter, actor="Lan")
    assert refusal.value.directive == there
    there.refresh_from_db()
    assert there.text == "Toàn văn đã có"
    assert not there.figures.exists()


def test_a_draft_is_confirmed_once(letter: Confirmed, known: Directive) -> None:
    draft = opened()
    directive = draft_confirm(draft=draft, letter=letter, actor="Lan")
    with pytest.raises(KnownError) as refusal:
        draft_confirm(draft=draft, letter=letter, actor="Huệ")
    assert refusal.value.directive == directive
    assert Directive.objects.filter(reference=letter.reference).count() == 1


@pytest.mark.django_db(transaction=True)
def test_when_a_part_cannot_be_written_nothing_is(letter: Confirmed, known: Directive, unit_a: Agency) -> None:
    twice = Confirmed(
        letter.reference,
        ISSUED,
        "UBND",
        "",
        "x",
        cited=letter.cited,
        figures=[Counted(unit_a.pk, "old", MARK, 1, "x"), Counted(unit_a.pk, "old", MARK, 2, "x")],
    )
    draft = opened()
    with pytest.raises(IntegrityError):
        draft_confirm(draft=draft, letter=twice, actor="Lan")
    assert set(Directive.objects.values_list("reference", flat=True)) == {"2624/UBND-TTHCC"}
    draft.refresh_from_db()
    assert draft.directive is None
    assert events() == [("letter_read", str(draft.pk))]


def test_references_that_differ_in_signs_alone_get_different_addresses(letter: Confirmed, known: Directive) -> None:
    make_directive("2987-UBND/TTHCC", ISSUED)
    assert Directive.objects.filter(slug="2987-ubnd-tthcc").exists()
    assert draft_confirm(draft=opened(), letter=letter, actor="Lan").slug == "2987-ubnd-tthcc-2"


def test_drafts_that_wait_come_first_the_newest_before(letter: Confirmed, known: Directive) -> None:
    old, done, new = (opened(text) for text in ("Kính gửi: A.", TEXT, "Kính gửi: B."))
    draft_confirm(draft=done, letter=letter, actor="Lan")
    assert list(drafts_listed()) == [new, old, done]
