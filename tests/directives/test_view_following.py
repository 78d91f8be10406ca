"""What follows a letter: its lists by what became of them, its orders, and what units say; each sees the own units only."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from directives.models import Directive, ObligationAnswer
from directives.rules.fate import FATES
from dossiers.selectors.runs import finished_runs
from tests.factories.following import LAST, MARK, make_followed

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(unit_a: Agency, unit_b: Agency) -> Directive:
    return make_followed(unit_a, unit_b)


def read(client: Client, user: User, address: str, status: int = 200) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == status
    return unescape(re.sub(r"\s+", " ", answer.content.decode()))


def detail(letter: Directive, query: str = "") -> str:
    return reverse("directives:detail", args=[letter.slug]) + query


def cohort(letter: Directive, query: str = "") -> str:
    return reverse("directives:cohort", args=[letter.slug]) + query


def codes(html: str) -> set[str]:
    return set(re.findall(r'href="/ho-so/(?:old|new)/([^/]+)/', html))


def cells(html: str, unit: str) -> dict[str, str]:
    """A unit's line of the table of units, by label, without marks."""
    (line,) = re.findall(rf"<tr>(?:(?!</tr>).)*{unit}</a></th>.*?</tr>", html)
    return {label: re.sub("<[^>]+>", "", text).strip() for label, text in re.findall(r'data-label="([^"]+)">(.*?)</td>', line)}


def test_a_letter_s_page_balances_its_lists_and_says_who_moved(
    client: Client, letter: Directive, provincial_officer: User
) -> None:
    html = read(client, provincial_officer, detail(letter))
    balance = re.findall(r"<dd>(?:<a[^>]*>)?(\d+)", html[html.index("cohort-flow") : html.index("flow-fates")])
    assert balance == ["6", "3", "2", "5", "0"]  # at the mark − left + came = now, and nothing unexplained
    assert cells(html, "UBND thành phố Kon Tum") == {
        "Tại mốc": "4",
        "Kết thúc đúng quy định": "1",
        "Còn quá hạn": "2",
        "Kết quả khác": "1",
        "Mới phát sinh": "2",
        "Quá hạn hiện nay": "4",
        "Tồn qua": "1 văn bản",
    }
    assert cells(html, "UBND huyện Đăk Tô")["Kết thúc đúng quy định"] == "0"
    assert "1 Có giải quyết" in html
    assert "1 Chưa chuyển biến" in html
    assert "Mốc: 24:00 ngày 07/11/2022, ngày số liệu văn bản nêu." in html


def test_every_number_opens_exactly_the_dossiers_it_counts(client: Client, letter: Directive, provincial_officer: User) -> None:
    html = read(client, provincial_officer, detail(letter))
    links = re.findall(r'<a href="(/cong-van/[^"]*/danh-sach/[^"]*|/ho-so/\?[^"]*)">(\d+)</a>', html)
    assert len(links) > 12
    for address, number in links:
        assert len(codes(read(client, provincial_officer, address))) == int(number), address


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"A1", "A2", "A3", "N1", "B1", "B2"}),
        ("?ket_qua=finished", {"A1"}),
        ("?ket_qua=settled", {"A1"}),
        ("?ket_qua=unsettled", {"A2", "A3", "N1", "B1", "B2"}),
        ("?ket_qua=left", {"A2", "B1"}),
        ("?ket_qua=transferred", {"B1"}),
        ("?ket_qua=inflow", {"A9", "B1"}),
        ("?don_vi=608&he_thong=new", {"N1"}),
        ("?ket_qua=overdue&ngay=2022-11-08", {"A1", "A2", "A3", "N1", "B1", "B2"}),
    ],
)
def test_the_list_shows_what_its_address_asks_for(
    client: Client, letter: Directive, provincial_officer: User, query: str, expected: set[str]
) -> None:
    assert codes(read(client, provincial_officer, cohort(letter, query))) == expected


def test_a_row_says_what_became_of_a_dossier_and_how_late_it_ended(
    client: Client, letter: Directive, provincial_officer: User
) -> None:
    html = read(client, provincial_officer, cohort(letter, "?ket_qua=finished"))
    (row,) = re.findall(r"<tbody>(.*)</tbody>", html)
    assert "Đã xử lý xong" in row
    assert "29/10/2022" in row  # the due date missed at the mark
    assert "09/11/2022" in row
    assert '<td class="num" data-label="Số ngày làm việc quá hạn">8' in row
    handed_over = read(client, provincial_officer, cohort(letter, "?ket_qua=transferred"))
    assert "UBND huyện Đăk Tô<small>UBND thành phố Kon Tum</small>" in handed_over


def test_a_wrong_word_is_refused_with_a_reason(client: Client, letter: Directive, provincial_officer: User) -> None:
    assert "Danh sách được theo dõi từ 07/11/2022 đến 10/11/2022" in read(
        client, provincial_officer, cohort(letter, "?ngay=2022-12-01"), 422
    )
    assert "Hãy chọn trong ô Đơn vị" in read(client, provincial_officer, detail(letter, "?don_vi=9"), 422)
    read(client, provincial_officer, cohort(letter, "?ket_qua=sai"), 422)


def test_filters_replace_the_list_alone(client: Client, letter: Directive, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    answer = client.get(cohort(letter, "?ket_qua=finished"), headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert codes(answer.content.decode()) == {"A1"}


def test_a_head_sees_the_own_unit_and_the_letter_of_all(client: Client, letter: Directive, head_b: User) -> None:
    html = read(client, head_b, detail(letter))
    assert "UBND huyện Đăk Tô" in html
    assert "?don_vi=608" not in html
    assert codes(read(client, head_b, cohort(letter))) == {"B1", "B2"}
    assert codes(read(client, head_b, cohort(letter, "?ket_qua=inflow"))) == set()
    read(client, head_b, cohort(letter, "?don_vi=608"), 422)
    order = read(client, head_b, reverse("directives:order", args=[letter.slug, 1]))
    assert "Câu settled" in order
    assert 'id="don-vi-612"' in order
    assert 'id="don-vi-608"' not in order


def test_a_stranger_sees_the_letter_and_no_list(client: Client, letter: Directive, stranger: User) -> None:
    assert "Chưa có danh sách tại mốc" in read(client, stranger, detail(letter))
    assert "Chưa có danh sách" in read(client, stranger, cohort(letter))


def test_an_order_says_why_each_unit_counts_as_it_does(client: Client, letter: Directive, provincial_officer: User) -> None:
    html = read(client, provincial_officer, reverse("directives:order", args=[letter.slug, 1]))
    assert "Tại mốc 4, nay 3, giảm 1. Văn bản không nêu thời hạn." in html
    assert "Tại mốc 2, nay 2, chưa giảm. Văn bản không nêu thời hạn." in html
    assert "Báo cáo thực hiện" not in html
    read(client, provincial_officer, reverse("directives:order", args=[letter.slug, 9]), 404)


def say(client: Client, user: User, letter: Directive, code: str, number: int = 2, **said: str) -> int:
    client.force_login(user)
    address = reverse("directives:answer", args=[letter.slug, number, code])
    return client.post(address, {"state": "doing", "text": "Đang quán triệt.", **said}).status_code


def test_a_head_answers_for_the_own_unit_and_every_answer_stays(
    client: Client, letter: Directive, head_a: User, unit_a: Agency
) -> None:
    assert say(client, head_a, letter, "608") == 302
    assert say(client, head_a, letter, "608", state="done", text="Đã họp ngày 10/11 <b>") == 302
    html = read(client, head_a, reverse("directives:order", args=[letter.slug, 2]))
    assert "Đã họp ngày 10/11 <b>" in html  # unescaped by the test: printed as text
    assert "Đang quán triệt." in html
    newest = ObligationAnswer.objects.first()
    assert newest
    assert (newest.state, newest.agency, newest.author) == ("done", unit_a, "Thủ trưởng A (thu-truong-a)")


def test_an_answer_without_words_is_refused_and_kept_on_the_page(client: Client, letter: Directive, head_a: User) -> None:
    client.force_login(head_a)
    answer = client.post(reverse("directives:answer", args=[letter.slug, 2, "608"]), {"state": "done", "text": " "})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Hãy ghi nội dung báo cáo trước khi gửi." in html
    assert 'value="done" required checked' in html
    assert not ObligationAnswer.objects.exists()


def test_nobody_answers_for_others_or_to_what_figures_measure(
    client: Client, letter: Directive, head_a: User, head_b: User, provincial_officer: User
) -> None:
    assert say(client, head_b, letter, "608") == 404
    assert say(client, provincial_officer, letter, "608") == 403
    assert say(client, head_a, letter, "608", number=1) == 404
    assert say(client, head_a, letter, "khong-co") == 404
    assert not ObligationAnswer.objects.exists()


def test_a_unit_s_page_says_what_is_demanded_where_it_stands_and_what_is_left(
    client: Client, letter: Directive, head_a: User
) -> None:
    html = read(client, head_a, reverse("reports:agency", args=["608"]))
    section = html[html.index("cong-van-don-vi") :]
    section = section[: section.index("</section>")]
    assert "3812/UBND" in section
    assert "Câu settled" in section
    assert "Tại mốc 4, nay 3, giảm 1." in section
    (link,) = re.findall(r'href="(/ho-so/\?[^"]*ton_qua=1)"', section)
    assert codes(read(client, head_a, link)) == {"A3", "N1", "B1"}
    assert "<strong>3</strong> tồn qua 1 văn bản" in section


def test_many_units_cost_a_page_as_many_queries_as_two(
    client: Client, letter: Directive, provincial_officer: User, province: Agency
) -> None:
    client.force_login(provincial_officer)
    addresses = [detail(letter), cohort(letter), reverse("directives:order", args=[letter.slug, 1])]

    def queries() -> list[int]:
        counts = []
        for address in addresses:
            client.get(address)  # what is kept in memory is there
            with CaptureQueriesContext(connection) as found:
                assert client.get(address).status_code == 200
            counts.append(len(found))
        return counts

    before = queries()
    run = finished_runs().get(as_of=MARK)
    units = Agency.objects.bulk_create(
        Agency(code=f"X{number}", name=f"Đơn vị {number}", level="district", verified=True) for number in range(20)
    )
    for unit in units:
        made = letter.baselines.create(
            agency=unit, system_id="old", as_of=MARK, run=run, dated_by="figures", inferred=False, counted=0
        )
        zeros = dict.fromkeys(("size", "unlisted", "inflow", "stock", *FATES), 0)
        made.counts.create(as_of=LAST, **zeros)
        letter.obligations.get(number=1).agencies.add(unit)
    assert queries() == before
