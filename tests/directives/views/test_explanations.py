"""The pages of explanations: who gets what, what each act changes, how it is said when it cannot be done."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from directives.models import Explanation, ExplanationCall
from directives.services.explanations import explanation_accept, explanation_return
from tests.factories.dossiers import moment
from tests.factories.explanations import ANSWER_BY, NIGHT, NOW, TEXT, Backlog, call, explain

pytestmark = pytest.mark.django_db
DESK, DOSSIERS, WRITE = "/giai-trinh/", "/giai-trinh/ho-so/", "/giai-trinh/viet/"
SAID = {"reason": "supplement", "text": TEXT}


@pytest.fixture(autouse=True)
def place(db: None, settings: Settings, tmp_path: Path) -> None:
    """Numbers of rows above a thousand, as they soon are: they must never be written with a separator."""
    settings.CLOCK_PINNED_AT = NOW
    settings.MEDIA_ROOT = tmp_path
    with connection.cursor() as cursor:
        for table in ("agencies_agency", "dossiers_dossier", "directives_explanation", "directives_directive"):
            cursor.execute("SELECT setval(serial, 4000 + nextval(serial)) FROM pg_get_serial_sequence(%s, 'id') serial", [table])


def page(client: Client, user: User, address: str, status: int = 200, *, part: bool = False) -> str:
    client.force_login(user)
    answer = client.get(address, headers={"HX-Request": "true"} if part else None)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def send(client: Client, user: User, address: str, **data: Any) -> HttpResponseBase:
    client.force_login(user)
    return client.post(address, data)


def total(html: str) -> int:
    found = re.search(r"<strong>(\d+)</strong> (?:hồ sơ|giải trình)", html)
    assert found
    return int(found[1])


def picks(html: str, name: str = "ho_so") -> list[str]:
    return re.findall(rf'<input[^>]* name="{name}" value="(\d+)"', html)


# The desk


def test_a_head_reads_what_was_returned_first_then_what_is_asked_by_when(
    client: Client, backlog: Backlog, head_a: User, provincial_officer: User, unit_a: Agency, unit_b: Agency
) -> None:
    call(backlog.letter, unit_a, unit_b)
    said = explain(head_a, backlog.numbers("A-1"), letter=backlog.letter)
    explanation_return(explanation=said, remark="Nêu rõ ngày xong", user=provincial_officer, now=NOW)
    html = page(client, head_a, DESK)
    assert (
        html.index("Bị trả lại, cần giải trình lại") < html.index("Đơn vị được yêu cầu giải trình") < html.index("Các giải trình")
    )
    assert "Nêu rõ ngày xong" in html
    assert f'href="/giai-trinh/{said.pk}/tra-loi-lai/"' in html
    assert "15/11/2022" in html
    assert "còn 3 ngày làm việc" in html
    assert f'href="{DOSSIERS}?cong_van=3812-ubnd-tthcc&amp;don_vi=608&amp;giai_trinh=chua">Giải trình 3</a>' in html
    assert "don_vi=612" not in html


def test_the_office_begins_with_what_waits_the_late_ones_first(
    client: Client, backlog: Backlog, head_a: User, head_b: User, provincial_officer: User, unit_a: Agency, unit_b: Agency
) -> None:
    call(backlog.letter, unit_a, unit_b)
    late = moment(ANSWER_BY + timedelta(days=1))
    first = explain(head_a, backlog.numbers("A-1"), letter=backlog.letter)
    second = explain(head_b, backlog.numbers("B-1"), letter=backlog.letter, now=late)
    done = explain(head_a, backlog.numbers("A-2"))
    explanation_accept(explanation=done, remark="", user=provincial_officer, now=NOW)
    html = page(client, provincial_officer, DESK)
    assert total(html) == 2
    assert picks(html, "giai_trinh") == [str(second.pk), str(first.pk)]
    assert "gửi sau hạn" in html
    assert total(page(client, provincial_officer, DESK + "?tinh_trang=accepted")) == 1
    assert total(page(client, provincial_officer, DESK + "?gui=muon&don_vi=612&cong_van=3812-ubnd-tthcc")) == 1
    assert total(page(client, provincial_officer, DESK + "?nguyen_nhan=supplement")) == 3


def test_filters_and_pages_replace_only_the_list(client: Client, backlog: Backlog, provincial_officer: User) -> None:
    html = page(client, provincial_officer, DESK, part=True)
    assert "<html" not in html
    assert "Không có giải trình nào khớp" in html


def test_a_filter_that_cannot_be_read_says_so(client: Client, backlog: Backlog, provincial_officer: User) -> None:
    assert "Chưa xem được" in page(client, provincial_officer, DESK + "?tinh_trang=lung-tung", status=422)


def test_a_stranger_has_an_empty_desk_and_an_inspector_decides_nothing(
    client: Client, backlog: Backlog, head_a: User, stranger: User, inspector: User
) -> None:
    explain(head_a, backlog.numbers("A-1"))
    assert "Không có giải trình nào khớp" in page(client, stranger, DESK)
    html = page(client, inspector, DESK)
    assert total(html) == 1
    assert 'name="verdict"' not in html


# The list to choose from


def test_a_head_chooses_among_the_own_dossiers_nobody_has_explained(client: Client, backlog: Backlog, head_a: User) -> None:
    explain(head_a, backlog.numbers("A-1"))
    html = page(client, head_a, DOSSIERS)
    assert total(html) == 5
    assert set(picks(html)) == {str(backlog.dossier(code).pk) for code in ("A-2", "A-3", "A-NEWCOMER", "C-1")}
    assert "B-1" not in html
    assert total(page(client, head_a, DOSSIERS + "?giai_trinh=cho")) == 1
    assert total(page(client, head_a, DOSSIERS + "?giai_trinh=chua&cong_van=3812-ubnd-tthcc&don_vi=608")) == 3


def test_with_a_letter_only_what_was_said_to_it_counts(client: Client, backlog: Backlog, head_a: User) -> None:
    explain(head_a, backlog.numbers("A-1"))
    explain(head_a, backlog.numbers("A-2"), letter=backlog.letter)
    address = DOSSIERS + "?cong_van=3812-ubnd-tthcc&giai_trinh="
    assert [total(page(client, head_a, address + answer)) for answer in ("cho", "chua")] == [1, 3]


def test_the_office_looks_at_all_units_and_picks_nothing(client: Client, backlog: Backlog, provincial_officer: User) -> None:
    html = page(client, provincial_officer, DOSSIERS)
    assert total(html) == 7
    assert not picks(html)


def test_a_past_day_shows_what_was_said_by_then_and_offers_nothing(
    client: Client, backlog: Backlog, head_a: User, provincial_officer: User
) -> None:
    said = explain(head_a, backlog.numbers("A-1"))
    explanation_accept(explanation=said, remark="", user=provincial_officer, now=NOW)
    assert total(page(client, head_a, DOSSIERS + "?giai_trinh=co")) == 1
    html = page(client, head_a, f"{DOSSIERS}?ngay={NIGHT}")
    assert html.count("chip--plain i-circle") == 5
    assert not picks(html)
    assert "Chưa có số liệu" in page(client, head_a, DOSSIERS + "?ngay=2022-01-05")


def test_a_choice_that_cannot_be_read_says_so(client: Client, backlog: Backlog, head_a: User) -> None:
    page(client, head_a, DOSSIERS + "?giai_trinh=lung-tung", status=422)
    page(client, head_a, DOSSIERS + "?cong_van=khong-co", status=422)


# Writing


def test_ticked_dossiers_are_explained(client: Client, backlog: Backlog, head_a: User) -> None:
    address = f"{WRITE}?cong_van=3812-ubnd-tthcc&" + "&".join(f"ho_so={pk}" for pk in backlog.numbers("A-1", "A-2"))
    html = page(client, head_a, address)
    assert f'<option value="{backlog.letter.pk}" selected>' in html
    assert html.index("A-1") < html.index("A-2")
    answer = send(client, head_a, address, **SAID, letter=backlog.letter.pk, count=2, promised_on="18/11/2022")
    assert (answer.status_code, answer.headers["Location"]) == (302, DESK)
    said = Explanation.objects.get()
    assert (said.directive, said.promised_on, said.submitted_at) == (backlog.letter, date(2022, 11, 18), NOW)
    assert set(said.dossiers.values_list("code", flat=True)) == {"A-1", "A-2"}
    assert "Đã gửi 1 giải trình cho 2 hồ sơ" in page(client, head_a, DESK)


def test_all_a_filter_finds_unexplained_is_explained_at_once(client: Client, backlog: Backlog, head_a: User) -> None:
    explain(head_a, backlog.numbers("A-1"), letter=backlog.letter)
    address = f"{WRITE}?tat_ca=1&cong_van=3812-ubnd-tthcc"
    assert "Thuộc 2 đơn vị" in page(client, head_a, address)
    send(client, head_a, address, **SAID, letter=backlog.letter.pk, count=3)
    made = Explanation.objects.order_by("pk")[1:]
    assert [set(one.dossiers.values_list("code", flat=True)) for one in made] == [{"A-2", "A-3"}, {"C-1"}]


def test_nobody_answers_for_more_than_they_looked_at(client: Client, backlog: Backlog, head_a: User) -> None:
    answer = send(client, head_a, f"{WRITE}?tat_ca=1", **SAID, count=4)
    assert answer.status_code == 422
    assert "Danh sách đã thay đổi từ 4 thành 5 hồ sơ" in answer.getvalue().decode()
    assert not Explanation.objects.exists()


def test_dossiers_of_others_or_in_time_are_not_among_the_chosen(client: Client, backlog: Backlog, head_a: User) -> None:
    wrong = backlog.numbers("B-1", "A-IN-TIME")
    address = f"{WRITE}?ho_so={'9' * 40}&ho_so=abc&" + "&".join(f"ho_so={pk}" for pk in wrong)
    assert "Chưa chọn hồ sơ nào" in page(client, head_a, address)
    answer = send(client, head_a, address, **SAID, count=0)
    assert answer.status_code == 422
    assert not Explanation.objects.exists()


def test_a_promise_for_a_day_off_is_asked_about_once(client: Client, backlog: Backlog, head_a: User) -> None:
    address = f"{WRITE}?ho_so={backlog.dossier('A-1').pk}"
    answer = send(client, head_a, address, **SAID, count=1, promised_on="12/11/2022")
    html = answer.getvalue().decode()
    assert answer.status_code == 422
    assert "12/11/2022 là ngày nghỉ (thứ Bảy)" in html
    assert 'name="day_off"' in html
    assert 'name="day_off"' not in page(client, head_a, address)
    send(client, head_a, address, **SAID, count=1, promised_on="12/11/2022", day_off="on")
    assert Explanation.objects.get().promised_on == date(2022, 11, 12)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": ""}, "Chưa chọn nguyên nhân."),
        ({"text": ""}, "Chưa ghi nội dung giải trình."),
        ({"promised_on": "09/11/2022"}, "đã qua"),
        ({"promised_on": "hôm nào đó"}, "Ngày không đọc được"),
        ({"attachment": SimpleUploadedFile("bao-cao.pdf", b"MZ")}, "Không nhận loại tệp này"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    client: Client, backlog: Backlog, head_a: User, wrong: dict[str, Any], said: str
) -> None:
    answer = send(client, head_a, f"{WRITE}?ho_so={backlog.dossier('A-1').pk}", **{**SAID, "count": 1, **wrong})
    assert answer.status_code == 422
    assert said in answer.getvalue().decode()


def test_only_those_who_answer_for_units_write(
    client: Client, backlog: Backlog, provincial_officer: User, inspector: User
) -> None:
    for user in (provincial_officer, inspector):
        page(client, user, WRITE, status=403)


def test_a_letter_the_unit_has_no_list_in_is_not_offered(client: Client, backlog: Backlog, head_a: User, unit_a: Agency) -> None:
    backlog.letter.baselines.exclude(agency__code="612").delete()
    assert "3812" not in page(client, head_a, f"{WRITE}?ho_so={backlog.dossier('A-1').pk}&cong_van=3812-ubnd-tthcc")


# One explanation


def test_an_explanation_is_its_unit_s_and_the_provinces_to_read(
    client: Client, backlog: Backlog, head_a: User, head_b: User, provincial_officer: User
) -> None:
    said = explain(head_a, backlog.numbers("A-1"), text="Dòng một\n\nDòng <hai>")
    address = f"/giai-trinh/{said.pk}/"
    html = page(client, head_a, address)
    assert "<p>Dòng &lt;hai&gt;</p>" in html
    assert "Thủ trưởng A (thu-truong-a)" in html
    assert 'name="verdict"' not in html
    assert 'name="verdict"' in page(client, provincial_officer, address)
    page(client, head_b, address, status=404)


def test_an_attachment_is_a_download_for_those_who_see_the_explanation(
    client: Client, backlog: Backlog, head_a: User, head_b: User
) -> None:
    address = f"{WRITE}?ho_so={backlog.dossier('A-1').pk}"
    send(client, head_a, address, **SAID, count=1, attachment=SimpleUploadedFile("Ông Cường.html", b"%PDF-1.7 x"))
    said = Explanation.objects.get()
    file = f"/giai-trinh/{said.pk}/tep/"
    client.force_login(head_a)
    answer = client.get(file)
    assert answer.getvalue() == b"%PDF-1.7 x"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="giai-trinh-{said.pk}.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "Tải tệp PDF" in page(client, head_a, f"/giai-trinh/{said.pk}/")
    page(client, head_b, file, status=404)
    bare = explain(head_a, backlog.numbers("A-2"))
    page(client, head_a, f"/giai-trinh/{bare.pk}/tep/", status=404)


def test_a_dossier_s_page_holds_a_place_for_what_was_said_of_it(
    client: Client, backlog: Backlog, head_a: User, head_b: User
) -> None:
    explain(head_a, backlog.numbers("A-1"), promised_on=date(2022, 11, 18))
    address = reverse("explanations:of_dossier", args=["old", "A-1"])
    html = page(client, head_a, address, part=True)
    assert "<html" not in html
    assert TEXT in html
    assert "cam kết xong 18/11/2022" in html
    assert "<html" in page(client, head_a, address)
    page(client, head_b, address, status=404)
    assert "Chưa có giải trình nào" in page(client, head_b, reverse("explanations:of_dossier", args=["old", "B-1"]))


# Deciding


def test_several_are_accepted_together(
    client: Client, backlog: Backlog, head_a: User, head_b: User, provincial_officer: User
) -> None:
    sent = [explain(head_a, backlog.numbers("A-1")), explain(head_b, backlog.numbers("B-1"))]
    chosen = {"giai_trinh": [one.pk for one in sent], "verdict": "accept"}
    assert send(client, provincial_officer, "/giai-trinh/xet/", **chosen).status_code == 302
    assert set(Explanation.objects.values_list("state", flat=True)) == {"accepted"}
    assert "Đã chấp nhận 2 giải trình." in page(client, provincial_officer, DESK)
    send(client, provincial_officer, "/giai-trinh/xet/", **chosen)
    assert "2 giải trình đã được xem xét trước đó" in page(client, provincial_officer, DESK)


def test_a_return_without_a_reason_is_asked_for_it_with_the_same_choice(
    client: Client, backlog: Backlog, head_a: User, provincial_officer: User
) -> None:
    said = explain(head_a, backlog.numbers("A-1"))
    answer = send(client, provincial_officer, "/giai-trinh/xet/", giai_trinh=said.pk, verdict="return", remark=" ")
    html = answer.getvalue().decode()
    assert answer.status_code == 422
    assert "Hãy ghi lý do trả lại" in html
    assert picks(html, "giai_trinh") == [str(said.pk)]
    send(client, provincial_officer, "/giai-trinh/xet/", giai_trinh=said.pk, verdict="return", remark="Nêu rõ ngày xong")
    assert Explanation.objects.get().state == "returned"


def test_nobody_else_decides(client: Client, backlog: Backlog, head_a: User, inspector: User) -> None:
    said = explain(head_a, backlog.numbers("A-1"))
    for user in (head_a, inspector):
        assert send(client, user, "/giai-trinh/xet/", giai_trinh=said.pk, verdict="accept").status_code == 403
    assert Explanation.objects.get().state == "submitted"


# Answering a return


def test_a_returned_explanation_is_answered_anew_without_the_dossiers_left_out(
    client: Client, backlog: Backlog, head_a: User, head_b: User, provincial_officer: User
) -> None:
    said = explain(head_a, backlog.numbers("A-1", "A-2"))
    address = f"/giai-trinh/{said.pk}/tra-loi-lai/"
    page(client, head_a, address, status=404)  # it still waits
    explanation_return(explanation=said, remark="Nêu rõ ngày xong", user=provincial_officer, now=NOW)
    page(client, head_b, address, status=404)
    html = page(client, head_a, address)
    assert TEXT in html
    assert "Nêu rõ ngày xong" in html
    left_out = backlog.dossier("A-1").pk
    answer = send(client, head_a, address, reason="sync", text="Đã đối chiếu.", count=2, bo_ra=left_out)
    assert answer.status_code == 302
    new = Explanation.objects.get(replaces=said)
    assert list(new.dossiers.values_list("code", flat=True)) == ["A-2"]
    html = page(client, head_a, f"/giai-trinh/{new.pk}/")
    assert html.index(f"Giải trình số {said.pk}", html.index("Các lần giải trình")) > 0
    page(client, head_a, address, status=404)


def test_leaving_out_every_dossier_is_refused(client: Client, backlog: Backlog, head_a: User, provincial_officer: User) -> None:
    said = explain(head_a, backlog.numbers("A-1"))
    explanation_return(explanation=said, remark="Nêu rõ ngày xong", user=provincial_officer, now=NOW)
    address = f"/giai-trinh/{said.pk}/tra-loi-lai/"
    answer = send(client, head_a, address, **SAID, count=1, bo_ra=backlog.dossier("A-1").pk)
    assert answer.status_code == 422
    assert "ít nhất một hồ sơ" in answer.getvalue().decode()


# Calling


def test_the_office_calls_the_units_a_letter_has_lists_of(
    client: Client, backlog: Backlog, provincial_officer: User, unit_a: Agency, unit_b: Agency, commune_a: Agency
) -> None:
    address = "/giai-trinh/yeu-cau/3812-ubnd-tthcc/"
    html = page(client, provincial_officer, address)
    assert picks(html, "agencies") == [str(unit.pk) for unit in (unit_a, unit_b, commune_a)]
    chosen = {"agencies": [unit_a.pk, unit_b.pk]}
    assert send(client, provincial_officer, address, **chosen, answer_by="12/11/2022").status_code == 422
    answer = send(client, provincial_officer, address, **chosen, answer_by="15/11/2022")
    assert answer.headers["Location"] == f"{DESK}?cong_van=3812-ubnd-tthcc"
    assert {one.agency for one in ExplanationCall.objects.all()} == {unit_a, unit_b}
    assert picks(page(client, provincial_officer, address), "agencies") == [str(commune_a.pk)]
    send(client, provincial_officer, address, agencies=[commune_a.pk], answer_by="15/11/2022")
    assert "Không còn đơn vị nào" in page(client, provincial_officer, address)


def test_a_call_names_units_and_a_day(client: Client, backlog: Backlog, provincial_officer: User, head_a: User) -> None:
    address = "/giai-trinh/yeu-cau/3812-ubnd-tthcc/"
    html = send(client, provincial_officer, address, answer_by="").getvalue().decode()
    assert "Chưa chọn đơn vị nào." in html
    assert "Chưa ghi hạn giải trình." in html
    page(client, head_a, address, status=403)


# Budgets


def test_the_pages_cost_the_same_for_ten_and_for_a_hundred(
    client: Client,
    backlog: Backlog,
    head_a: User,
    provincial_officer: User,
    unit_a: Agency,
    unit_b: Agency,
    django_assert_num_queries: Any,
) -> None:
    call(backlog.letter, unit_a, unit_b)
    made = 0
    for size in (10, 100):
        for _again in range(size - made):
            said = explain(head_a, backlog.numbers("A-1", "A-2"))
            explanation_return(explanation=said, remark="Nêu rõ ngày xong", user=provincial_officer, now=NOW)
        made = size
        for user, address, queries in (
            # user; senders; found, counted; calls, their counts 2, calendar 2, the journal's head, as the night is kept;
            # a head: units for the menu, returned; the office: what waits
            (head_a, DESK, 12),
            (provincial_officer, DESK + "?tinh_trang=returned", 11),
            # user; head; units, fields and letters offered; found, counted, unexplained; the seal; units for the menu
            (head_a, DOSSIERS, 10),
            # user; explanation; links, chain; dossiers, counted; whether to answer; units for the menu
            (head_a, f"/giai-trinh/{said.pk}/", 8),
            # user; head; what the filter offers, 3; chosen; letters, the letter; units; calls; the first dossiers; menu
            (head_a, WRITE + "?tat_ca=1&cong_van=3812-ubnd-tthcc", 11),
            # user; letter; head; counts 2; units
            (provincial_officer, "/giai-trinh/yeu-cau/3812-ubnd-tthcc/", 6),
            (head_a, "/giai-trinh/ho-so/old/A-1/", 4),  # user; dossier; explanations; menu
        ):
            page(client, user, address)
            with django_assert_num_queries(queries):
                client.get(address)
