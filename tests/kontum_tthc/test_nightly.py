"""The night as a whole: order, repetition, failure, knowledge, its row and its journal entry."""

import json
from datetime import UTC, date, timedelta
from typing import Any

import pytest

from agencies.models import Agency
from dossiers.models import AgencyDayCount, ImportBatch, OverdueEpisode, SweepRun
from dossiers.selectors.counts import FIGURES, counts_digest
from dossiers.selectors.runs import latest_run, missing_nights, nights_told
from journal.models import Entry
from kontum_tthc import nightly, tasks
from tests.factories.agencies import make_agency
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe
from worktime.rules import CalendarMissing

pytestmark = pytest.mark.django_db
D = date(2022, 11, 7)
DAY = timedelta(days=1)
NOW = midnight(D + 5 * DAY)


@pytest.fixture
def unit() -> Agency:
    """One unit, one dossier due on D."""
    make_calendar()
    agency = make_agency("UBND huyện Đăk Tô", code="612")
    observe(make_batch(midnight(D - DAY)), "H1", agency, received=D - 20 * DAY, due=D)
    return agency


def run(as_of: date) -> SweepRun:
    return nightly.run(as_of=as_of, now=NOW, trigger="beat")


def catch_up(upto: date) -> list[date]:
    return [run.as_of for run in nightly.catch_up(upto=upto, now=NOW, trigger="watchdog")]


def written() -> list[Any]:
    """Everything nights write, but for the order rows were made in."""
    episodes = OverdueEpisode.objects.order_by("pk").values()
    counts = AgencyDayCount.objects.order_by("as_of", "agency", "system", "field").values(
        "as_of", "field", *FIGURES, "oldest_due"
    )
    return [*SweepRun.objects.order_by("as_of").values(), *episodes, *counts, Entry.objects.count()]


def test_a_done_date_run_again_changes_nothing(unit: Agency) -> None:
    first = run(D + DAY)
    before = written()
    observe(make_batch(midnight(D)), "H2", unit, received=D - 20 * DAY, due=D - DAY)  # a late file for that very day
    again = nightly.run(as_of=D + DAY, now=NOW + DAY, trigger="page")
    assert again == first
    assert written() == before


def test_the_first_night_is_the_one_asked_for_and_the_next_fill_every_day_since_weekends_too(unit: Agency) -> None:
    assert catch_up(D - 3 * DAY) == [D - 3 * DAY]
    assert catch_up(D) == [D - 2 * DAY, D - DAY, D]
    assert catch_up(D) == catch_up(D - 9 * DAY) == []


def test_before_any_file_has_come_in_no_empty_night_is_written() -> None:
    make_calendar()
    make_batch(midnight(D), status="waiting")
    assert catch_up(D) == []
    assert latest_run() is None
    assert missing_nights(D) == []


def test_a_date_may_not_be_run_before_the_dates_missing_ahead_of_it(unit: Agency) -> None:
    run(D - 3 * DAY)
    with pytest.raises(nightly.NightRefusedError, match="Phải rà soát ngày 05/11/2022 trước"):
        run(D)


def test_a_range_begins_with_what_is_missing_and_refuses_the_future(unit: Agency) -> None:
    run(D - 2 * DAY)
    runs = nightly.run_range(since=D + DAY, until=D + 2 * DAY, now=NOW, trigger="command")
    assert [run.as_of for run in runs] == [D - DAY, D, D + DAY, D + 2 * DAY]
    with pytest.raises(nightly.NightRefusedError, match="chưa đến"):
        nightly.run_range(since=D, until=NOW.date() + DAY, now=NOW, trigger="command")
    with pytest.raises(nightly.NightRefusedError, match="Ngày cuối 06/11/2022 trước ngày đầu 07/11/2022"):
        nightly.run_range(since=D, until=D - DAY, now=NOW, trigger="command")


def test_without_a_file_or_a_calendar_a_date_asked_for_is_refused_and_no_row_is_left(unit: Agency) -> None:
    with pytest.raises(CalendarMissing, match="2017"):
        nightly.run_range(since=date(2017, 12, 1), until=D, now=NOW, trigger="command")
    ImportBatch.objects.update(status="failed")
    with pytest.raises(nightly.NightRefusedError, match="Chưa nhập tệp nào"):
        nightly.run_range(since=D, until=D, now=NOW, trigger="command")
    assert not SweepRun.objects.exists()


def test_a_failing_night_leaves_a_row_that_says_so_and_nothing_else(unit: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(night: object) -> int:
        raise RuntimeError("ổ đĩa đầy")

    with monkeypatch.context() as patch:
        patch.setattr(nightly, "STEPS", (*nightly.STEPS, nightly.Step("broken", "hỏng", fail)))
        with pytest.raises(RuntimeError):
            run(D + DAY)
    row = SweepRun.objects.get()
    assert (row.status, row.error, row.as_of) == ("failed", "ổ đĩa đầy", D + DAY)
    assert not OverdueEpisode.objects.exists()
    assert not AgencyDayCount.objects.exists()
    assert not Entry.objects.exists()
    assert latest_run() is None
    done = run(D + DAY)  # the same date, done at the next start
    assert (done.pk, done.status, done.error, done.overdue) == (row.pk, "done", "", 1)


def test_a_year_without_calendar_fails_loudly_and_names_the_year(unit: Agency) -> None:
    with pytest.raises(CalendarMissing, match="2024"):
        run(date(2024, 3, 1))
    assert "2024" in SweepRun.objects.get().error


def test_a_failure_never_overwrites_a_night_that_was_finished_meanwhile(unit: Agency) -> None:
    done = run(D)
    nightly._record_failure(D, NOW, "beat", RuntimeError("muộn"))
    done.refresh_from_db()
    assert done.status == "done"


def test_the_row_tells_what_the_night_knew_and_how_long_each_step_took(unit: Agency) -> None:
    make_batch(midnight(D + DAY))  # describes a later moment: not for this night
    new = make_batch(midnight(D + 2 * DAY), system="new")
    row = run(D)
    assert row.last_batch == new.pk
    assert row.inputs["old"] == {
        "data_as_of": ImportBatch.objects.earliest("pk").data_as_of.isoformat(),
        "cutoff": midnight(D).isoformat(),
        "reconstructed": False,
        "pending": [],
    }
    assert row.inputs["new"]["reconstructed"]
    assert [step["name"] for step in row.steps] == ["close", "open", "count", "check", "cohort", "obligations"]
    assert all(step["label"] and step["seconds"] >= 0 for step in row.steps)
    (told,) = nights_told([row])
    assert told.trigger == "lịch 00:15"
    old, fresh = told.systems
    assert (old.system.code, old.days_behind, old.reconstructed) == ("old", 1, False)
    assert (fresh.system.code, fresh.days_behind, fresh.reconstructed) == ("new", 0, True)


def test_the_journal_seals_the_figures_of_the_night(unit: Agency) -> None:
    row = run(D + DAY)
    entry = Entry.objects.get(event="night_done")
    body = json.loads(entry.body)
    assert (entry.subject, entry.actor) == ("2022-11-08", "lịch 00:15")
    assert (body["opened"], body["closed"], body["overdue"]) == (1, 0, 1)
    assert body["counts_sha256"] == counts_digest(row.as_of)
    assert body["last_batch"] == row.last_batch


def test_days_before_the_first_data_are_rebuilt_from_the_dossiers_own_dates(unit: Agency) -> None:
    batch = make_batch(midnight(D), system="new")
    observe(batch, "N1", unit, received=D - 9 * DAY, due=D - 6 * DAY, status=9, ended=D - 2 * DAY)
    observe(batch, "N2", unit, received=D - 3 * DAY, due=D)
    observe(make_batch(midnight(D + DAY), system="new"), "N3", unit, received=D - 9 * DAY, due=D - 8 * DAY)  # learned later
    runs = nightly.run_range(since=D - 4 * DAY, until=D - DAY, now=NOW, trigger="demo")
    assert [row.overdue for row in runs] == [1, 1, 0, 0]
    assert [row.inputs["new"]["reconstructed"] for row in runs] == [True] * 4
    opened = AgencyDayCount.objects.filter(system="new", field="").order_by("as_of").values_list("open", flat=True)
    assert list(opened) == [1, 2, 1, 1]


def test_days_before_the_first_data_know_every_file_of_that_first_day(unit: Agency) -> None:
    """A full extract and the change extract after it, both brought in on one day, for a night long past."""
    day = D + 3 * DAY
    observe(make_batch(moment(day), system="new"), "N1", unit, received=D - 9 * DAY, due=D - 6 * DAY)
    later = make_batch(moment(day) + timedelta(hours=1), system="new")
    observe(later, "N1", unit, received=D - 9 * DAY, due=D - 6 * DAY, status=9, ended=D - 2 * DAY)
    observe(later, "N2", unit, received=D - 9 * DAY, due=D - 6 * DAY)
    observe(later, "N3", unit, received=D - 9 * DAY, due=D - 6 * DAY)
    assert [run(D - 3 * DAY).overdue, run(D - 2 * DAY).overdue] == [3, 2]


def test_the_order_in_which_files_came_in_decides_nothing(unit: Agency) -> None:
    observe(make_batch(midnight(D + DAY), system="new"), "N1", unit, received=D - 9 * DAY, due=D - 6 * DAY)
    observe(make_batch(midnight(D - 3 * DAY), system="new"), "N2", unit, received=D - 9 * DAY, due=D - 6 * DAY)
    row = run(D - 2 * DAY)
    assert (row.overdue, row.inputs["new"]["reconstructed"]) == (1, False)  # what the file of 04/11 said, brought in last
    assert row.inputs["new"]["data_as_of"] == midnight(D - 3 * DAY).astimezone(UTC).isoformat()


def test_the_task_catches_up_to_the_day_that_ended_last(unit: Agency, settings: Any) -> None:
    run(D - DAY)
    settings.CLOCK_PINNED_AT = midnight(D + DAY) + timedelta(minutes=15)
    tasks.night("watchdog")
    assert list(SweepRun.objects.order_by("as_of").values_list("as_of", "trigger"))[1:] == [
        (D, "watchdog"),
        (D + DAY, "watchdog"),
    ]
