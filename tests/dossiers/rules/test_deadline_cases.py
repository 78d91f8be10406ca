"""The 53 cases of law.md §12.2, row by row from data/deadline-cases.csv.

Case 53 (R12): the due date survives the reorganisation; which unit answers for it is tested with agencies' succession.
"""

import csv
import re
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from dossiers.rules.deadlines import Deadline, Stop, TimeLimit, deadline, due_moment
from dossiers.rules.overdue import Facts, Verdict, overdue_from, verdict
from tests.factories.worktime import real_calendar
from worktime.rules import VIETNAM

CASES = Path(__file__).resolve().parents[3] / "data" / "deadline-cases.csv"
UNITS = {"ngày làm việc": "working_day", "ngày": "day", "giờ làm việc": "working_hour", "tuần": "week", "tháng": "month"}
WEEKDAYS = ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]
STATES = {
    "trước hạn": "done_early",
    "đúng hạn": "done_on_time",
    "chờ bổ sung – tạm dừng (trong hạn)": "awaiting",
    "trong hạn – đến hạn hôm nay": "due_today",
    "trong hạn – sắp đến hạn": "due_soon",
    "trong hạn": "in_time",
}

with CASES.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))


def moment(text: str) -> datetime:
    """``T2 01/08/2022 09:00``; a date alone is 09:00 as in the table; the weekday, if written, must be right."""
    weekday, day, clock = re.fullmatch(r"(?:(T\d|CN) )?(\d\d/\d\d/\d{4})(?: (\d\d:\d\d))?", text.strip()).groups()  # type: ignore[union-attr]  # a malformed table must fail
    found = datetime.strptime(f"{day} {clock or '09:00'}", "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)
    assert weekday in {None, WEEKDAYS[found.weekday()]}
    return found


def stops(row: dict[str, str]) -> list[Stop]:
    spans = [span.split("→") for span in row["pauses"].split(";") if span]
    return [Stop(moment(start), None if "chưa xong" in end else moment(end)) for start, end in spans]


def limit(row: dict[str, str]) -> TimeLimit:
    if row["limit"].startswith("trong ngày"):
        return TimeLimit(Decimal(1), "same_day")
    value, unit = row["limit"].split(" ", 1)
    return TimeLimit(Decimal(value), UNITS[unit])


def cutoff(row: dict[str, str]) -> time | None:
    found = re.search(r"mốc (\d\d:\d\d)", row["limit"])
    return time.fromisoformat(found[1]) if found else None


def computed(row: dict[str, str]) -> Deadline:
    return deadline(
        moment(row["received"]),
        limit(row),
        stops=stops(row),
        policy=row["policy"] or "pause",
        cutoff=cutoff(row),
        calendar=real_calendar(),
    )


def judged(row: dict[str, str]) -> Verdict:
    """The verdict on the day the case looks at: when it finished, else its sweep date."""
    due = computed(row).due
    ended = moment(row["finished"]) if row["finished"] else None
    lasting = [stop.start for stop in stops(row) if stop.end is None]
    facts = Facts(
        received_on=moment(row["received"]).date(),
        status=9 if ended else 4,
        due_on=due.date(),
        overdue_from=overdue_from(due, hourly=limit(row).hourly),
        stopped_on=lasting[0].date() if lasting else None,
        ended_on=ended.date() if ended else None,
        due_at=due,
        ended_at=ended,
    )
    return verdict(facts, (ended or moment(row["asof"])).date(), real_calendar())


def named(row: dict[str, str]) -> str:
    return f"case {row['no']} {row['rule']}"


def test_the_table_has_all_53_cases() -> None:
    assert [int(row["no"]) for row in ROWS] == list(range(1, 54))


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_effective_start_and_due_are_as_the_table_says(row: dict[str, str]) -> None:
    found = computed(row)
    assert found.effective_start == moment(row["effective"])
    if limit(row).hourly:
        assert found.due == moment(row["due"])
    else:
        assert found.due.date() == moment(row["due"]).date()
        assert found.due.time() == time(23, 59, 59)


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_the_fast_way_gives_the_explained_due_moment(row: dict[str, str]) -> None:
    fast = due_moment(
        moment(row["received"]),
        limit(row),
        stops=stops(row),
        policy=row["policy"] or "pause",
        cutoff=cutoff(row),
        calendar=real_calendar(),
    )
    assert fast == computed(row).due


@pytest.mark.parametrize("row", [row for row in ROWS if row["expected"]], ids=named)
def test_the_verdict_is_as_the_table_says(row: dict[str, str]) -> None:
    expected, found = row["expected"], judged(row)
    days = re.fullmatch(r"quá hạn \((\d+) ngày lịch / (\d+) ngày làm việc\)", expected)
    if days:
        assert found == Verdict("overdue", int(days[1]), int(days[2]))
    elif expected == "quá hạn (đã quá hạn trước khi yêu cầu bổ sung)":
        assert (found.state, found.before_stop) == ("overdue", True)
    elif expected == "quá hạn":
        assert found.state == "done_late"
    elif expected == "đúng/trước hạn":
        assert found.state in {"done_early", "done_on_time"}
    else:
        assert found.state == STATES[expected]


@pytest.mark.parametrize("row", [row for row in ROWS if "hạn gốc" in row["note"]], ids=named)
def test_the_original_due_is_as_the_note_says(row: dict[str, str]) -> None:
    day, month = re.search(r"hạn gốc (\d\d)/(\d\d)", row["note"]).groups()  # type: ignore[union-attr]  # filtered above
    original = computed(row).original_due
    assert (original.day, original.month) == (int(day), int(month))


def test_case_3_is_one_working_day_late() -> None:
    assert judged(ROWS[2]) == Verdict("done_late", 1, 1)


def test_case_4_is_late_because_the_source_hour_is_utc() -> None:
    assert datetime.fromisoformat("2022-08-08T17:30:00+00:00").astimezone(VIETNAM) == moment(ROWS[3]["finished"])
