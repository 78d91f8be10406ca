"""What must be done this morning: each duty to whom it belongs, nothing that is done, and the place where it is done."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from accounts.models import User
from agencies.models import Agency
from dossiers.models import ImportBatch, SweepRun
from dossiers.rules.freshness import day_wanted, reaches
from kontum_tthc import nightly
from reports.todo import Todo, todo
from tests.factories.directives import make_directive, quote_figure
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe
from worktime.models import CalendarYear
from worktime.selectors import calendar

pytestmark = pytest.mark.django_db
NIGHT = date(2022, 11, 8)  # a Tuesday
MORNING = moment(NIGHT + timedelta(days=1), 7, 30)
Swept = Callable[[], SweepRun]


@pytest.fixture
def files(unit_a: Agency, unit_b: Agency) -> list[ImportBatch]:
    """Both systems up to 24:00 of the night; at A one dossier is due the next day, at B one the day after."""
    make_calendar()
    old, new = (make_batch(midnight(NIGHT), system=system) for system in ("old", "new"))
    observe(old, "A-DUE", unit_a, received=date(2022, 11, 1), due=NIGHT + timedelta(days=1))
    observe(new, "B-DUE", unit_b, received=date(2022, 11, 1), due=NIGHT + timedelta(days=2))
    return [old, new]


@pytest.fixture
def run(files: list[ImportBatch]) -> SweepRun:
    return nightly.run(as_of=NIGHT, now=midnight(NIGHT), trigger="beat")


def texts(found: Todo) -> list[str]:
    return [task.text for task in found.tasks]


def test_a_morning_with_nothing_to_do_says_what_was_looked_at(run: SweepRun, data_steward: User) -> None:
    found = todo(user=data_steward, run=run, now=MORNING)
    assert texts(found) == []
    assert found.settled == (
        "đủ số liệu các đêm",
        "đủ tệp của hai hệ thống",
        "không có tệp lỗi hay dòng bị loại",
        "số liệu trong công văn khớp số đã chốt",
    )


def test_what_falls_due_today_is_for_those_who_see_to_it(
    run: SweepRun, provincial_officer: User, head_a: User, head_b: User, inspector: User
) -> None:
    told = [texts(todo(user=user, run=run, now=MORNING)) for user in (provincial_officer, head_a, head_b, inspector)]
    assert told == [["1 hồ sơ đến hạn hôm nay"], ["1 hồ sơ đến hạn hôm nay"], [], []]
    (task,) = todo(user=head_a, run=run, now=MORNING).tasks
    assert task.url == "/ho-so/?ngay=2022-11-08&tinh_trang=in_time&han=2022-11-09"
    assert "không có hồ sơ đến hạn hôm nay" in todo(user=head_b, run=run, now=MORNING).settled


def test_a_system_whose_file_did_not_come_is_named_to_those_who_bring_files_in(
    run: SweepRun, data_steward: User, administrator: User
) -> None:
    ImportBatch.objects.filter(system="new").update(data_as_of=moment(NIGHT - timedelta(days=1), 23))
    found = todo(user=data_steward, run=run, now=MORNING)
    assert [(task.text, task.url) for task in found.tasks] == [
        ("Hệ thống mới: chưa có số liệu ngày 08/11/2022, mới đến 23:00 07/11/2022", "/nhap-lieu/")
    ]
    assert texts(todo(user=administrator, run=run, now=MORNING)) == []


def test_a_system_without_any_file_is_named(run: SweepRun, data_steward: User) -> None:
    ImportBatch.objects.filter(system="new").update(status="refused", accepted_at=MORNING - timedelta(days=30))
    assert texts(todo(user=data_steward, run=run, now=MORNING)) == ["Hệ thống mới: chưa có tệp nào"]


@pytest.mark.parametrize(
    ("morning", "wanted"),
    [
        (date(2022, 11, 9), date(2022, 11, 8)),
        (date(2022, 11, 12), date(2022, 11, 11)),  # Saturday: Friday's
        (date(2022, 11, 14), date(2022, 11, 11)),  # Monday: Friday's
        (date(2022, 9, 5), date(2022, 8, 31)),  # after the national day and a weekend
    ],
)
def test_the_data_of_the_last_working_day_are_wanted(morning: date, wanted: date) -> None:
    make_calendar()
    assert day_wanted(morning, calendar()) == wanted


def test_midnight_still_tells_of_the_day_it_ends() -> None:
    assert reaches(midnight(NIGHT), NIGHT)
    assert not reaches(midnight(NIGHT), NIGHT + timedelta(days=1))
    assert reaches(moment(NIGHT, 0, 1), NIGHT)
    assert not reaches(None, NIGHT)


def test_nights_that_failed_or_are_missing_come_first(run: SweepRun, data_steward: User, head_a: User) -> None:
    later = MORNING + timedelta(days=5)
    SweepRun.objects.create(as_of=NIGHT + timedelta(days=1), status="failed", trigger="beat", started_at=later)
    found = todo(user=data_steward, run=run, now=later)
    assert found.tasks[0].text == "Chưa có số liệu đêm 09/11/2022, 10/11/2022, 11/11/2022 và 2 ngày nữa"
    assert found.tasks[0].url == "/ra-soat-dem/"
    assert not any("đêm" in text for text in texts(todo(user=head_a, run=run, now=later)))


def batch(status: str, at: datetime, rejected: int = 0) -> ImportBatch:
    made = make_batch(midnight(NIGHT), status=status)
    ImportBatch.objects.filter(pk=made.pk).update(accepted_at=at, rejected=rejected)
    return made


def test_files_to_see_to_are_those_of_the_last_days_and_whatever_still_failed(run: SweepRun, data_steward: User) -> None:
    old = MORNING - timedelta(days=8)
    failed = batch("failed", old)
    refused = batch("refused", MORNING - timedelta(hours=1))
    doubted = [batch("done", MORNING - timedelta(days=2), rejected=number) for number in (3, 1, 2, 4)]
    batch("done", old, rejected=5)
    batch("refused", MORNING - timedelta(days=3))  # made good by the one two days ago
    found = todo(user=data_steward, run=run, now=MORNING)
    named = "Hệ thống cũ, tệp đến 00:00 09/11/2022"
    assert [(task.text, task.url) for task in found.tasks] == [
        (f"{named} không được nhận, cần tệp khác", f"/nhap-lieu/{refused.pk}/"),
        (f"{named} nhập bị lỗi, cần chạy lại", f"/nhap-lieu/{failed.pk}/"),
        (f"{named}: 4 dòng bị loại", f"/nhap-lieu/{doubted[3].pk}/?loai=reject"),
        (f"{named}: 2 dòng bị loại", f"/nhap-lieu/{doubted[2].pk}/?loai=reject"),
        ("2 tệp khác có dòng bị loại", "/nhap-lieu/"),
    ]


def test_a_file_that_waits_for_a_person_is_named_however_old(run: SweepRun, data_steward: User, head_a: User) -> None:
    held = batch("held", MORNING - timedelta(days=30))
    named = ("Hệ thống cũ, tệp đến 00:00 09/11/2022 chờ xác nhận, chưa ghi gì", f"/nhap-lieu/{held.pk}/")
    assert named in [(task.text, task.url) for task in todo(user=data_steward, run=run, now=MORNING).tasks]
    assert named[0] not in texts(todo(user=head_a, run=run, now=MORNING))


def test_a_recent_letter_whose_figures_differ_from_ours_is_named(
    run: SweepRun, unit_a: Agency, inspector: User, head_a: User, head_b: User
) -> None:
    letter = make_directive("3812/UBND-TTHCC", NIGHT)
    quote_figure(letter, unit_a, "old", NIGHT, 857)
    quote_figure(letter, unit_a, "new", NIGHT, 0)  # as counted
    quote_figure(letter, unit_a, "new", NIGHT - timedelta(days=1), 464)  # no figures of ours that day
    quote_figure(make_directive("2624/UBND-TTHCC", NIGHT - timedelta(days=90)), unit_a, "old", NIGHT, 5)
    expected = "Công văn 3812/UBND-TTHCC: 1 số liệu khác số đã chốt"
    (task,) = todo(user=inspector, run=run, now=MORNING).tasks
    assert (task.text, task.url) == (expected, "/cong-van/3812-ubnd-tthcc/")
    assert expected in texts(todo(user=head_a, run=run, now=MORNING))
    assert texts(todo(user=head_b, run=run, now=MORNING)) == []


def test_a_year_without_calendar_is_said_instead_of_a_broken_page(run: SweepRun, data_steward: User) -> None:
    CalendarYear.objects.filter(year__gt=2022).delete()
    found = todo(user=data_steward, run=run, now=moment(date(2023, 1, 3), 7, 30))
    assert texts(found) == ["Chưa nạp lịch nghỉ năm 2023. Hãy nạp lịch nghỉ của năm này rồi tính lại."]
