from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from ui import formats


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (999, "999"), (1321, "1.321"), (1234567, "1.234.567"), (-4, "−4"), (-1234, "−1.234"), (None, "–")],
)
def test_counts_are_grouped_by_dots_and_unknown_is_never_zero(value: int | None, written: str) -> None:
    assert formats.integer(value) == written


def test_in_english_figures_are_grouped_the_english_way_and_dates_stay_day_first() -> None:
    with override("en"):
        assert formats.integer(-1234567) == "−1,234,567"
        assert formats.percent(0.0423) == f"4.2{formats.NBSP}%"
        assert formats.day(date(2022, 11, 7)) == "07/11/2022"


@pytest.mark.parametrize(
    ("ratio", "written"),
    [
        (0, "0,0"),
        (0.0423, "4,2"),
        (0.00049, "0,0"),
        (0.0005, "0,1"),
        (1, "100,0"),
        (Decimal("12.34567"), "1.234,6"),
        (-0.1, "−10,0"),
    ],
)
def test_percentages_have_one_place_and_round_half_up(ratio: float, written: str) -> None:
    assert formats.percent(ratio) == f"{written}\N{NO-BREAK SPACE}%"


def test_an_unknown_percentage_is_a_dash() -> None:
    assert formats.percent(None) == "–"


def test_dates_are_written_day_first() -> None:
    assert formats.day(date(2022, 11, 7)) == "07/11/2022"
    assert formats.day(None) == "–"


def test_a_moment_is_told_in_vietnam_even_when_it_is_another_date_there() -> None:
    late_evening_in_london = datetime(2022, 11, 9, 17, 30, tzinfo=UTC)
    assert formats.moment(late_evening_in_london) == "00:30 10/11/2022"
    assert formats.day(late_evening_in_london) == "10/11/2022"


@pytest.mark.parametrize(
    ("value", "words"),
    [(-12, "giảm 12"), (3, "tăng 3"), (0, "không đổi"), (None, "không có số liệu"), (-1234, "giảm 1.234")],
)
def test_a_change_is_said_in_words(value: int | None, words: str) -> None:
    assert formats.change(value) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (59, "quá hạn 59 ngày làm việc"),
        (1, "quá hạn 1 ngày làm việc"),
        (0, "đến hạn hôm nay"),
        (-1, "còn 1 ngày làm việc"),
        (None, "chưa có hạn"),
    ],
)
def test_lateness_is_said_from_the_due_date(days: int | None, words: str) -> None:
    assert formats.lateness(days) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.42, "0,4 giây"), (9.99, "10,0 giây"), (38.4, "38 giây"), (59.6, "1 phút 00 giây"), (125, "2 phút 05 giây"), (None, "–")],
)
def test_durations_are_as_exact_as_they_are_short(seconds: float | None, words: str) -> None:
    assert formats.duration(seconds) == words


def test_data_that_lag_say_by_how_many_days() -> None:
    data_as_of = datetime(2022, 11, 9, 16, 0, tzinfo=UTC)
    assert formats.reach(data_as_of, 0) == "số liệu đến 23:00 09/11/2022"
    assert formats.reach(data_as_of, 3) == "số liệu đến 23:00 09/11/2022, cũ 3 ngày"


def test_a_sentence_keeps_the_capitals_of_names() -> None:
    assert formats.sentence("đến UBND huyện Đăk Tô") == "Đến UBND huyện Đăk Tô"
    assert formats.sentence("") == ""
