"""What whole columns tell of how a file writes its dates."""

from datetime import date

import pytest

from dossiers.rules.cells import DATE_MARK
from dossiers.rules.date_columns import DateColumns, date_columns, doubtful, reads_both_ways

AS_OF = date(2022, 11, 7)


def real(*days: str) -> set[str]:
    return {f"{DATE_MARK}{day}" for day in days}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"received": {"25/10/2022", "07/11/2022"}}, DateColumns()),
        ({"received": {"05/11/2022", "07/11/2022"}}, DateColumns()),
        ({"received": {"10/25/2022", "11/07/2022"}}, DateColumns(month_first=frozenset({"received"}))),
        # One habit per file: what another column shows to be day first makes it a slip.
        ({"received": {"10/25/2022", "11/07/2022"}, "promised": {"25/11/2022"}}, DateColumns()),
        # A slip in a column of many right ones, and a column in which both habits are at home.
        ({"received": {"13/25/2022", "05/31/2022", *(f"{day}/10/2022" for day in range(13, 32))}}, DateColumns()),
        (
            {"received": {"25/10/2022", "26/10/2022", "10/27/2022", "10/28/2022", "10/29/2022", "05/06/2022"}},
            DateColumns(mixed=frozenset({"received"})),
        ),
        # Excel with American dates: what could be misread was, the others stayed text.
        (
            {"received": {"25/10/2022", "26/10/2022"} | real("2022-05-11", "2022-06-11")},
            DateColumns(swapped=frozenset({"received"})),
        ),
        ({"received": {"25/10/2022", "26/10/2022"} | real("2022-05-11", "2022-10-27")}, DateColumns()),
        ({"received": {"05/10/2022", "26/10/2022"} | real("2022-05-11", "2022-06-11")}, DateColumns()),
        ({"received": real("2022-05-11", "2022-06-11")}, DateColumns()),
        ({}, DateColumns()),
    ],
)
def test_how_a_column_writes_its_dates(texts: dict[str, set[str]], expected: DateColumns) -> None:
    assert date_columns(texts) == expected


@pytest.mark.parametrize(
    ("cell", "both"), [("05/06/2022", True), ("6/6/2022", False), ("25/06/2022", False), ("2022-05-06", False)]
)
def test_which_dates_can_be_read_both_ways(cell: str, both: bool) -> None:
    assert reads_both_ways(cell) is both


def test_a_column_whose_other_reading_lies_ahead_is_doubted() -> None:
    ambiguous = {"01/12/2022", "02/12/2021", "03/12/2022", "04/12/2022", "05/12/2022"}
    assert doubtful({"received": {f"{day:02}/0{month}/2022" for day in range(1, 6) for month in (1, 2)}}, AS_OF) == []
    assert doubtful({"received": {"12/01/2022", "12/02/2022", "12/03/2022", "12/04/2022", "12/05/2022"}}, AS_OF) == ["received"]
    assert doubtful({"promised": {"12/01/2022", "12/02/2022", "12/03/2022", "12/04/2022", "12/05/2022"}}, AS_OF) == []
    assert doubtful({"received": ambiguous | {"25/10/2022"}}, AS_OF) == []
    assert doubtful({"received": {"12/01/2022", "12/02/2022"}}, AS_OF) == []
