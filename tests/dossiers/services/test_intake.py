"""Files through the front door: what each leaves behind, and what it must never touch."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from agencies.models import Agency
from dossiers.models import Dossier, DossierRevision, ImportBatch, Procedure
from dossiers.services.decisions import batch_confirm
from dossiers.services.intake import batch_open, batch_run, batch_try
from dossiers.sources.base import SourceError
from journal.models import Entry
from tests.factories.intake import (
    AS_OF,
    HEADER,
    NOW,
    csv_file,
    igate,
    json_file,
    make_world,
    national,
    national_file,
    row,
    take,
    xlsx_file,
)
from tests.factories.worktime import at, calendar_rows
from worktime.services import CalendarRow, calendar_load

pytestmark = pytest.mark.django_db

NEXT, LATER = AS_OF + timedelta(hours=1), AS_OF + timedelta(days=1)
COUNTS = ("new", "changed", "unchanged", "rejected", "repaired", "stale", "vanished")


@pytest.fixture(autouse=True)
def dak_to(db: None) -> Agency:
    return make_world()


def counts(batch: ImportBatch) -> dict[str, int]:
    """The counts that are not zero."""
    assert batch.status == "done", batch.message
    return {name: value for name in COUNTS if (value := getattr(batch, name))}


def reasons(batch: ImportBatch) -> list[tuple[str, int, str]]:
    return list(batch.issues.order_by("line", "pk").values_list("kind", "line", "reason"))


def dossier(number: int = 1) -> Dossier:
    return Dossier.objects.get(code=f"000.00.16.H34-221024-{number:04d}")


@pytest.mark.parametrize(
    ("file", "shape"),
    [
        (csv_file([row(1), row(2)], titles=3), "register_csv"),
        (xlsx_file([row(1), row(2)]), "register_xlsx"),
        (national_file([national(1), national(2)]), "national"),
        (json_file([{"content": [igate(1)]}, {"content": [igate(2)]}]), "igate"),
    ],
)
def test_every_shape_becomes_the_same_facts_and_first_revisions(file: io.BytesIO, shape: str) -> None:
    batch = take(file)
    assert counts(batch) == {"new": 2}
    assert (batch.format, batch.rows) == (shape, 2)
    found = dossier()
    assert (found.agency.code, found.procedure.code if found.procedure else "", found.status) == ("612", "1.000001", 4)
    assert (found.received_at, found.promised_due, found.field) == (at("2022-10-24 08:00"), at("2022-10-31 17:00"), "Hộ tịch")
    assert (found.applicant, found.search_text) == ("Nguyễn Văn An", "000.00.16.h34-221024-0001 nguyen van an")
    revision = DossierRevision.objects.get(dossier=found)
    assert (revision.changed, revision.batch, revision.data_as_of) == ([], batch, AS_OF)


def test_the_same_bytes_are_the_same_batch_and_nothing_happens_twice() -> None:
    first = take(csv_file([row()]))
    again = take(csv_file([row()]))
    assert again.pk == first.pk
    assert (ImportBatch.objects.count(), DossierRevision.objects.count()) == (1, 1)
    assert Entry.objects.filter(event="import_done").count() == 1


def test_the_same_content_later_changes_nothing_but_is_a_batch_of_its_own() -> None:
    take(csv_file([row(1), row(2)]))
    again = take(csv_file([row(1), row(2)]), as_of=LATER, now=LATER)
    assert counts(again) == {"unchanged": 2}
    assert DossierRevision.objects.count() == 2
    assert dossier().data_as_of == AS_OF


def test_other_words_for_the_same_facts_are_no_change_and_are_not_judged_again() -> None:
    take(csv_file([row()]))
    reworded = row(agency="UBND HUYỆN ĐĂK TÔ", status="4")
    again = take(csv_file([reworded]), as_of=LATER, now=LATER)
    assert counts(again) == {"unchanged": 1}
    assert DossierRevision.objects.count() == 1
    assert bytes(dossier().row_hash) != b""
    third = take(csv_file([reworded], separator=";"), as_of=LATER + timedelta(days=1), now=LATER + timedelta(days=1))
    assert counts(third) == {"unchanged": 1}


def test_another_calendar_or_limit_makes_the_next_file_count_the_due_dates_again() -> None:
    rows = [row(1, due=""), row(2, due="", procedure="1.000002")]
    take(csv_file(rows))
    Procedure.objects.filter(code="1.000001").update(time_limit=6)
    longer = take(csv_file(rows), as_of=LATER, now=LATER)
    assert counts(longer) == {"changed": 1, "unchanged": 1}
    assert dossier(1).due_on == date(2022, 11, 1)
    day_off = CalendarRow(date(2022, 10, 31), "holiday", "Nghỉ đột xuất", "thử", verified=True)
    calendar_load(rows=[*calendar_rows(), day_off], actor="thử")
    third = LATER + timedelta(days=1)
    assert counts(take(csv_file(rows), as_of=third, now=third)) == {"changed": 1, "unchanged": 1}
    assert dossier(1).due_on == date(2022, 11, 2)
    fourth = LATER + timedelta(days=2)
    assert counts(take(csv_file(rows), as_of=fourth, now=fourth)) == {"unchanged": 2}


def test_a_change_is_a_revision_that_names_what_changed_and_the_original_due_date_stays() -> None:
    take(csv_file([row(1), row(2)]))
    batch = take(csv_file([row(1, due="14/11/2022 17:00", officer="Lê Văn Chung"), row(2)]), as_of=LATER, now=LATER)
    assert counts(batch) == {"changed": 1, "unchanged": 1}
    found = dossier()
    assert (found.original_due, found.effective_due) == (at("2022-10-31 17:00"), at("2022-11-14 17:00"))
    assert (found.data_as_of, found.batch) == (LATER, batch)
    first, second = found.revisions.all()
    assert first.effective_due == first.original_due == second.original_due == at("2022-10-31 17:00")
    assert set(second.changed) == {"officer", "promised_due", "effective_due", "due_on", "overdue_from", "due_differs"}
    assert second.effective_due == at("2022-11-14 17:00")


def test_an_older_extract_never_overwrites_newer_facts(data_steward: User) -> None:
    take(csv_file([row(1, status="Đã xử lý xong", finished="28/10/2022"), row(2)]), as_of=LATER, now=LATER)
    older = take(csv_file([row(1), row(2), row(3)]), as_of=AS_OF, now=LATER)
    batch_confirm(batch=older, reason="nhập bù", user=data_steward, now=LATER)
    older = batch_run(batch=older, now=LATER)
    assert counts(older) == {"new": 1, "unchanged": 1, "stale": 1}
    assert dossier(1).status == 9
    assert dossier(3).data_as_of == AS_OF
    assert not older.issues.exists()  # a bygone full extract finds nothing vanished


def test_a_newer_change_extract_guards_only_the_dossiers_it_names() -> None:
    take(csv_file([row(1), row(2)]), as_of=AS_OF - timedelta(days=3))
    take(csv_file([row(1)]), kind="delta", as_of=AS_OF)
    assert dossier(1).seen_at == AS_OF
    between = take(csv_file([row(1, note="cũ"), row(2, note="mới")]), kind="delta", as_of=AS_OF - timedelta(days=1))
    assert counts(between) == {"changed": 1, "stale": 1}
    assert (dossier(1).note, dossier(2).note) == ("", "mới")


def test_changes_that_arrive_late_still_tell_what_the_newest_full_extract_does_not_have() -> None:
    """A dossier closed between two full extracts is in the change extracts alone; those must not count as bygone."""
    take(csv_file([row(1), row(2), row(4)]), as_of=AS_OF - timedelta(days=3))
    take(csv_file([row(2)]), as_of=AS_OF)
    told = {hours: [row(1, note=f"{hours}"), row(2, note="cũ"), row(3, note=f"{hours}")] for hours in (48, 24)}
    told[12] = [row(1, status="9", finished="06/11/2022"), row(3, note="24")]
    counted = [counts(take(csv_file(rows), kind="delta", as_of=AS_OF - timedelta(hours=hours))) for hours, rows in told.items()]
    assert counted == [{"new": 1, "changed": 1, "stale": 1}, {"changed": 2, "stale": 1}, {"changed": 1, "unchanged": 1}]
    assert (dossier(1).ended_on, dossier(2).note, dossier(3).note) == (at("2022-11-06 00:00").date(), "", "24")
    bygone = [row(1), row(3), row(4, note="cũ")]
    assert counts(take(csv_file(bygone), kind="delta", as_of=AS_OF - timedelta(hours=20))) == {"changed": 1, "stale": 2}
    assert counts(take(csv_file([row(4)]), kind="delta", as_of=AS_OF - timedelta(days=4))) == {"stale": 1}


def test_a_dossier_that_comes_back_in_a_full_extract_is_guarded_by_it_again() -> None:
    for days, numbers in ((3, (1, 2)), (2, (2,)), (1, (1, 2))):
        take(csv_file(map(row, numbers)), as_of=AS_OF - timedelta(days=days))
    assert counts(take(csv_file([row(1, note="cũ")]), kind="delta", as_of=AS_OF - timedelta(days=2))) == {"stale": 1}


def test_of_two_files_of_one_moment_the_later_arrival_wins() -> None:
    take(csv_file([row()]))
    assert counts(take(csv_file([row(note="sau")]))) == {"changed": 1}
    assert dossier().note == "sau"


def test_a_dossier_missing_from_a_full_extract_is_named_and_stays_open() -> None:
    take(csv_file([row(1), row(2), row(3, status="9", finished="28/10/2022")]))
    batch = take(csv_file([row(1, code="x " * 40)]), as_of=LATER, now=LATER)
    assert counts(batch) == {"rejected": 1, "vanished": 2}
    assert dossier(2).ended_on is None
    warned = batch.issues.filter(reason="vanished").values_list("value", "line")
    assert list(warned) == [(dossier(1).code, 0), (dossier(2).code, 0)]
    assert "vanished" not in counts(
        take(csv_file([row(1)]), kind="delta", as_of=LATER + timedelta(hours=1), now=LATER + timedelta(hours=1))
    )


def test_a_full_extract_without_any_row_is_refused_and_is_no_fresh_data() -> None:
    take(csv_file([row(1)]))
    empty = take(csv_file([]), as_of=LATER, now=LATER)
    assert (empty.status, empty.rows) == ("refused", 0)
    assert "không có dòng hồ sơ nào" in empty.message
    assert take(csv_file([]), kind="delta", as_of=LATER, now=LATER).status == "done"


def test_a_refused_row_does_not_make_its_dossier_vanish() -> None:
    take(csv_file([row(1)]))
    assert counts(take(csv_file([row(1, status="?")]), as_of=LATER, now=LATER)) == {"rejected": 1}
    assert dossier().status == 4


def test_systems_are_apart() -> None:
    take(csv_file([row(1)]))
    assert counts(take(csv_file([row(1)]), system="new")) == {"new": 1}
    assert Dossier.objects.filter(code=dossier_code(1)).count() == 2


def dossier_code(number: int) -> str:
    return f"000.00.16.H34-221024-{number:04d}"


def test_identical_rows_are_one_and_different_rows_of_one_code_are_none() -> None:
    batch = take(csv_file([row(1), row(1), row(2), row(2, due="14/11/2022"), row(3)]))
    assert counts(batch) == {"new": 2, "repaired": 1, "rejected": 2}
    assert reasons(batch) == [
        ("repair", 3, "duplicate_same"),
        ("reject", 4, "duplicate_different"),
        ("reject", 5, "duplicate_different"),
    ]
    assert "dòng 4, 5" in batch.issues.get(line=5).message


def test_rows_that_differ_in_what_is_not_kept_are_one() -> None:
    header = [*HEADER, "Số điện thoại"]
    batch = take(csv_file([row(1) | {"Số điện thoại": phone} for phone in ("0901", "0902")], header=header))
    assert counts(batch) == {"new": 1, "repaired": 1}
    again = take(csv_file([row(1) | {"Số điện thoại": "0903"}], header=header), as_of=NEXT)
    assert counts(again) == {"unchanged": 1}


def received(*dates: date | str, due: str = "30/11/2022") -> list[dict[str, Any]]:
    return [row(number, received=day, due=due) for number, day in enumerate(dates, start=1)]


def test_a_file_of_month_first_dates_is_read_so_each_time_whatever_of_it_is_news() -> None:
    two = received("10/24/2022", "10/03/2022", due="11/30/2022")
    three = received("10/24/2022", "10/03/2022", "10/04/2022", due="11/30/2022")
    assert counts(take(csv_file(two))) == {"new": 2, "repaired": 2}
    assert counts(take(csv_file(two), as_of=NEXT)) == {"unchanged": 2}
    assert counts(take(csv_file(three), as_of=NEXT + timedelta(hours=1))) == {"new": 1, "unchanged": 2, "repaired": 1}
    assert dossier(3).received_on == date(2022, 10, 4)


def test_what_excel_misread_is_refused_each_time_also_beside_rows_that_are_known() -> None:
    misread = received("25/10/2022", "26/10/2022", date(2022, 5, 10), date(2022, 6, 10))
    for day in range(3):
        batch = take(xlsx_file(misread), as_of=AS_OF + timedelta(hours=day))
        assert counts(batch) == {"rejected": 2, "unchanged" if day else "new": 2}


def test_issues_name_place_value_and_remedy_in_the_files_own_words() -> None:
    batch = take(csv_file([row(1, due="31/02/2022"), row(2)]))
    assert counts(batch) == {"new": 1, "rejected": 1}
    (issue,) = batch.issues.all()
    assert (issue.line, issue.column, issue.value, issue.reason) == (2, "Ngày hẹn trả", "31/02/2022", "date_impossible")
    assert issue.message.startswith("Dòng 2, cột Ngày hẹn trả: '31/02/2022'. Ngày không có thật.")


def test_an_ambiguous_unit_names_each_candidate_with_its_district() -> None:
    batch = take(csv_file([row(1, agency="UBND xã Đăk Long")]))
    message = batch.issues.get().message
    assert "UBND xã Đăk Long (huyện Kon Plông); UBND xã Đăk Long (huyện Đăk Hà). Ghi kèm huyện hoặc mã đơn vị" in message


def test_an_applicants_name_is_never_repeated_in_an_issue() -> None:
    batch = take(csv_file([row(1, applicant=" Nguyễn\u00a0Văn An ")]))
    (issue,) = batch.issues.all()
    assert (issue.reason, issue.value) == ("text_cleaned", "")
    assert "Văn" not in issue.message


def test_decomposed_letters_and_hard_spaces_are_repaired_and_counted_once_a_row() -> None:
    batch = take(csv_file([row(1, agency="UBND huyện Đăk To\u0302", officer="Trần\u00a0Thị Bình")]))
    assert counts(batch) == {"new": 1, "repaired": 1}
    assert reasons(batch) == [("repair", 2, "text_cleaned"), ("repair", 2, "text_cleaned")]
    assert dossier().officer == "Trần Thị Bình"


def test_a_spreadsheets_own_dates_and_formulas_are_taken_as_they_show() -> None:
    made = row(
        1, received=at("2022-10-24 08:00").replace(tzinfo=None), due=at("2022-10-31 00:00").replace(tzinfo=None), status="=A1"
    )
    batch = take(xlsx_file([made]))
    assert counts(batch) == {"new": 1}
    assert dossier().received_at == at("2022-10-24 08:00")
    assert dossier().promised_due == at("2022-10-31 23:59:59")


def test_tabs_backslashes_quotes_and_line_breaks_arrive_unharmed() -> None:
    take(xlsx_file([row(1, note="a\tb \\N \\. 'c' \"d\"\ne")]))
    assert dossier().note == "a b \\N \\. 'c' \"d\" e"


def test_a_stop_seen_in_one_extract_is_closed_by_the_next_and_kept() -> None:
    take(csv_file([row(1, status="5", due="", stop_from="26/10/2022")]))
    assert dossier().stopped_on == at("2022-10-26 00:00").date()
    take(csv_file([row(1, status="4", due="")]), as_of=LATER, now=LATER)
    found = dossier()
    assert found.stopped_at is None
    assert [(stop["from"][:10], stop["to"][:10], stop.get("assumed")) for stop in found.stops] == [
        ("2022-10-26", "2022-11-08", True)
    ]
    assert found.original_due == at("2022-10-31 23:59:59")
    assert found.computed_due is not None
    assert found.computed_due > found.original_due


def test_an_end_without_a_date_keeps_the_moment_it_was_first_seen() -> None:
    take(csv_file([row(1, status="8")]))
    take(csv_file([row(1, status="8", note="khác")]), as_of=LATER, now=LATER)
    assert (dossier().ended_at, dossier().note) == (AS_OF, "khác")


def test_a_file_that_cannot_be_taken_is_refused_with_the_reason_and_journalled() -> None:
    batch = take(csv_file([row()], header=["STT", "Mã hồ sơ", "Trạng thái", "Ngày tiếp nhận", "Ngày hẹn trả"]))
    assert batch.status == "refused"
    assert batch.message.startswith("Thiếu cột: Đơn vị xử lý. Các cột đã thấy: STT, Mã hồ sơ")
    assert not Dossier.objects.exists()
    assert Entry.objects.get().event == "import_refused"


def test_a_line_broken_far_down_refuses_the_file_by_its_number() -> None:
    """The header is found long before; the break shows while the rows stream into the database."""
    good = csv_file(row(n) for n in range(1, 60)).getvalue()
    for broken, reason in ((b'61,"never closed\r\n', "dấu nháy kép"), (b"61,Kon Tum \xe0\xff,\r\n", "không phải chữ UTF-8")):
        batch = take(io.BytesIO(good + broken), name=reason)
        assert (batch.status, batch.message[:7]) == ("refused", "Dòng 61"), batch.message
        assert reason in batch.message
    assert not Dossier.objects.exists()


def test_the_original_is_kept_byte_for_byte_and_the_journal_seals_its_hash() -> None:
    content = csv_file([row()]).getvalue()
    batch = take(io.BytesIO(content), name="../../Sổ theo dõi.csv")
    with batch.file.open("rb") as kept:
        assert kept.read() == content
    assert (batch.file_name, batch.file_size) == ("Sổ theo dõi.csv", len(content))
    entry = Entry.objects.get(event="import_done")
    assert batch.sha256 in entry.body


def test_what_cannot_be_kept_is_refused_at_once(settings: Settings) -> None:
    settings.INTAKE_MAX_BYTES = 100
    for file, as_of, reason in (
        (csv_file([row()]), AS_OF, "file_too_big"),
        (io.BytesIO(), AS_OF, "file_empty"),
        (csv_file([]), NOW + timedelta(seconds=1), "data_in_future"),
        (csv_file([]), at("1999-12-31 23:59"), "data_too_early"),
    ):
        with pytest.raises(SourceError) as refused:
            take(file, as_of=as_of)
        assert refused.value.reason == reason
    with pytest.raises(SourceError):
        take(csv_file([row()]), system="xxx")
    assert not ImportBatch.objects.exists()


def test_trying_tells_everything_and_keeps_nothing() -> None:
    take(csv_file([row(1)]))
    tried, issues = batch_try(
        source=csv_file([row(1, note="khác"), row(2), row(3, status="?")]),
        file_name="thu.csv",
        system="old",
        kind="full",
        data_as_of=LATER,
        now=LATER,
        actor="tests",
    )
    assert counts(tried) == {"new": 1, "changed": 1, "rejected": 1}
    assert [issue.reason for issue in issues] == ["status_unknown"]
    assert (ImportBatch.objects.count(), Dossier.objects.count(), DossierRevision.objects.count()) == (1, 1, 1)
    assert Entry.objects.count() == 1


def test_a_file_that_is_already_in_may_still_be_tried() -> None:
    take(csv_file([row(1)]))
    tried, _issues = batch_try(
        source=csv_file([row(1)]), file_name="t", system="old", kind="full", data_as_of=AS_OF, now=NOW, actor="tests"
    )
    assert counts(tried) == {"unchanged": 1}


def test_an_error_of_ours_in_the_middle_leaves_nothing_and_the_batch_can_be_run_again() -> None:
    """A constraint of the database itself breaks the import after rows were written."""
    batch = batch_open(
        source=csv_file([row(1), row(2)]), file_name="t", system="old", kind="full", data_as_of=AS_OF, now=NOW, actor="tests"
    )
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE dossiers_dossierrevision ADD CONSTRAINT broken CHECK (code NOT LIKE '%%0002')")
    with pytest.raises(IntegrityError):
        batch_run(batch=batch, now=NOW)
    batch.refresh_from_db()
    assert (batch.status, batch.rows, Dossier.objects.count(), Entry.objects.count()) == ("failed", 0, 0, 0)
    assert "chưa ghi gì" in batch.message
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE dossiers_dossierrevision DROP CONSTRAINT broken")
    assert counts(batch_run(batch=batch, now=NOW)) == {"new": 2}


def test_a_done_batch_is_not_run_again() -> None:
    batch = take(csv_file([row(1)]))
    Dossier.objects.update(note="giữ nguyên")
    assert batch_run(batch=batch, now=LATER).finished_at == NOW
    assert dossier().note == "giữ nguyên"


def test_a_killed_import_is_simply_run_again() -> None:
    batch = batch_open(
        source=csv_file([row(1)]), file_name="t", system="old", kind="full", data_as_of=AS_OF, now=NOW, actor="tests"
    )
    ImportBatch.objects.update(status="running")
    assert counts(batch_run(batch=batch, now=NOW)) == {"new": 1}


def test_an_import_costs_the_same_number_of_statements_at_any_size(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(45):
        take(csv_file(row(n) for n in range(1, 200)))


def test_only_what_takes_a_batch_back_is_of_that_kind() -> None:
    """A file of that kind would pass for a full extract."""
    batch = take(csv_file([row(1)]))
    for wrong in ({"kind": "undo"}, {"reverts": batch}):
        with pytest.raises(IntegrityError, match="importbatch_undo_reverts"), transaction.atomic():
            ImportBatch.objects.update(**wrong)


def test_the_database_itself_refuses_an_unknown_status() -> None:
    take(csv_file([row(1)]))
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        Dossier.objects.update(status=11)


def test_a_code_no_database_can_keep_is_refused_alone() -> None:
    codes = ("HS-\0-1", "HS-\x1f-2", "HS-\\-3", "HS-4")
    batch = take(csv_file([row(number, code=code) for number, code in enumerate(codes, start=1)]))
    assert counts(batch) == {"new": 2, "rejected": 2}
    assert {line for _kind, line, reason in reasons(batch) if reason == "control_character"} == {2, 3}
