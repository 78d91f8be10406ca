from datetime import date

from ui.charts import Chart, Mark, Series

DAYS = [date(2022, 11, 6), date(2022, 11, 7)]


def chart(values: list[int | None]) -> Chart:
    return Chart("trend", "Quá hạn theo ngày", DAYS, [Series("Hệ thống cũ", "old", values)], [Mark(DAYS[1], "3812/UBND-TTHCC")])


def test_the_drawing_and_the_table_tell_the_same_figures() -> None:
    one = chart([1180, None])
    spec = one.spec()
    assert spec["labels"] == ["06/11/2022", "07/11/2022"]
    assert spec["series"] == [{"name": "Hệ thống cũ", "tone": "old", "values": [1180, None]}]
    assert list(one.rows()) == [("06/11/2022", ["1.180"]), ("07/11/2022", ["–"])]


def test_a_directive_stands_at_its_day() -> None:
    assert chart([1, 2]).spec()["marks"] == [{"at": "07/11/2022", "name": "3812/UBND-TTHCC"}]


def test_a_chart_without_any_known_figure_is_empty_and_one_with_zeros_is_not() -> None:
    assert chart([None, None]).empty
    assert not chart([0, None]).empty
