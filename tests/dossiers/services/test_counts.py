"""The day's figures: what is written for whom, by which plan, and what refuses them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency
from dossiers.models import AgencyDayCount, Dossier, OverdueEpisode, SweepRun
from dossiers.selectors.counts import FIGURES, counts_digest, day_counts
from dossiers.selectors.runs import night_inputs
from dossiers.selectors.states import Day, dossiers_known_at
from dossiers.services.counts import CountMismatchError, day_check, day_count
from dossiers.services.sweep import Night
from kontum_tthc import nightly
from tests.factories.agencies import make_agency
from tests.factories.dossiers import facts, make_batch, make_calendar, midnight, observe
from worktime.selectors import calendar

pytestmark = pytest.mark.django_db
D = date(2022, 11, 7)
DAY = timedelta(days=1)


@pytest.fixture
def unit() -> Agency:
    make_calendar()
    return make_agency("UBND huyện Đăk Tô", code="612")


def a_night(as_of: date = D) -> Night:
    last_batch, inputs = night_inputs(as_of)
    run = SweepRun(as_of=as_of, last_batch=last_batch, inputs=inputs)
    return Night(run=run, day=Day.of(as_of, calendar()), known=dossiers_known_at(run), until=None, now=midnight(as_of))


def figures(row: AgencyDayCount) -> dict[str, int]:
    return {name: getattr(row, name) for name in FIGURES if getattr(row, name)}


def test_a_unit_is_counted_whole_and_by_field_on_each_system(unit: Agency) -> None:
    old, new = make_batch(midnight(D)), make_batch(midnight(D), system="new")
    observe(old, "H1", unit, received=D, due=D)
    observe(old, "H2", unit, received=D - DAY, due=D - DAY, field="Hộ tịch")
    observe(new, "H1", unit, received=D - 9 * DAY, due=D, status=9, ended=D)
    day_count(a_night())
    rows = {(row.system_id, row.field): figures(row) for row in AgencyDayCount.objects.all()}
    due = {"received": 1, "open": 1, "in_time": 1, "due_today": 1}
    late = {"open": 1, "overdue": 1, "overdue_5": 1}
    assert rows == {
        ("old", ""): {"received": 1, "open": 2, "in_time": 1, "due_today": 1, "overdue": 1, "overdue_5": 1},
        ("old", "Đất đai"): due,
        ("old", "Hộ tịch"): late,
        ("new", ""): {"done_on_time": 1},
        ("new", "Đất đai"): {"done_on_time": 1},
    }


def test_the_oldest_due_date_is_that_of_an_overdue_dossier(unit: Agency) -> None:
    batch = make_batch(midnight(D))
    observe(batch, "H1", unit, received=D - 90 * DAY, due=D - 60 * DAY, status=5, stopped=D - 70 * DAY)  # awaiting
    observe(batch, "H2", unit, received=D - 90 * DAY, due=D - 30 * DAY)
    observe(batch, "H3", unit, received=D - 90 * DAY, due=D - 20 * DAY)
    day_count(a_night())
    assert day_counts(D).get().oldest_due == D - 30 * DAY


def test_a_unit_with_nothing_to_count_has_no_row_and_a_dossier_without_field_only_the_whole(unit: Agency) -> None:
    make_agency("Đơn vị không có hồ sơ")
    batch = make_batch(midnight(D))
    observe(batch, "H1", unit, received=D - DAY, due=D, field="")
    observe(batch, "H2", unit, received=D - 9 * DAY, due=D, status=9, ended=D - DAY)
    assert day_count(a_night()) == 1
    assert figures(AgencyDayCount.objects.get()) == {"open": 1, "in_time": 1, "due_today": 1}


def test_figures_without_their_episodes_are_refused_naming_the_unit(unit: Agency) -> None:
    observe(make_batch(midnight(D)), "H1", unit, received=D - 9 * DAY, due=D - DAY)
    night = a_night()
    day_count(night)
    with pytest.raises(CountMismatchError, match="UBND huyện Đăk Tô là 1 nhưng danh sách có 0"):
        day_check(night)
    OverdueEpisode.objects.create(
        dossier=Dossier.objects.get(),
        system_id="old",
        agency=make_agency("UBND thành phố Kon Tum"),
        field="Đất đai",
        due_on=D - DAY,
        became_overdue_at=midnight(D - DAY),
        detected_at=midnight(D),
        opened_as_of=D,
    )
    with pytest.raises(CountMismatchError):  # the same number, but at another unit
        day_check(night)


def test_the_digest_follows_every_figure_and_nothing_else(unit: Agency) -> None:
    observe(make_batch(midnight(D)), "H1", unit, received=D - DAY, due=D)
    day_count(a_night())
    digests = {counts_digest(D), counts_digest(D - DAY)}
    Agency.objects.update(name="Tên khác")
    assert counts_digest(D) in digests
    with connection.cursor() as cursor:  # any value will do: the balances are not at issue
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for balance in ("daycount_open_balances", "daycount_ages_balance"):
            cursor.execute(f"ALTER TABLE dossiers_agencydaycount DROP CONSTRAINT {balance}")
    for name in (*FIGURES, "oldest_due"):
        AgencyDayCount.objects.update(**{name: D if name == "oldest_due" else 99})
        digests.add(counts_digest(D))
    assert len(digests) == 2 + len(FIGURES) + 1


def test_a_night_reads_the_open_dossiers_and_the_days_own_never_the_archive(unit: Agency) -> None:
    batch = make_batch(midnight(D))
    own = {"system": batch.system, "seen_at": batch.data_as_of, "row_hash": b"0" * 16, "search_text": ""}
    done = facts(batch, unit, received=D - 90 * DAY, due=D - 60 * DAY, status=9, ended=D - 61 * DAY)
    late = facts(batch, unit, received=D - 90 * DAY, due=D - 60 * DAY)
    Dossier.objects.bulk_create(Dossier(code=f"X{number}", **own, **done) for number in range(4000))
    Dossier.objects.bulk_create(Dossier(code=f"L{number}", **own, **late) for number in range(40))
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as captured:
        cursor.execute("ANALYZE dossiers_dossier")
        nightly.run(as_of=D, now=midnight(D), trigger="beat")
        work = [query["sql"] for query in captured if query["sql"].strip().startswith(("INSERT", "UPDATE", "SELECT"))]
        plans = {}
        for sql in (sql for sql in work if "dossiers_dossier" in sql):
            cursor.execute(f"EXPLAIN {sql}")
            plans[sql] = "\n".join(line for (line,) in cursor.fetchall())
    assert not any("Seq Scan on dossiers_dossier" in plan for plan in plans.values())
    (count,) = (plan for sql, plan in plans.items() if "GROUPING SETS" in sql)
    assert "using dossier_open" in count
    assert "dossier_ended" in count
