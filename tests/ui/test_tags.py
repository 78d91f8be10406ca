"""What the template library prints: words for everyone, never colour alone, everything escaped."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template

from ui.states import STATES


def render(source: str, **context: object) -> str:
    return " ".join(Template("{% load ui %}" + source).render(Context(context)).split())


@pytest.mark.parametrize(
    ("value", "look", "seen"),
    [(-1234, "better down", "−1.234"), (3, "worse up", "+3"), (0, "same", "0")],
)
def test_fewer_overdue_is_good_news(value: int, look: str, seen: str) -> None:
    assert render("{{ value|delta }}", value=value) == f'<span class="delta {look}">{seen}</span>'


def test_polarity_turns_where_more_is_better_and_rests_where_it_says_nothing() -> None:
    assert "delta better" in render('{{ 3|delta:"more" }}')
    assert "delta worse" in render('{{ value|delta:"more" }}', value=-3)
    assert "delta same" in render('{{ 3|delta:"none" }}')


def test_an_unknown_change_says_so() -> None:
    assert render("{{ value|delta }}", value=None) == '<span class="delta unknown">không có số liệu</span>'


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_word_and_an_icon(state: str) -> None:
    html = render("{% due_chip state %}", state=state)
    assert str(STATES[state].word) in html
    assert f'i-{STATES[state].icon}"' in html


@pytest.mark.parametrize(
    ("state", "days", "text"),
    [
        ("overdue", 59, "Quá hạn 59 ngày làm việc"),
        ("in_time", -12, "Còn 12 ngày làm việc"),
        ("due_today", 0, "Đến hạn hôm nay"),
        ("awaiting", 7, "Tạm dừng"),
    ],
)
def test_a_chip_counts_days_only_where_days_run(state: str, days: int, text: str) -> None:
    assert text in render("{% due_chip state days %}", state=state, days=days)


@pytest.mark.parametrize(
    ("behind", "reconstructed", "tone", "text"),
    [
        (0, False, "calm", "Số liệu đến 23:00 09/11/2022"),
        (3, False, "soon", "Số liệu đến 23:00 09/11/2022, cũ 3 ngày"),
        (0, True, "plain", "Dựng lại từ số liệu về sau"),
    ],
)
def test_freshness_says_how_far_data_reach(behind: int, reconstructed: bool, tone: str, text: str) -> None:
    moment = datetime(2022, 11, 9, 16, 0, tzinfo=UTC)
    html = render("{% freshness at behind rebuilt %}", at=moment, behind=behind, rebuilt=reconstructed)
    assert f"chip--{tone}" in html
    assert text in html


def test_missing_data_are_an_alarm() -> None:
    html = render("{% freshness None None %}")
    assert "chip--late" in html
    assert "Chưa có số liệu" in html


def test_a_figure_with_an_address_links_to_what_it_counts() -> None:
    source = '{% stat "Quá hạn" 1321 change=-12 since="so với hôm qua" url=url %}'
    html = render(source, url="/ho-so/?tinh_trang=overdue&he_thong=old")
    assert '<a href="/ho-so/?tinh_trang=overdue&amp;he_thong=old" class="stat-link">1.321</a>' in html
    assert "−12" in html
    assert "so với hôm qua" in html


def test_a_figure_without_a_comparison_shows_none() -> None:
    assert "delta" not in render('{% stat "Quá hạn" 5 %}')


def test_names_from_data_are_escaped() -> None:
    assert "&lt;b&gt;" in render("{% stat label 5 %}", label="<b>")
    assert "<b>" not in render("{% sparkline values label %}", values=[1, 2], label="<b>")


def test_both_systems_always_stand_in_the_same_order() -> None:
    html = render("{% system_pair 857 464 %}")
    assert html.index("Hệ thống cũ") < html.index("857") < html.index("Hệ thống mới") < html.index("464")


def test_an_age_bar_speaks_its_figures() -> None:
    html = render("{% age_bar ages %}", ages=[312, 0, 0, 0, 1740])
    assert "<title>đến 5: 312; trên 90: 1.740</title>" in html
    assert "<rect class=age--more /><rect class=age--5 width=15% />" in html, "the younger lies over the older"


def test_progress_without_a_known_end_gives_no_false_figure() -> None:
    assert "value=" not in render('{% progress None 0 "Đang chờ" %}')
    assert 'value="12400" max="60000"' in render('{% progress 12400 60000 "Đã đọc" %}')


def test_the_page_title_is_repeated_as_plain_text() -> None:
    page = Template('{% extends "layout/entrance.html" %}{% block title %}A &amp; <b>{{ name }}</b>{% endblock %}')
    html = page.render(Context({"name": "x < y"}))
    assert "<title>A &amp; x &lt; y – Hồ sơ quá hạn Kon Tum</title>" in html
    assert '<h1 id="tieu-de">A &amp; <b>x &lt; y</b></h1>' in html


@pytest.mark.parametrize(("state", "word"), [("overdue", "Quá hạn"), ("in_time", "Trong hạn"), ("due_soon", "Sắp đến hạn")])
def test_a_state_by_no_working_day_keeps_its_word_and_is_never_called_due_today(state: str, word: str) -> None:
    assert f">{word}<" in render("{% due_chip state 0 %}", state=state)
