"""The judge of rows: each reason to refuse, doubt or repair, on the last good side and the first bad one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from agencies.rules import AgencyFacts, AgencyIndex
from dossiers.rules.cells import DATE_MARK, NUMBER_MARK
from dossiers.rules.clock_stops import ClockStop
from dossiers.rules.deadlines import TimeLimit
from dossiers.rules.facts import NO_FIELD, REJECT, REPAIR, WARNING, Cells, Facts, ProcedureRule
from dossiers.rules.rows import Context, Judge
from tests.factories.worktime import at, real_calendar
from worktime.rules import OfficeHours

AS_OF = at("2022-11-07 17:00")
GOOD = Cells(
    code="000.00.16.H34-221024-0001",
    procedure_code="1.000001.000.00.00.H34",
    field="Hộ tịch",
    agency="UBND huyện Đăk Tô",
    applicant="Nguyễn Văn An",
    channel="Trực tiếp",
    received="24/10/2022 08:00",
    promised="31/10/2022 17:00",
    status="Đang xử lý",
    officer="Trần Thị Bình",
)
AGENCIES = (
    AgencyFacts(1, "612", ("UBND huyện Đăk Tô",)),
    AgencyFacts(2, "615", ("UBND huyện Đăk Hà",)),
    AgencyFacts(3, "613", ("UBND huyện Kon Plông",)),
    AgencyFacts(4, "615-dl", ("UBND xã Đăk Long",), parent_id=2),
    AgencyFacts(5, "613-dl", ("UBND xã Đăk Long",), parent_id=3),
    AgencyFacts(6, "old-unit", ("Sở Cũ",), valid_to=date(2020, 12, 31)),
)
PROCEDURES = {
    "1.000001": ProcedureRule(1, "1.000001", "Khai sinh", "Hộ tịch", TimeLimit(Decimal(5), "working_day")),
    "1.000002": ProcedureRule(2, "1.000002", "Giờ", "Chứng thực", TimeLimit(Decimal(4), "working_hour")),
    "1.000003": ProcedureRule(3, "1.000003", "Không nêu", "Đất đai", None),
    "1.000004": ProcedureRule(4, "1.000004", "Thuế", "Đất đai", TimeLimit(Decimal(5), "working_day"), financial_stops=False),
    "1.000005": ProcedureRule(5, "1.000005", "Nửa ngày", "Chứng thực", TimeLimit(Decimal("0.5"), "working_day")),
}
CONTEXT = Context(
    data_as_of=AS_OF,
    calendar=real_calendar(),
    hours=OfficeHours(),
    agencies=AgencyIndex(AGENCIES),
    agency_names={agency.id: agency.names[0] for agency in AGENCIES},
    procedures=PROCEDURES,
    fields={"ho tich": "Hộ tịch", "dat dai": "Đất đai"},
)


def judge(known: Facts | None = None, /, **changes: str) -> tuple[Facts | None, list[tuple[str, str, str]]]:
    """The facts, and each issue as (kind, column, reason)."""
    found = Judge(CONTEXT).judge(GOOD._replace(**changes), known)
    return found.facts, [(issue.kind, issue.column, issue.reason) for issue in found.issues]


def accepted(known: Facts | None = None, /, **changes: str) -> Facts:
    facts, issues = judge(known, **changes)
    assert facts is not None, issues
    return facts


def test_a_good_row_gives_its_facts_and_no_remark() -> None:
    facts, issues = judge()
    assert issues == []
    assert facts is not None
    assert (facts.agency_id, facts.procedure_id, facts.status, facts.channel) == (1, 1, 4, "in_person")
    assert (facts.received_on, facts.due_on, facts.overdue_from) == (date(2022, 10, 24), date(2022, 10, 31), date(2022, 11, 1))
    assert facts.promised_due == facts.effective_due == facts.original_due == at("2022-10-31 17:00")
    assert facts.computed_due == at("2022-10-31 23:59:59")
    assert not facts.due_differs
    assert facts.procedure_name == "Khai sinh"


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"code": ""}, "code", "code_missing"),
        ({"code": "1.0002E+14"}, "code", "code_number"),
        ({"code": f"{NUMBER_MARK}100020000000000"}, "code", "code_number"),
        ({"code": "Н34-0001"}, "code", "code_character"),
        ({"code": "A" * 61}, "code", "too_long"),
        ({"agency": ""}, "agency", "agency_missing"),
        ({"agency": "Sở Hàng không"}, "agency", "agency_unknown"),
        ({"agency": "UBND xã Đăk Long"}, "agency", "agency_ambiguous"),
        ({"agency": "Sở Cũ"}, "agency", "agency_ended"),
        ({"status": ""}, "status", "status_missing"),
        ({"status": "Đang suy nghĩ"}, "status", "status_unknown"),
        ({"status": "11"}, "status", "status_unknown"),
        ({"received": ""}, "received", "received_missing"),
        ({"received": "31/02/2022"}, "received", "date_impossible"),
        ({"received": "08/11/2022"}, "received", "received_future"),
        ({"received": "03/05/2017", "promised": ""}, "received", "calendar_missing"),
        ({"received": "03/05/2017", "promised": "10/05/2017", "code": "H-1"}, "promised", "calendar_missing"),
        ({"promised": "01/01/1999"}, "promised", "date_year"),
        ({"promised": "", "procedure_code": ""}, "promised", "due_missing"),
        ({"promised": "", "procedure_code": "9.999999"}, "procedure_code", "procedure_unknown_no_due"),
        ({"status": "Đã xử lý xong", "finished": "23/10/2022"}, "finished", "finished_before_received"),
        ({"stop_from": "28/10/2022", "stop_to": "27/10/2022"}, "stop_to", "stop_reversed"),
        ({"stop_from": "28/10/2022 15:00", "stop_to": "28/10/2022 14:59"}, "stop_to", "stop_reversed"),
        ({"stops": '[["20221028080000","20221027080000","","","supplement"]]'}, "stops", "stop_reversed"),
        ({"stops": '[["20221331080000","","","","supplement"]]'}, "stops", "date_impossible"),
        ({"stops": '[["20221026080000","20221027080000","sớm","","supplement"]]'}, "stops", "date_unreadable"),
        ({"note": "a\x00b"}, "note", "control_character"),
        ({"applicant": "An " * 100}, "applicant", "too_long"),
        ({"extra": "thừa"}, "extra", "extra_cells"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_named(changes: dict[str, str], column: str, reason: str) -> None:
    facts, issues = judge(**changes)
    assert facts is None
    assert (REJECT, column, reason) in issues


def test_one_look_names_everything_wrong_with_a_row() -> None:
    _facts, issues = judge(code="", status="?", agency="Sở Hàng không", received="31/02/2022")
    assert {reason for _kind, _column, reason in issues} == {
        "code_missing",
        "status_unknown",
        "agency_unknown",
        "date_impossible",
    }


def test_an_ambiguous_unit_names_its_candidates_and_the_district_or_code_decides() -> None:
    (issue,) = Judge(CONTEXT).judge(GOOD._replace(agency="UBND xã Đăk Long")).issues
    assert issue.parameters["candidates"] == "UBND xã Đăk Long; UBND xã Đăk Long"
    assert accepted(agency="UBND xã Đăk Long", receiver="UBND huyện Đăk Hà").agency_id == 4
    assert accepted(agency="UBND xã Đăk Long, huyện Kon Plông").agency_id == 5
    assert accepted(agency="UBND xã Đăk Long", agency_code="615-dl").agency_id == 4
    assert accepted(agency="UBND huyện Đăk Tô", agency_code="000.09.23.H34").agency_id == 1


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"promised": "23/10/2022"}, "promised", "due_before_received"),
        ({"procedure_code": "9.999999"}, "procedure_code", "procedure_unknown"),
        ({"promised": "", "procedure_code": "1.000003"}, "promised", "due_unknown"),
        ({"code": "H-1", "received": "29/12/2017", "promised": "05/01/2018"}, "procedure_code", "calendar_missing_check"),
        ({"status": "Đã xử lý xong"}, "finished", "ended_undated"),
        ({"status": "9", "finished": "08/11/2022"}, "finished", "finished_future"),
        ({"finished": "28/10/2022"}, "finished", "finished_but_open"),
        ({"status": "5"}, "stop_from", "stop_undated"),
        ({"stop_from": "28/10/2022"}, "stop_to", "stop_unclosed"),
        ({"stop_to": "28/10/2022"}, "stop_to", "stop_without_start"),
        ({"stops": '[["","20221028080000","","","supplement"]]'}, "stops", "stop_without_start"),
        ({"stop_from": "26/10/2022", "stop_to": "08/11/2022"}, "stop_to", "stop_future"),
        ({"status": "5", "stop_from": "08/11/2022"}, "stop_from", "stop_future"),
        ({"channel": "Chim bồ câu"}, "channel", "channel_unknown"),
        ({"code": "000.00.16.H34-221025-0001"}, "code", "code_date"),
        ({"code": "000.00.16.H34-221131-0001"}, "code", "code_date"),
    ],
)
def test_what_is_doubtful_is_taken_with_a_warning(changes: dict[str, str], column: str, reason: str) -> None:
    facts, issues = judge(**changes)
    assert facts is not None
    assert issues == [(WARNING, column, reason)]


def test_every_repair_is_reported() -> None:
    facts, issues = judge(
        agency="UBND huye\u0323\u0302n Đăk To\u0302",
        officer=" Trần\u00a0Thị Bình ",
        received="2022-10-24",
        promised=f"{NUMBER_MARK}44865",
    )
    assert facts is not None
    assert (facts.agency_id, facts.officer, facts.due_on) == (1, "Trần Thị Bình", date(2022, 10, 31))
    assert sorted(issues) == sorted(
        [
            (REPAIR, "agency", "text_cleaned"),
            (REPAIR, "officer", "text_cleaned"),
            (REPAIR, "received", "date_written"),
            (REPAIR, "promised", "date_serial"),
        ]
    )


def test_a_row_that_is_no_dossier_is_dropped_and_listed() -> None:
    found = Judge(CONTEXT).judge(Cells(note="Tổng cộng: 12"))
    assert found.facts is None
    assert [(issue.kind, issue.reason, issue.value) for issue in found.issues] == [(REPAIR, "row_dropped", "Tổng cộng: 12")]


def test_what_a_program_lists_is_a_dossier_and_never_dropped() -> None:
    """A row of totals is a person's habit; an item without anything in it is a dossier its sender lost."""
    for cells in (Cells(note="Tổng cộng: 12"), Cells()):
        found = Judge(CONTEXT, table=False).judge(cells)
        assert found.facts is None
        assert {issue.kind for issue in found.issues} == {REJECT}


def test_a_receipt_on_the_day_the_data_describe_is_not_in_the_future() -> None:
    assert accepted(received="07/11/2022 23:00", code="A-1", promised="14/11/2022").received_on == date(2022, 11, 7)


def test_a_finish_earlier_on_the_same_day_is_no_contradiction() -> None:
    assert accepted(status="9", finished="24/10/2022").ended_on == date(2022, 10, 24)


def test_a_promise_given_as_a_date_holds_until_that_day_ends() -> None:
    facts = accepted(promised=f"{DATE_MARK}2022-10-31", procedure_code="1.000002")
    assert facts.promised_due == at("2022-10-31 23:59:59")
    assert facts.overdue_from == date(2022, 11, 1)


@pytest.mark.parametrize(
    "midnight", ["31/10/2022 00:00", "31/10/2022 00:00:00", "20221031000000", "2022-10-31T00:00:00.000+0700"]
)
def test_a_promise_at_midnight_is_a_promise_of_that_date(midnight: str) -> None:
    """Else a limit in hours would be late a whole day before its date has passed."""
    facts = accepted(promised=midnight, procedure_code="1.000002")
    assert (facts.promised_due, facts.overdue_from) == (at("2022-10-31 23:59:59"), date(2022, 11, 1))
    listed = accepted(status="5", stops=f'[["20221026080000","","{midnight}","","supplement"]]')
    assert listed.original_due == at("2022-10-31 23:59:59")


@pytest.mark.parametrize("procedure", ["1.000002", "1.000005"])
def test_a_limit_of_four_hours_or_half_a_day_is_late_from_its_due_date(procedure: str) -> None:
    facts = accepted(promised="", procedure_code=procedure)
    assert facts.computed_due == facts.effective_due == at("2022-10-24 14:00")
    assert facts.overdue_from == facts.due_on == date(2022, 10, 24)


def test_a_missing_promise_is_computed_and_a_different_one_is_a_discrepancy() -> None:
    assert accepted(promised="").effective_due == at("2022-10-31 23:59:59")
    assert accepted(promised="01/11/2022").due_differs
    assert accepted(promised="01/11/2022").due_on == date(2022, 11, 1)


def test_new_and_refused_without_receipt_are_in_no_figure() -> None:
    assert accepted(status="1", received="", promised="", procedure_code="").received_on is None
    assert accepted(status="1").received_on is None
    refused = accepted(status="3", received="", promised="", refused="24/10/2022")
    assert (refused.received_on, refused.ended_on) == (None, date(2022, 10, 24))
    after_receipt = accepted(status="3", refused="25/10/2022")
    assert (after_receipt.received_on, after_receipt.ended_on) == (date(2022, 10, 24), date(2022, 10, 25))


def test_the_end_is_the_time_of_finishing_else_of_handing_over() -> None:
    both = accepted(status="10", finished="28/10/2022", returned="04/11/2022")
    assert (both.ended_on, both.returned_at) == (date(2022, 10, 28), at("2022-11-04 00:00"))
    assert accepted(status="10", returned="04/11/2022").ended_on == date(2022, 11, 4)


def test_an_end_without_a_date_is_when_it_was_first_seen_ended() -> None:
    assert accepted(status="8").ended_at == AS_OF
    earlier = at("2022-11-01 17:00")
    assert accepted(replace(accepted(), ended_at=earlier), status="8").ended_at == earlier


def test_a_stop_moves_the_computed_date_and_not_the_original_one() -> None:
    facts = accepted(promised="", stop_from="26/10/2022", stop_to="28/10/2022")
    assert facts.computed_due == at("2022-11-02 23:59:59")
    assert facts.original_due == at("2022-10-31 23:59:59")
    assert facts.stops == (ClockStop(at("2022-10-26 00:00"), at("2022-10-28 00:00")),)


def test_a_return_on_the_day_of_the_request_takes_no_time_when_it_is_a_date_alone() -> None:
    assert accepted(stop_from="26/10/2022 15:00", stop_to="26/10/2022").stops == (
        ClockStop(at("2022-10-26 15:00"), at("2022-10-26 15:00")),
    )
    assert accepted(stop_from="07/11/2022 15:00", stop_to="07/11/2022 23:00").stops  # of the day the data describe: not to come


def test_a_repair_in_the_list_of_supplements_is_reported() -> None:
    _facts, issues = judge(stops='[["26.10.2022","28/10/2022","","","supplement"]]')
    assert issues == [(REPAIR, "stops", "date_written")]


def test_financial_obligation_stops_the_clock_only_where_the_procedure_says_so() -> None:
    assert accepted(status="6", procedure_code="1.000001").stopped_at == AS_OF
    assert accepted(status="6", procedure_code="1.000004").stopped_at is None


def test_listed_supplements_give_the_stops_and_the_first_promise() -> None:
    facts = accepted(
        status="5",
        stops='[["20221026080000","20221027080000","20221031170000","20221101170000","supplement"],'
        '["20221031080000","","","","supplement"]]',
    )
    assert [stop.start for stop in facts.stops] == [at("2022-10-26 08:00"), at("2022-10-31 08:00")]
    assert facts.stopped_on == date(2022, 10, 31)
    assert facts.original_due == at("2022-10-31 17:00")


def test_fields_take_the_lists_spelling_and_are_never_empty() -> None:
    assert accepted(field="HỘ  TỊCH").field == "Hộ tịch"
    assert accepted(field="Nuôi ong").field == "Nuôi ong"
    assert accepted(field="").field == "Hộ tịch"
    assert accepted(field="", procedure_code="").field == NO_FIELD


def test_several_officers_are_named_as_a_list() -> None:
    assert accepted(officer="Trần Thị Bình##Lê Văn Chung").officer == "Trần Thị Bình, Lê Văn Chung"


def test_codes_differ_by_more_than_case_and_space() -> None:
    assert accepted(code=" h34-abc ").code == "H34-ABC"
