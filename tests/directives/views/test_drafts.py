"""Bringing a letter in, looking at what was read, confirming it: the provincial office's alone."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from directives.documents import MAX_BYTES
from directives.models import Directive, LetterDraft
from tests.factories import figures, letters
from tests.factories.directives import make_directive

pytestmark = pytest.mark.django_db

DRAFTS = "/cong-van/ban-doc/"
TEXT = letters.letter("so-sanh-hai-moc")


@pytest.fixture(autouse=True)
def units(unit_a: Agency, unit_b: Agency) -> None:
    figures.systems()
    Agency.objects.filter(pk=unit_a.pk).update(type="thành phố")
    Agency.objects.filter(pk=unit_b.pk).update(type="huyện")


@pytest.fixture
def office(client: Client, provincial_officer: User) -> Client:
    client.force_login(provincial_officer)
    return client


def upload(office: Client, data: bytes, name: str = "cv.docx") -> Any:
    return office.post(DRAFTS, {"file": SimpleUploadedFile(name, data), "text": ""})


def paste(office: Client, text: str) -> LetterDraft:
    answer = office.post(DRAFTS, {"text": text})
    assert answer.status_code == 302
    return LetterDraft.objects.get(pk=int(answer.headers["Location"].rstrip("/").rsplit("/", 1)[1]))


def page(office: Client, draft: LetterDraft) -> str:
    answer = office.get(reverse("directives:draft", args=[draft.pk]))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def boxes(office: Client, draft: LetterDraft) -> dict[str, str]:
    """What a browser would send back when nothing is changed."""
    forms = office.get(reverse("directives:draft", args=[draft.pk])).context["forms"]
    sent = {field.html_name: str(field.value() or "") for field in forms.letter}
    for rows in forms.rows.values():
        sent |= {field.html_name: str(field.value()) for field in rows.management_form}
        for form in rows:
            for field in form:
                value = field.value()
                if field.name != "keep" or value:
                    text = value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
                    sent[field.html_name] = "on" if field.name == "keep" else text
    issued = forms.letter["issued_on"].value()
    return {**sent, "issued_on": issued.isoformat() if issued else ""}


def confirm(office: Client, draft: LetterDraft, **changes: str) -> HttpResponse:
    sent = {**boxes(office, draft), **changes}
    return office.post(reverse("directives:draft", args=[draft.pk]), {name: value for name, value in sent.items() if value})  # type: ignore[return-value]  # the client's answer


@pytest.mark.parametrize("kind", ["docx", "pdf", "txt", "pasted"])
def test_a_letter_comes_in_as_a_file_of_each_kind_or_as_text(office: Client, kind: str) -> None:
    data = {"docx": letters.word_3812(), "pdf": letters.pdf("cong-van-3812"), "txt": letters.LETTER_3812.encode()}
    answer = upload(office, data[kind], f"cv.{kind}") if kind in data else office.post(DRAFTS, {"text": letters.LETTER_3812})
    draft = LetterDraft.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{DRAFTS}{draft.pk}/")
    assert draft.file_name == ("" if kind == "pasted" else f"cv.{kind}")
    assert 'value="3812/UBND-TTHCC"' in page(office, draft)


def test_what_cannot_be_read_is_refused_with_the_reason(office: Client) -> None:
    for answer, words in (
        (upload(office, b"PK\x03\x04hong"), "tệp hỏng"),
        (upload(office, b"x" * (MAX_BYTES + 1), "cv.txt"), "10 MB"),
        (office.post(DRAFTS, {"text": ""}), "Hãy chọn tệp công văn hoặc dán toàn văn"),
        (office.post(DRAFTS, {"text": "a" * 100_001}), "100.000 ký tự"),
    ):
        assert answer.status_code == 422
        assert words in unescape(answer.content.decode())
    assert not LetterDraft.objects.exists()


def test_the_page_shows_the_text_marked_escaped_and_what_must_be_looked_at(office: Client) -> None:
    draft = paste(office, TEXT.replace("Yêu cầu UBND", "Yêu cầu <b>nghiêm túc</b> UBND"))
    raw = office.get(reverse("directives:draft", args=[draft.pk])).content.decode()
    assert "&lt;b&gt;" in raw
    assert '<mark data-kind="figure"><span class="visually-hidden">[số liệu quá hạn] </span>857 hồ sơ quá hạn</mark>' in raw
    assert (
        '<mark data-kind="identity"><span class="visually-hidden">[số, nơi và ngày ban hành] </span>3870/UBND-TTHCC</mark>' in raw
    )
    assert "chưa rõ: hệ thống" in raw


def test_each_row_leads_to_its_place_in_the_text(office: Client) -> None:
    html = page(office, paste(office, letters.LETTER_3812))
    places = [part.split('"')[0] for part in html.split('<a href="#t')[1:]]
    assert len(places) == 3 + 5 + 2 + 3
    assert all(f'<span id="t{place}">' in html for place in places)


def test_confirming_what_was_read_makes_the_letter(office: Client, unit_a: Agency) -> None:
    make_directive("3566/UBND-TTHCC", date(2022, 10, 24))
    draft = paste(office, TEXT)
    answer = confirm(office, draft)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/cong-van/3870-ubnd-tthcc/")
    letter = Directive.objects.get(reference="3870/UBND-TTHCC")
    assert letter.text == draft.text
    assert [(each.agency, each.system_id, each.value) for each in letter.figures.all()] == [(unit_a, "old", 857)]
    assert letter.citations.get().cited.reference == "3566/UBND-TTHCC"
    html = unescape(office.get(answer.headers["Location"]).content.decode())
    assert "Đã ghi nhận công văn" in html
    assert "Xem công văn 3870/UBND-TTHCC" in page(office, draft)


def test_every_box_can_be_corrected_before(office: Client, unit_b: Agency) -> None:
    draft = paste(office, TEXT)
    changes = {
        "reference": "3871/UBND-TTHCC",
        "issued_on": "09/11/2022",
        "subject": "trích yếu đã sửa",
        "addressees-0-units": "UBND huyện Đăk Tô",
        "obligations-0-kind": "reduced",
        "obligations-0-percent": "80",
        "obligations-0-units": "UBND huyện Đăk Tô",
        "obligations-0-system": "old",
        "figures-0-old": "858",
        "cited-0-keep": "",
    }
    assert confirm(office, draft, **changes).status_code == 302
    letter = Directive.objects.get(reference="3871/UBND-TTHCC")
    assert letter.subject == "trích yếu đã sửa"
    order = letter.obligations.get()
    assert (order.kind, order.percent, order.system_id, list(order.agencies.all())) == ("reduced", 80, "old", [unit_b])
    assert [figure.value for figure in letter.figures.all()] == [858]
    assert not letter.citations.exists()


def test_what_is_wrong_is_told_beside_its_box_and_nothing_is_kept(office: Client) -> None:
    draft = paste(office, TEXT)
    answer = confirm(office, draft, issued_on="31/11/2022", **{"obligations-0-units": "các đơn vị nêu trên"})
    assert answer.status_code == 422
    html = unescape(answer.content.decode())
    assert "Ngày không đọc được" in html
    assert "Chưa rõ là đơn vị nào: các đơn vị nêu trên" in html
    assert not Directive.objects.filter(reference="3870/UBND-TTHCC").exists()


def test_one_more_row_keeps_all_that_was_typed_and_confirms_nothing(office: Client) -> None:
    draft = paste(office, TEXT)
    answer = confirm(office, draft, subject="đang gõ dở", them="figures")
    assert answer.status_code == 200
    html = unescape(answer.content.decode())
    assert "đang gõ dở</textarea>" in html
    assert 'name="figures-1-unit"' in html
    assert not Directive.objects.exists()


def test_a_letter_that_is_there_is_refused_with_a_link_to_it(office: Client) -> None:
    there = make_directive("3870/UBND-TTHCC", date(2022, 11, 9), text="Toàn văn đã có")
    draft = paste(office, TEXT)
    html = page(office, draft)
    assert f'href="/cong-van/{there.slug}/">Xem công văn đã có</a>' in html
    assert 'class="btn btn-primary" disabled' in html
    answer = confirm(office, draft)
    assert answer.status_code == 422
    assert "đã có trong danh mục" in unescape(answer.content.decode())
    there.refresh_from_db()
    assert there.text == "Toàn văn đã có"
    assert confirm(office, draft, reference="3872/UBND-TTHCC").status_code == 302


def test_a_letter_known_by_citation_is_told_to_get_its_text(office: Client) -> None:
    stub = make_directive("3870/UBND-TTHCC", date(2022, 11, 9))
    draft = paste(office, TEXT)
    assert "xác nhận sẽ bổ sung toàn văn" in page(office, draft)
    assert confirm(office, draft).status_code == 302
    stub.refresh_from_db()
    assert stub.text == draft.text


def test_leaving_keeps_the_draft_on_the_list_until_it_is_confirmed(office: Client) -> None:
    draft = paste(office, TEXT)
    assert "chờ xác nhận" in unescape(office.get(DRAFTS).content.decode())
    confirm(office, draft)
    html = unescape(office.get(DRAFTS).content.decode())
    assert "chờ xác nhận" not in html
    assert "đã ghi nhận" in html
    assert confirm_again(office, draft) == 200


def confirm_again(office: Client, draft: LetterDraft) -> int:
    """A second window, still open, sends what the first one did."""
    return office.post(reverse("directives:draft", args=[draft.pk]), {"reference": "3870/UBND-TTHCC"}).status_code


def test_units_are_those_of_the_letters_day(office: Client, unit_b: Agency) -> None:
    """A unit that ended is named by letters of its time, and by no later one."""
    Agency.objects.filter(pk=unit_b.pk).update(valid_to=date(2022, 11, 9))
    draft = paste(office, TEXT.replace("UBND thành phố Kon Tum giảm", "UBND huyện Đăk Tô giảm"))
    assert confirm(office, draft).status_code == 302
    late = paste(office, TEXT.replace("UBND thành phố Kon Tum giảm", "UBND huyện Đăk Tô giảm").replace("3870", "3873"))
    answer = confirm(office, late, issued_on="10/11/2022", **{"figures-0-keep": "on"})
    assert answer.status_code == 422
    assert "Chưa rõ là đơn vị nào: UBND huyện Đăk Tô" in unescape(answer.content.decode())


def test_the_office_finds_the_way_from_the_list_of_letters_and_others_see_none(
    client: Client, office: Client, head_a: User
) -> None:
    assert f'href="{DRAFTS}"' in office.get("/cong-van/").content.decode()
    client.force_login(head_a)
    assert f'href="{DRAFTS}"' not in client.get("/cong-van/").content.decode()


def test_nobody_else_reads_or_confirms(client: Client, office: Client, inspector: User, head_a: User, data_steward: User) -> None:
    draft = paste(office, TEXT)
    for person in (inspector, head_a, data_steward):
        client.force_login(person)
        for address in (DRAFTS, f"{DRAFTS}{draft.pk}/"):
            assert client.get(address).status_code == 403
            assert client.post(address, {"text": TEXT}).status_code == 403


def test_a_draft_nobody_made_is_missing(office: Client) -> None:
    assert office.get(f"{DRAFTS}9/").status_code == 404


def test_the_list_costs_the_same_for_two_drafts_and_for_twenty(office: Client, django_assert_num_queries: Any) -> None:
    office.get(DRAFTS)  # what the frame asks of every page is kept from here on
    for number in range(20):
        paste(office, f"Số: {number}/UBND-TTHCC")
        if number in (1, 19):
            with django_assert_num_queries(2):  # user; drafts with their letters
                office.get(DRAFTS)


def test_a_draft_costs_the_same_for_one_figure_and_for_thirty(office: Client, django_assert_num_queries: Any) -> None:
    office.get(DRAFTS)  # as above
    line = "- UBND thành phố Kon Tum ngày {}/10/2022: hệ thống cũ 5 hồ sơ, hệ thống mới 6 hồ sơ;"
    for most in (1, 30):
        lines = "\n".join(line.format(day) for day in range(1, most + 1))
        draft = paste(office, f"Số: {most}/UBND-TTHCC\n\nKính gửi: UBND huyện Đăk Tô.\n\nSố hồ sơ quá hạn:\n{lines}\n")
        # user; draft; the units of the day: all of the kinds, their other names, the index; letters known; names of units
        with django_assert_num_queries(7):
            html = office.get(reverse("directives:draft", args=[draft.pk])).content.decode()
        assert html.count('name="figures-') == 6 * most + 4
