"""The letters' pages: open to all who sign in, with our counts for the reader's own units."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from directives.models import Directive
from tests.factories import figures
from tests.factories.directives import make_directive, quote_figure
from tests.factories.explanations import NOW, Backlog, call, explain

pytestmark = pytest.mark.django_db


def page(client: Client, user: User, directive: Directive | None = None) -> str:
    client.force_login(user)
    address = reverse("directives:detail", args=[directive.slug]) if directive else reverse("directives:list")
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_links_to_each_letter_and_says_which_have_no_text(client: Client, letter: Directive, stranger: User) -> None:
    html = page(client, stranger)
    assert f'href="/cong-van/{letter.slug}/">3812/UBND</a>' in html
    assert html.index("3812/UBND") < html.index("3566/UBND") < html.index("2624/UBND")
    assert html.count("chưa có toàn văn") == 3


def test_without_letters_the_list_says_what_to_do(client: Client, stranger: User) -> None:
    assert "Chưa có công văn nào" in page(client, stranger)


def test_a_letter_shows_its_text_escaped_its_addressees_and_its_chain(
    client: Client, letter: Directive, provincial_officer: User
) -> None:
    html = page(client, provincial_officer, letter)
    assert '<p class="letter-paragraph">Yêu cầu &lt;nghiêm túc&gt; thực hiện./.</p>' in html
    assert "<summary>Ủy ban nhân dân các huyện, thành phố (2)</summary>" in html
    assert html.index("73 ngày sau") < html.index("17 ngày sau")
    assert "<strong>1.210</strong> hồ sơ quá hạn" in html
    assert 'aria-label="3566/UBND dẫn 2624/UBND; 3812/UBND dẫn 3566/UBND"' in html
    assert "Chỉ đếm các đơn vị" not in html


def test_figures_of_ours_link_to_the_lists_they_count(client: Client, letter: Directive, provincial_officer: User) -> None:
    html = page(client, provincial_officer, letter)
    assert 'href="/ho-so/?ngay=2022-11-07&amp;tinh_trang=overdue&amp;don_vi=608&amp;he_thong=old">860</a>' in html
    assert 'href="/ho-so/?ngay=2022-11-09&amp;tinh_trang=overdue&amp;don_vi=612&amp;he_thong=old">340</a>' in html
    assert 'href="/ho-so/?ngay=2022-10-24&amp;tinh_trang=overdue"><strong>1.210</strong>' in html
    assert (
        'href="/ho-so/?ngay=2022-11-07&amp;tinh_trang=overdue&amp;don_vi=608&amp;pham_vi=area&amp;he_thong=old">862</a>' in html
    )
    assert '<td data-label="Chênh lệch" class="num">+3</td>' in html
    assert '<td data-label="Chênh lệch" class="num">−464</td>' in html
    assert "−10" in html
    assert "“UBND thành phố Kon Tum có 857 hồ sơ”" in html


def test_an_unknown_day_is_said_and_not_shown_as_zero(
    client: Client, letter: Directive, unit_a: Agency, provincial_officer: User
) -> None:
    quote_figure(letter, unit_a, "old", date(2022, 11, 1), 870)
    html = page(client, provincial_officer, letter)
    assert '<td data-label="Ghi nhận riêng đơn vị" class="num">chưa có số liệu ngày đó</td>' in html
    assert html.count("chưa có số liệu ngày đó") == 3  # this figure, and the days of the first and the last letter


def test_a_head_reads_the_letter_but_learns_our_counts_for_the_own_unit_only(
    client: Client, letter: Directive, head_b: User
) -> None:
    html = page(client, head_b, letter)
    assert html.count("ngoài phạm vi được xem") == 2
    assert "don_vi=608" not in html
    assert ">860<" not in html
    assert 'don_vi=612&amp;he_thong=old">331</a>' in html
    assert "Chỉ đếm các đơn vị" in html
    assert "<strong>300</strong> hồ sơ quá hạn" in html


def test_a_letter_known_only_by_citation_says_so(client: Client, letter: Directive, provincial_officer: User) -> None:
    html = page(client, provincial_officer, Directive.objects.get(reference="2624/UBND"))
    assert "Chưa có toàn văn</p>" in html
    assert "Chưa biết nơi gửi" in html
    assert "letter-columns" not in html
    assert "Số liệu văn bản nêu" not in html


def test_a_letter_shows_which_units_were_asked_to_explain_and_how_far_they_are(
    client: Client,
    settings: Settings,
    backlog: Backlog,
    unit_a: Agency,
    unit_b: Agency,
    head_a: User,
    provincial_officer: User,
) -> None:
    settings.CLOCK_PINNED_AT = NOW
    assert "Giải trình theo công văn này" not in page(client, head_a, backlog.letter)
    call(backlog.letter, unit_a, unit_b)
    explain(head_a, backlog.numbers("A-1"), letter=backlog.letter)
    html = page(client, provincial_officer, backlog.letter)
    counted = 'href="/giai-trinh/ho-so/?cong_van=3812-ubnd-tthcc&amp;don_vi=608&amp;giai_trinh='
    assert f'{counted}cho">1</a>' in html
    assert f'{counted}chua">2</a>' in html
    assert 'href="/giai-trinh/yeu-cau/3812-ubnd-tthcc/"' in html
    html = page(client, head_a, backlog.letter)
    assert f'{counted}chua">Giải trình 2</a>' in html
    assert "don_vi=612" not in html


def test_a_letter_nobody_knows_is_missing(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    assert client.get(reverse("directives:detail", args=["khong-co"])).status_code == 404


def test_the_list_costs_the_same_for_three_letters_and_for_twenty(
    client: Client, letter: Directive, provincial_officer: User, django_assert_num_queries: Any
) -> None:
    page(client, provincial_officer)
    for number in range(20):
        if number in (0, 19):
            with django_assert_num_queries(2):  # user (the session is cached); letters
                client.get(reverse("directives:list"))
        make_directive(f"{number}/UBND", date(2022, 8, 1))


def test_a_letter_costs_the_same_for_three_figures_and_for_thirty(
    client: Client, letter: Directive, unit_a: Agency, head_a: User, django_assert_num_queries: Any
) -> None:
    page(client, head_a, letter)
    for day in range(1, 29):
        if day in (1, 28):
            # user; letter; newest night; figures, which are mine, known days, counts, 2; citations, the chain, its known days,
            # its totals, citations; addressees with their units, 2; calls for explanations; the reader's units; lists: their
            # units, the days they are followed; orders: the day they were judged, the orders
            with django_assert_num_queries(21):
                client.get(reverse("directives:detail", args=[letter.slug]))
        figures.night(date(2022, 9, day))
        quote_figure(letter, unit_a, "old", date(2022, 9, day), 1)
