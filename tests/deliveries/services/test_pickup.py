"""From a drop folder through the intake to its report: whole, once, in order, whatever lies there and whenever one is killed."""

import io
import os
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from pytest_django import Settings

from deliveries.selectors.rounds import ROUND_KEY, last_round
from deliveries.services import folders, pickup
from deliveries.services.folders import FolderError
from deliveries.services.pickup import deliveries_pick_up
from deliveries.tasks import pickup as task
from dossiers.models import Dossier, ImportBatch
from dossiers.services.intake import batch_open, batch_run
from journal.models import Entry
from tests.deliveries.drops import MINUTE, NAMED, Drops, make_content
from tests.factories.intake import AS_OF, NOW, take

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def events() -> list[str]:
    return list(Entry.objects.filter(event__startswith="import_").order_by("seq").values_list("event", flat=True))


def test_a_file_is_taken_in_and_put_beside_its_report(drops: Drops) -> None:
    drops.hand_over(content=make_content(1, 2) + make_content(3, status="?").split(b"\n", 1)[1])
    (taken,) = drops.pick_up().taken
    batch = ImportBatch.objects.get()
    assert (batch.system_id, batch.kind, batch.data_as_of, batch.accepted_at) == ("old", "full", AS_OF, NOW)
    assert (batch.file_name, batch.actor, batch.status) == (NAMED, "thư mục giao nộp", "done")
    assert drops.lying() == []
    assert drops.lying("old/full/done") == [NAMED, f"{NAMED}.ket-qua.json", f"{NAMED}.ket-qua.txt"]
    told = drops.answer(f"old/full/done/{NAMED}")
    assert told == taken.answer
    assert [told[name] for name in ("batch", "status", "new", "rejected")] == [batch.pk, "done", 2, 1]
    text = drops.text(f"old/full/done/{NAMED}")
    assert f"Tệp {NAMED}: Hệ thống cũ, bản đầy đủ, số liệu đến 17:00 07/11/2022." in text
    assert "Kết quả: đã nhập." in text
    assert "2 mới, 0 thay đổi" in text
    assert "Dòng 4, cột Trạng thái: '?'" in text
    assert f"/nhap-lieu/{batch.pk}/" in text
    assert events() == ["import_done"]


def test_each_folder_has_its_system_and_kind(drops: Drops) -> None:
    for system in ("old", "new"):
        for kind in ("full", "delta"):
            drops.hand_over(system=system, kind=kind)
    assert len(drops.pick_up().taken) == 4
    assert set(ImportBatch.objects.values_list("system_id", "kind")) == {
        ("old", "full"),
        ("old", "delta"),
        ("new", "full"),
        ("new", "delta"),
    }


def test_older_data_are_taken_before_newer_and_the_full_extract_before_the_changes(drops: Drops) -> None:
    drops.hand_over("a-20221107-1700.csv", make_content(1), kind="delta")
    drops.hand_over("z-20221107-1700.csv", make_content(2))
    drops.hand_over("b-20221106-1700.csv", make_content(3), kind="delta")
    assert [one.file[0] for one in drops.pick_up().taken] == ["b", "z", "a"]


@pytest.mark.parametrize("name", [".so.csv", "so.csv.part", "so.tmp", "so.csv.filepart", "so.csv.ket-qua.json"])
def test_what_is_not_finished_stays(drops: Drops, name: str) -> None:
    drops.hand_over(name)
    assert drops.pick_up().taken == []
    assert drops.lying() == [name]


def test_what_somebody_wrote_to_just_now_stays_until_it_is_still(drops: Drops) -> None:
    drops.hand_over(written=NOW - timedelta(seconds=29))
    assert drops.pick_up().taken == []
    assert len(drops.pick_up(NOW + timedelta(seconds=1)).taken) == 1


def test_what_changes_while_it_is_read_stays_and_leaves_no_batch(drops: Drops, monkeypatch: pytest.MonkeyPatch) -> None:
    path = drops.hand_over()

    def open_and_write(**given: Any) -> ImportBatch:
        batch = batch_open(**given)
        path.write_bytes(make_content(1, 2))
        return batch

    monkeypatch.setattr(pickup, "batch_open", open_and_write)
    assert drops.pick_up().taken == []
    assert not ImportBatch.objects.exists()
    assert drops.lying() == [NAMED]


def test_links_folders_and_special_files_are_left(drops: Drops, tmp_path: Path) -> None:
    secret = tmp_path / "bi-mat.csv"
    secret.write_bytes(make_content())
    folder = drops.folder()
    (folder / "link.csv").symlink_to(secret)
    (folder / "nowhere.csv").symlink_to(tmp_path / "khong-co")
    (folder / "folder.csv").mkdir()
    os.mkfifo(folder / "pipe.csv")
    assert drops.pick_up(NOW + 4000 * DAY).taken == []
    assert not ImportBatch.objects.exists()
    assert drops.lying() == ["link.csv", "nowhere.csv", "pipe.csv"]


@pytest.mark.parametrize("what", ["link", "pipe"])
def test_what_takes_a_files_place_after_it_was_listed_is_not_read(
    drops: Drops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    path, listed = drops.hand_over(), pickup._ready

    def swap(*given: Any) -> Any:
        found = listed(*given)
        path.unlink()
        path.symlink_to(tmp_path) if what == "link" else os.mkfifo(path)
        return found

    monkeypatch.setattr(pickup, "_ready", swap)
    found = deliveries_pick_up(now=NOW)
    assert found.taken == []
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "so;rm -rf ~.csv",
        "$(id).csv",
        "so\nTệp khác.csv",
        "so\x1f\u202e.csv",
        b"so-\xff\xfe.csv",
        "-rf",
        "ồ" * 83 + ".csv",
        "so%s%(x)s{0}.csv",
        "<script>.csv",
    ],
)
def test_a_hostile_name_is_only_a_name(drops: Drops, name: str | bytes) -> None:
    drops.hand_over(name)
    (taken,) = drops.pick_up().taken
    assert taken.answer["status"] == "done"
    assert len(drops.lying("old/full/done")) == 3
    assert ImportBatch.objects.get().file_name.isprintable()


def test_a_date_alone_is_its_end_and_without_one_the_file_s_time_counts(drops: Drops) -> None:
    drops.hand_over("so-20221106.csv", make_content(1))
    drops.hand_over("so.csv", make_content(2), written=NOW - DAY)
    drops.pick_up()
    assert [f"{one.data_as_of:%d %H:%M}" for one in ImportBatch.objects.order_by("data_as_of")] == ["06 16:59", "07 01:00"]


def test_a_file_that_cannot_be_taken_is_rejected_with_the_reason(drops: Drops) -> None:
    drops.hand_over("so.xlsx", b"<html></html>")
    (taken,) = drops.pick_up().taken
    assert (taken.put, taken.answer["status"]) == ("old/full/rejected/so.xlsx", "refused")
    assert "Đây là trang HTML" in drops.text("old/full/rejected/so.xlsx")
    assert drops.answer("old/full/rejected/so.xlsx")["batch"] == ImportBatch.objects.get().pk
    assert events() == ["import_refused"]


@pytest.mark.parametrize(
    ("name", "given", "reason"),
    [
        ("so.csv", {"content": b""}, "Tệp rỗng"),
        ("so-20221109.csv", {}, "ở sau hiện tại"),
        ("so.csv", {"written": NOW + DAY}, "ở sau hiện tại"),
        ("so.csv", {"written": NOW - 9000 * DAY}, "2000"),
    ],
)
def test_a_file_that_does_not_even_become_a_batch_is_rejected_too(
    drops: Drops, name: str, given: dict[str, Any], reason: str
) -> None:
    drops.hand_over(name, **given)
    drops.pick_up()
    put = f"old/full/rejected/{name}"
    assert (drops.answer(put)["batch"], drops.answer(put)["status"]) == (None, "refused")
    assert reason in drops.text(put)
    assert "Trang của lần nhập" not in drops.text(put)


def test_an_unlikely_file_waits_for_a_person_and_its_report_says_where(drops: Drops, settings: Settings) -> None:
    settings.INTAKE_HOLD_LEAST = 1
    settings.HTTPS, settings.ALLOWED_HOSTS = True, ["hoso.example.vn"]
    take_many = make_content(*range(1, 40))
    drops.hand_over("so-20221106-1700.csv", take_many)
    drops.pick_up()
    drops.hand_over(NAMED, make_content(1))
    (taken,) = drops.pick_up().taken
    batch = ImportBatch.objects.get(file_name=NAMED)
    assert (taken.put, batch.status) == (f"old/full/done/{NAMED}", "held")
    text = drops.text(taken.put)
    assert "Kết quả: chờ xác nhận." in text
    assert f"https://hoso.example.vn/nhap-lieu/{batch.pk}/" in text
    assert events() == ["import_done", "import_held"]


def test_the_same_file_again_changes_nothing_and_takes_nobody_s_place(drops: Drops) -> None:
    for _time in range(3):
        drops.hand_over()
        drops.pick_up()
    assert ImportBatch.objects.count() == 1
    moment = "20221108-075900"
    files = [NAMED, f"{moment}-{NAMED}", f"{moment}-2-{NAMED}"]
    assert [name for name in drops.lying("old/full/done") if name.endswith(".csv")] == sorted(files)
    first, second, third = (drops.answer(f"old/full/done/{name}") for name in files)
    assert (first["new"], first["message"]) == (1, "")
    for again in (second, third):
        assert (again["batch"], again["new"], again["unchanged"]) == (first["batch"], 0, 1)
        assert "đã nhập lúc 08/11/2022 08:00" in again["message"]
    assert events() == ["import_done"]


def test_the_same_bytes_under_another_name_or_from_another_door_are_called_a_repeat(drops: Drops) -> None:
    drops.hand_over()
    drops.pick_up()
    drops.hand_over(f"khac-{NAMED}")
    (taken,) = drops.pick_up().taken
    assert "đã nhập" in str(taken.answer["message"])
    page = take(io.BytesIO(make_content(2)))
    drops.hand_over("trang-20221107-1700.csv", make_content(2))
    (taken,) = drops.pick_up().taken
    assert (taken.answer["batch"], "đã nhập" in str(taken.answer["message"])) == (page.pk, True)


def test_a_refused_file_is_tried_anew_when_it_comes_again(drops: Drops) -> None:
    drops.hand_over("so.csv", b"<html></html>")
    drops.pick_up()
    drops.hand_over("so.csv", b"<html></html>")
    (taken,) = drops.pick_up().taken
    assert taken.put == "old/full/rejected/20221108-075900-so.csv"


class Killed(BaseException):
    """As a process is: nothing of ours catches it."""


@pytest.mark.parametrize(
    ("module", "step", "after"),
    [
        (pickup, "batch_open", True),
        (pickup, "batch_run", False),
        (pickup, "batch_run", True),
        (pickup, "text_report", False),
        (folders, "_write", False),
        (folders, "_write", True),
        (os, "fsync", False),
        (os, "rename", False),
        (os, "rename", True),
    ],
)
def test_killed_at_any_point_the_next_round_finishes_without_doubling(
    drops: Drops, monkeypatch: pytest.MonkeyPatch, module: Any, step: str, after: bool
) -> None:
    path, real = drops.hand_over(content=make_content(1, 2)), getattr(module, step)

    def die(*given: Any, **named: Any) -> None:
        if after:
            real(*given, **named)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(module, step, die)
        with pytest.raises(Killed):
            deliveries_pick_up(now=NOW)
    assert path.exists()
    drops.pick_up(NOW + MINUTE)
    assert not path.exists()
    assert [batch.status for batch in ImportBatch.objects.all()] == ["done"]
    assert Dossier.objects.count() == 2
    assert events() == ["import_done"]
    assert drops.lying("old/full/done") == [NAMED, f"{NAMED}.ket-qua.json", f"{NAMED}.ket-qua.txt"]
    told = drops.answer(f"old/full/done/{NAMED}")
    assert (told["status"], told["new"], told["message"]) == ("done", 2, "")


def test_killed_after_the_file_was_moved_nothing_is_left_to_do(drops: Drops, monkeypatch: pytest.MonkeyPatch) -> None:
    drops.hand_over()
    real = os.rename

    def die(source: str, target: str, **given: int) -> None:
        real(source, target, **given)
        if source == NAMED:
            raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", die)
        with pytest.raises(Killed):
            deliveries_pick_up(now=NOW)
    assert drops.pick_up(NOW + MINUTE).taken == []
    assert len(drops.lying("old/full/done")) == 3


def test_a_file_that_waits_is_not_looked_through_again_after_a_kill(
    drops: Drops, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.INTAKE_HOLD_LEAST = 1
    drops.hand_over("so-20221106-1700.csv", make_content(*range(1, 40)))
    drops.pick_up()
    drops.hand_over()
    with monkeypatch.context() as patched:
        patched.setattr(pickup, "text_report", lambda *_given, **_named: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            deliveries_pick_up(now=NOW)
    drops.pick_up(NOW + MINUTE)
    assert drops.answer(f"old/full/done/{NAMED}")["status"] == "held"
    assert events() == ["import_done", "import_held"]


def test_our_own_failure_leaves_the_file_keeps_no_other_waiting_and_is_raised(
    drops: Drops, monkeypatch: pytest.MonkeyPatch
) -> None:
    drops.hand_over("a-20221106-1700.csv", make_content(1))
    drops.hand_over("b-20221107-1700.csv", make_content(2))

    def fail(*, batch: ImportBatch, now: Any) -> ImportBatch:
        if batch.file_name.startswith("a"):
            raise RuntimeError("ours")
        return batch_run(batch=batch, now=now)

    with monkeypatch.context() as patched:
        patched.setattr(pickup, "batch_run", fail)
        with pytest.raises(ExceptionGroup) as raised:
            task()
    assert [str(error) for error in raised.value.exceptions] == ["ours"]
    assert drops.lying() == ["a-20221106-1700.csv"]
    assert len(drops.lying("old/full/done")) == 3
    told = last_round()
    assert told
    assert told.at == NOW
    assert ["old/full/a-20221106-1700.csv: tệp còn trong thư mục" in text for text in told.faults] == [True]
    task()
    assert drops.lying() == []
    told = last_round()
    assert told
    assert told.faults == ()


def test_a_file_we_may_not_read_is_said_and_stays(drops: Drops, monkeypatch: pytest.MonkeyPatch) -> None:
    drops.hand_over()

    def refuse(*_given: Any, **_named: Any) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(folders.Box, "open", refuse)
    (fault,) = deliveries_pick_up(now=NOW).faults
    assert "kiểm tra quyền của tệp và thư mục" in fault.text
    assert drops.lying() == [NAMED]


def test_folders_that_cannot_be_used_are_said_and_told_to_the_page(drops: Drops) -> None:
    drops.root.parent.mkdir(exist_ok=True)
    drops.root.write_text("")
    with pytest.raises(FolderError):
        deliveries_pick_up(now=NOW)
    told = last_round()
    assert told
    assert "Không đọc hoặc không ghi được thư mục giao nộp" in told.faults[0]


def test_without_news_the_page_knows_of_no_round(drops: Drops) -> None:
    cache.delete(ROUND_KEY)
    assert last_round() is None


def test_who_comes_while_another_is_at_it_leaves_at_once(drops: Drops) -> None:
    drops.hand_over()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('deliveries'))")
        assert deliveries_pick_up(now=NOW).busy
        assert drops.lying() == [NAMED]
        cursor.execute("SELECT pg_advisory_unlock(hashtext('deliveries'))")
    other.close()
    assert len(drops.pick_up().taken) == 1
    assert len(drops.pick_up().taken) == 0  # and lets others in afterwards


@pytest.mark.django_db(transaction=True)
def test_two_at_once_take_a_file_once(drops: Drops) -> None:
    for number in range(5):
        drops.hand_over(f"so-{number}-20221107-1700.csv", make_content(number))
    start, rounds = threading.Barrier(2), []

    def work() -> None:
        try:
            start.wait()
            rounds.append(deliveries_pick_up(now=NOW))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(len(one.taken) for one in rounds) == 5
    assert ImportBatch.objects.count() == 5
    assert [name for name in drops.lying("old/full/done") if name.startswith("2022")] == []
