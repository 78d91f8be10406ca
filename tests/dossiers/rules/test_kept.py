"""What a row leaves unsaid stays known; what it says, the empty cell of a column it has included, counts."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dossiers.rules.facts import Cells, Facts
from dossiers.rules.rows import Judge
from dossiers.sources.headers import MANDATORY
from tests.dossiers.rules.test_rows import AS_OF, CONTEXT, GOOD
from tests.factories.worktime import at

LATER = replace(CONTEXT, data_as_of=AS_OF + timedelta(days=1))
COMPARED = [name.name for name in fields(Facts) if name.name != "original_due"]
FREE = tuple(sorted(set(Cells._fields) - set(MANDATORY) - {"agency_code", "event_at", "extra"}))
DATES = ("", "28/10/2022", "31/10/2022 09:30", "04/11/2022 16:00")
LISTED = '[["20221026080000","20221027080000","20221031170000","20221101170000","supplement"]]'

rows = st.builds(
    Cells,
    code=st.just("H34-1"),
    procedure_code=st.sampled_from(["1.000001.000.00.00.H34", "1.000002", "1.000003", "1.000004", "9.9", ""]),
    procedure_name=st.sampled_from(["", "Đăng ký khai sinh"]),
    field=st.sampled_from(["", "Nuôi ong"]),
    agency=st.sampled_from(["UBND huyện Đăk Tô", "UBND xã Đăk Long"]),
    receiver=st.just("UBND huyện Đăk Hà"),
    applicant=st.sampled_from(["", "Nguyễn Văn An"]),
    channel=st.sampled_from(["", "Trực tiếp", "2", "Bưu chính công ích"]),
    received=st.sampled_from(["24/10/2022 08:00", "24/10/2022 08:00:07"]),
    promised=st.sampled_from(["31/10/2022 17:00", "31/10/2022", "31/10/2022 23:59:59", ""]),
    finished=st.sampled_from(DATES),
    returned=st.sampled_from(DATES),
    refused=st.sampled_from(DATES),
    status=st.sampled_from([str(status) for status in range(1, 11)]),
    officer=st.sampled_from(["", "Trần Thị Bình##Lê Văn Chung"]),
    note=st.sampled_from(["", "Đã gọi điện"]),
    stop_from=st.sampled_from(["", "26/10/2022"]),
    stop_to=st.sampled_from(["", "28/10/2022"]),
    stops=st.sampled_from(["", "", LISTED]),
    extension_no=st.sampled_from(["", "12/GH"]),
    extension_on=st.sampled_from(["", "27/10/2022"]),
    **dict.fromkeys(("agency_code", "event_at", "extra"), st.just("")),
).map(lambda cells: cells._replace(stop_from="", stop_to="") if cells.stops else cells)  # no source tells stops in both ways


def told(cells: Cells, columns: set[str], known: Facts | None = None) -> tuple[Facts | None, set[tuple[str, str]]]:
    """The facts of a row whose source has these columns only, told a day later; its issues as (kind, column)."""
    row = Cells(**{column: getattr(cells, column) for column in columns})
    found = Judge(LATER, columns).judge(row, known)
    return found.facts, {(issue.kind, issue.column) for issue in found.issues}


@given(rows, st.sets(st.sampled_from(FREE)))
def test_the_same_facts_through_fewer_columns_are_the_same_facts(cells: Cells, columns: set[str]) -> None:
    known = Judge(CONTEXT).judge(cells).facts
    assume(known is not None)
    assert known is not None
    # Two dates of end that contradict one another: the one the row states is taken.
    assume("refused" in columns or not (cells.refused and cells.finished and "finished" in columns))
    facts, _issues = told(cells, columns | set(MANDATORY), known)
    assert facts is not None
    assert {name: getattr(facts, name) for name in COMPARED} == {name: getattr(known, name) for name in COMPARED}


@pytest.fixture
def known() -> Facts:
    facts = (
        Judge(CONTEXT)
        .judge(GOOD._replace(note="Đã gọi điện", extension_no="12/GH", stop_from="26/10/2022", stop_to="27/10/2022"))
        .facts
    )
    assert facts is not None
    return facts


def test_an_empty_cell_of_a_column_the_source_has_means_empty(known: Facts) -> None:
    facts, _issues = told(GOOD._replace(note="", officer=""), {*MANDATORY, "promised", "note"}, known)
    assert facts is not None
    assert (facts.note, facts.officer, facts.extension_no) == ("", "Trần Thị Bình", "12/GH")


def test_what_follows_from_kept_values_is_derived_anew(known: Facts) -> None:
    """The promise is kept, the receipt moved behind it: the computed date follows the receipt, lateness the promise."""
    facts, issues = told(GOOD._replace(received="01/11/2022 08:00", code="H34-1"), {*MANDATORY, "procedure_code"}, known)
    assert facts is not None
    assert (facts.promised_due, facts.due_on) == (known.promised_due, known.due_on)
    assert facts.computed_due == at("2022-11-08 23:59:59")
    assert facts.due_differs
    assert issues == set()  # the file has no promise, so nothing is said of it


def test_an_end_that_is_taken_back_is_not_kept(known: Facts) -> None:
    ended = replace(known, status=9, ended_at=at("2022-10-28 10:00"), returned_at=at("2022-10-28 16:00"))
    facts, _issues = told(GOOD, {*MANDATORY, "promised"}, ended)
    assert facts is not None
    assert (facts.ended_at, facts.ended_on, facts.returned_at) == (None, None, None)


def test_a_new_day_of_return_moves_the_end_only_where_return_was_the_end(known: Facts) -> None:
    columns = {*MANDATORY, "promised", "returned"}
    row = GOOD._replace(status="10", returned="04/11/2022")
    for ended_at, expected in ((at("2022-11-03 00:00"), "2022-11-04"), (at("2022-10-28 00:00"), "2022-10-28")):
        ended = replace(known, status=10, ended_at=ended_at, returned_at=at("2022-11-03 00:00"))
        facts, _issues = told(row, columns, ended)
        assert facts is not None
        assert facts.ended_at == at(f"{expected} 00:00")


def test_another_procedure_brings_its_own_name_and_field(known: Facts) -> None:
    facts, _issues = told(GOOD._replace(procedure_code="1.000003"), {*MANDATORY, "promised", "procedure_code"}, known)
    assert facts is not None
    assert (facts.procedure_id, facts.procedure_name, facts.field) == (3, "Không nêu", "Đất đai")


def test_a_source_without_the_districts_column_does_not_move_a_dossier_between_units_of_one_name(known: Facts) -> None:
    of_dak_ha = replace(known, agency_id=4)
    long = GOOD._replace(agency="UBND xã Đăk Long")
    facts, _issues = told(long, {*MANDATORY, "promised"}, of_dak_ha)
    assert facts is not None
    assert facts.agency_id == 4
    assert told(long, {*MANDATORY, "promised", "receiver"}, of_dak_ha) == (None, {("reject", "agency")})
    assert told(long, {*MANDATORY, "promised"}, known) == (None, {("reject", "agency")})  # known elsewhere: not guessed


def test_a_refusal_of_a_kept_value_is_still_said(known: Facts) -> None:
    ended = replace(known, status=9, ended_at=at("2022-10-28 10:00"))
    row = GOOD._replace(code="H34-1", received="30/10/2022", status="9")
    assert told(row, {*MANDATORY, "promised"}, ended) == (None, {("reject", "finished")})
