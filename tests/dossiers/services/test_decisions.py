"""What waits for a person, and what a person decides: letting in, stopping, taking back. Nothing is silent, nothing deleted."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import Settings

from accounts.models import User
from dossiers.models import Dossier, DossierRevision, ImportBatch
from dossiers.selectors.imports import cancel_key, newest_full_before, system_freshness
from dossiers.selectors.runs import night_inputs
from dossiers.services.decisions import batch_cancel, batch_confirm, batch_revert
from dossiers.services.intake import batch_open, batch_run
from journal.models import Entry
from kontum_tthc import nightly
from tests.factories.dossiers import moment
from tests.factories.intake import AS_OF, NOW, csv_file, make_world, row, take

LATER = AS_OF + timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    make_world()


@pytest.fixture(autouse=True)
def every_row_matters(settings: Settings) -> None:
    settings.INTAKE_HOLD_LEAST = 1


def waits_for(batch: ImportBatch) -> list[str]:
    assert batch.status == "held", batch.message
    return [hold["kind"] for hold in batch.review["holds"]]


def events() -> list[str]:
    return list(Entry.objects.filter(event__startswith="import_").order_by("seq").values_list("event", flat=True))


def test_a_full_extract_a_third_smaller_waits_and_nothing_of_it_is_written() -> None:
    take(csv_file(row(number) for number in range(1, 11)))
    held = take(csv_file(row(number, officer="Lê Văn Chung") for number in range(1, 8)), as_of=LATER, now=LATER)
    assert waits_for(held) == ["smaller"]
    assert held.review["holds"][0]["parameters"] == {"rows": "7", "before": "10", "fewer": "3"}
    assert (held.changed, Dossier.objects.filter(batch=held).count(), DossierRevision.objects.filter(batch=held).count()) == (
        7,
        0,
        0,
    )
    assert events() == ["import_done", "import_held"]
    fits = take(csv_file(row(number) for number in range(1, 9)), as_of=LATER, now=LATER)
    assert fits.status == "done"


def test_an_older_full_extract_waits() -> None:
    take(csv_file([row(1)]), as_of=LATER, now=LATER)
    assert waits_for(take(csv_file([row(1), row(2)]), now=LATER)) == ["older"]


def test_another_provinces_file_waits_for_its_codes_and_its_units() -> None:
    foreign = [row(number, code=f"000.00.16.H49-221024-{number:04}", agency="UBND huyện Bắc Quang") for number in range(1, 5)]
    assert waits_for(take(csv_file(foreign))) == ["elsewhere", "unknown_units"]


def test_a_file_that_reopens_closed_dossiers_waits_and_shows_them() -> None:
    take(csv_file(row(number, status="Đã xử lý xong", finished="28/10/2022") for number in range(1, 4)))
    held = take(
        csv_file([row(1), *(row(n, status="Đã xử lý xong", finished="28/10/2022") for n in (2, 3))]), as_of=LATER, now=LATER
    )
    assert waits_for(held) == ["reopens"]
    (changed,) = held.review["changed"]
    assert changed["code"].endswith("0001")
    held.refresh_from_db()
    assert ["Trạng thái", "Đã xử lý xong", "Đang xử lý"] in held.review["changed"][0]["changes"]


def test_text_of_an_old_font_waits_and_is_listed_cell_by_cell() -> None:
    held = take(csv_file([row(1, agency="UBND huyÖn §¨k T«", applicant="NguyÔn V¨n An")]))
    assert waits_for(held) == ["legacy_text"]
    told = dict(held.issues.values_list("column", "message"))
    assert told["Đơn vị xử lý"].endswith("(.VnTime), đã chuyển sang Unicode: “UBND huyện Đăk Tô”.")
    assert told["Chủ hồ sơ"] == "Dòng 2, cột Chủ hồ sơ. Chữ phông TCVN3 (.VnTime), đã chuyển sang Unicode: “…”."
    assert set(held.issues.values_list("reason", flat=True)) == {"text_tcvn3"}


def test_small_numbers_are_no_reason_by_themselves(settings: Settings) -> None:
    settings.INTAKE_HOLD_LEAST = 20
    take(csv_file(row(number) for number in range(1, 11)))
    assert take(csv_file([row(1)]), as_of=LATER, now=LATER).status == "done"


def test_a_held_batch_is_let_in_with_a_reason_and_journalled(data_steward: User) -> None:
    take(csv_file(row(number) for number in range(1, 11)))
    held = take(csv_file(row(number) for number in range(1, 3)), as_of=LATER, now=LATER)
    with pytest.raises(ValidationError, match="Hãy ghi lý do"):
        batch_confirm(batch=held, reason=" ", user=data_steward, now=LATER)
    waiting = batch_confirm(batch=held, reason="Hệ thống cũ đã chuyển 8 hồ sơ", user=data_steward, now=LATER)
    assert (waiting.status, waiting.confirmed_holds) == ("waiting", ["smaller"])
    done = batch_run(batch=waiting, now=LATER)
    assert (done.status, done.vanished, done.reason) == ("done", 8, "Hệ thống cũ đã chuyển 8 hồ sơ")
    assert events() == ["import_done", "import_held", "import_confirmed", "import_done"]
    with pytest.raises(ValidationError, match="không chờ xác nhận"):
        batch_confirm(batch=done, reason="x", user=data_steward, now=LATER)


def test_what_was_not_there_to_be_confirmed_is_asked_again(data_steward: User) -> None:
    take(csv_file(row(number) for number in range(1, 11)))
    held = take(csv_file(row(number) for number in range(1, 3)), as_of=LATER, now=LATER)
    batch_confirm(batch=held, reason="đúng", user=data_steward, now=LATER)
    much_later = LATER + timedelta(days=1)
    take(csv_file(row(number) for number in range(1, 11)), as_of=much_later, now=much_later)
    assert waits_for(batch_run(batch=held, now=much_later)) == ["older"]


def test_only_who_may_import_decides(inspector: User) -> None:
    take(csv_file(row(number) for number in range(1, 11)))
    held = take(csv_file([row(1)]), as_of=LATER, now=LATER)
    for act in (batch_confirm, batch_revert):
        with pytest.raises(PermissionDenied):
            act(batch=held, reason="x", user=inspector, now=LATER)
    with pytest.raises(PermissionDenied):
        batch_cancel(batch=held, user=inspector, now=LATER)


def asked(number: int = 1) -> ImportBatch:
    return batch_open(
        source=csv_file([row(number), row(7, status="?")]),
        file_name="xem",
        system="old",
        kind="full",
        data_as_of=AS_OF,
        now=NOW,
        actor="tests",
        asks=True,
    )


def test_a_preview_says_what_would_happen_and_a_word_lets_it_happen(data_steward: User) -> None:
    batch = batch_run(batch=asked(), now=NOW)
    assert waits_for(batch) == []
    assert (batch.new, batch.rejected, Dossier.objects.count()) == (1, 1, 0)
    assert batch.issues.get(kind="reject").reason == "status_unknown"
    batch_confirm(batch=batch, reason="", user=data_steward, now=NOW)
    assert batch_run(batch=batch, now=NOW).status == "done"
    assert Dossier.objects.count() == 1
    assert batch.issues.filter(kind="reject").count() == 1


def test_what_waits_is_canceled_at_once(data_steward: User) -> None:
    batch = batch_run(batch=asked(), now=NOW)
    batch_cancel(batch=batch, user=data_steward, now=NOW)
    batch.refresh_from_db()
    assert (batch.status, Dossier.objects.count()) == ("canceled", 0)
    assert events() == ["import_held", "import_canceled"]


def test_a_running_import_stops_where_it_is_and_leaves_nothing(data_steward: User) -> None:
    batch = asked()
    ImportBatch.objects.filter(pk=batch.pk).update(status="running")
    batch_cancel(batch=batch, user=data_steward, now=NOW)
    assert cache.get(cancel_key(batch.pk))
    stopped = batch_run(batch=batch, now=NOW)
    assert (stopped.status, stopped.issues.count(), Dossier.objects.count()) == ("canceled", 0, 0)
    assert str(data_steward) in stopped.message
    assert batch_run(batch=stopped, now=NOW).status == "held"  # the wish was for that run


def facts(number: int) -> tuple[object, ...]:
    found = Dossier.objects.get(code__endswith=f"{number:04}")
    return found.officer, found.applicant, found.effective_due, found.status, found.search_text, found.received_on


def test_a_batch_is_taken_back_as_a_whole_by_writing_what_was_before(data_steward: User) -> None:
    take(csv_file([row(1), row(2)]))
    before = facts(1), facts(2)
    wrong = take(
        csv_file([row(1, officer="X", due="30/11/2022 17:00", applicant="Trần Y"), row(2), row(3)]), as_of=LATER, now=LATER
    )
    assert facts(1) != before[0]
    undo = batch_revert(batch=wrong, reason="Nộp nhầm tệp", user=data_steward, now=LATER)
    assert (facts(1), facts(2)) == before
    assert Dossier.objects.get(code__endswith="0003").received_on is None
    assert (undo.kind, undo.status, undo.changed, undo.reverts_id) == ("undo", "done", 2, wrong.pk)
    assert set(DossierRevision.objects.filter(batch=undo).values_list("code", flat=True)) == {
        row(1)["Mã hồ sơ"],
        row(3)["Mã hồ sơ"],
    }
    assert DossierRevision.objects.filter(batch=wrong).count() == 2  # nothing is deleted
    wrong.refresh_from_db()
    assert wrong.status == "reverted"
    assert events()[-1] == "import_reverted"


def test_a_batch_taken_back_makes_no_data_fresh(data_steward: User) -> None:
    first = take(csv_file([row(1)]))
    wrong = take(csv_file([row(1), row(2)]), as_of=LATER, now=LATER)
    batch_revert(batch=wrong, reason="nhầm", user=data_steward, now=LATER)
    assert newest_full_before("old") == first
    (old, _new) = system_freshness(LATER)
    assert old.data_as_of == AS_OF
    last, inputs = night_inputs(LATER.date())
    assert (last, inputs["old"]["pending"]) == (wrong.pk + 1, [])
    assert datetime.fromisoformat(inputs["old"]["data_as_of"] or "") == AS_OF


def test_the_right_file_comes_in_after_the_wrong_one_was_taken_back(data_steward: User) -> None:
    take(csv_file([row(1)]))
    wrong = take(csv_file([row(1, officer="X"), row(2)]), as_of=LATER, now=LATER)
    batch_revert(batch=wrong, reason="nhầm", user=data_steward, now=LATER)
    right = take(csv_file([row(1), row(2, officer="Y")]), as_of=LATER, now=LATER)
    assert (right.status, right.new, right.changed, right.unchanged) == ("done", 0, 1, 1)
    assert facts(2)[5] is not None
    again = take(csv_file([row(1, officer="X"), row(2)]), as_of=LATER, now=LATER)
    assert (again.pk != wrong.pk, again.status) == (True, "done")  # what was taken back may come again


def test_nights_after_it_count_what_was_before(data_steward: User) -> None:
    take(csv_file([row(1)]))
    wrong = take(csv_file([row(1, status="Đã xử lý xong", finished="08/11/2022"), row(2)]), as_of=LATER, now=LATER)
    nightly.run(as_of=LATER.date(), now=moment(LATER.date(), 23), trigger="command")
    batch_revert(batch=wrong, reason="nhầm", user=data_steward, now=LATER)
    day = LATER.date() + timedelta(days=1)
    assert nightly.run(as_of=day, now=moment(day, 23), trigger="command").overdue == 1


def test_a_batch_others_came_after_is_not_taken_back(data_steward: User) -> None:
    wrong = take(csv_file([row(1), row(2)]))
    take(csv_file([row(1, officer="X"), row(2)]), as_of=LATER, now=LATER)
    with pytest.raises(ValidationError, match="1 hồ sơ của lần nhập này đã được lần nhập sau thay đổi"):
        batch_revert(batch=wrong, reason="nhầm", user=data_steward, now=LATER)
    wrong.refresh_from_db()
    assert wrong.status == "done"


def test_taking_back_wants_a_reason_and_something_that_is_in(data_steward: User) -> None:
    wrong = take(csv_file([row(1)]))
    with pytest.raises(ValidationError, match="Hãy ghi lý do hoàn lại"):
        batch_revert(batch=wrong, reason="", user=data_steward, now=NOW)
    undo = batch_revert(batch=wrong, reason="nhầm", user=data_steward, now=NOW)
    for batch in (wrong, undo):
        with pytest.raises(ValidationError, match="Chỉ hoàn lại được"):
            batch_revert(batch=batch, reason="nhầm", user=data_steward, now=NOW)
