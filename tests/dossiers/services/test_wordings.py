"""What a system calls things is said once by a person; what was refused for it is read again. Nothing is guessed."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from agencies.models import AgencyAlias
from dossiers.models import Dossier, ImportBatch, SourceWord
from dossiers.rules.wordings import candidates, suggested_columns
from dossiers.selectors.states import dossiers_known_at
from dossiers.selectors.wordings import unknown_statuses, unknown_units
from dossiers.services.intake import batch_run
from dossiers.services.reading import top_of
from dossiers.services.wordings import columns_teach, words_teach
from dossiers.sources.headers import NAMES
from dossiers.tasks import intake
from journal.models import Entry
from kontum_tthc import nightly
from tests.factories.intake import AS_OF, NOW, csv_file, make_world, row, take

pytestmark = pytest.mark.django_db
ODD_HEADER = ("Ký hiệu", "Nơi làm", "Nhận lúc", "Phải xong", "Tới đâu")
ODD = dict(
    zip(ODD_HEADER, ("000.00.16.H34-221024-0001", "UBND huyện Đăk Tô", "24/10/2022", "31/10/2022", "Đang xử lý"), strict=True)
)


@pytest.fixture(autouse=True)
def world(settings: Settings) -> None:
    settings.CLOCK_PINNED_AT = NOW
    make_world()


def test_the_nearest_names_come_first_with_how_near_they_are() -> None:
    names = {"612": "UBND huyện Đăk Tô", "608": "UBND thành phố Kon Tum", "615": "UBND huyện Đăk Hà"}
    found = candidates("UBND huyên Đắc Tô", names)
    assert found[0].key == "612"
    assert found == sorted(found, key=lambda one: -one.score)
    assert candidates("hoàn toàn khác", names) == []
    assert candidates("UBND huyện Đăk Tô", names)[0] == ("612", 100)


def test_columns_are_suggested_by_name_and_else_by_what_stands_below() -> None:
    rows = [list(ODD.values())] * 3
    by_content = suggested_columns(ODD_HEADER, rows, NAMES, lambda text: text.startswith("UBND"))
    assert by_content[0] == "code"
    assert by_content[1] == "agency"
    assert by_content[4] == "status"
    near = suggested_columns(["Mã hồ sơ số", "Cơ quan giải quyêt"], [], NAMES, lambda _text: False)
    assert near == {0: "code", 1: "agency"}


def test_unknown_units_and_statuses_are_asked_for_once_each_with_candidates() -> None:
    listed = [row(1, agency="UBND huyên Đắc Tôô"), row(2, agency="UBND huyên Đắc Tôô"), row(3, status="Xong xuôi"), row(4)]
    batch = take(csv_file(listed))
    assert (batch.new, batch.rejected) == (1, 3)
    (unit,), (status,) = unknown_units(batch), unknown_statuses(batch)
    assert (unit.text, unit.rows, unit.line, unit.near[0][0].key) == ("UBND huyên Đắc Tôô", 2, 2, "612")
    assert (status.text, status.rows) == ("Xong xuôi", 1)


def test_one_choice_mends_the_file_and_every_later_one(data_steward: User) -> None:
    batch = take(csv_file([row(1, agency="Huyện Tô Đăk"), row(2, status="Xong xuôi", finished="28/10/2022"), row(3)]))
    again = words_teach(batch=batch, units={"Huyện Tô Đăk": "612"}, statuses={"Xong xuôi": "9"}, user=data_steward, now=NOW)
    assert (again.pk != batch.pk, again.attempt, again.sha256) == (True, 2, batch.sha256)
    done = batch_run(batch=again, now=NOW)
    assert (done.status, done.new, done.unchanged, done.rejected) == ("done", 2, 1, 0)
    assert Dossier.objects.get(code__endswith="0002").status == 9
    assert AgencyAlias.objects.get(text="Huyện Tô Đăk").agency.code == "612"
    later = take(csv_file([row(4, agency="HUYỆN TÔ ĐĂK"), row(5, status="xong xuôi", finished="28/10/2022")]), kind="delta")
    assert (later.new, later.rejected) == (2, 0)
    taught = {"alias_changed", "source_words_taught"}
    assert taught <= set(Entry.objects.values_list("event", flat=True))


def test_a_systems_word_is_not_the_other_systems(data_steward: User) -> None:
    batch = take(csv_file([row(1, status="Xong xuôi")]))
    words_teach(batch=batch, units={}, statuses={"Xong xuôi": "9"}, user=data_steward, now=NOW)
    assert take(csv_file([row(2, status="Xong xuôi")]), system="new").rejected == 1


def test_a_file_with_unknown_columns_is_shown_and_read_once_they_are_said(data_steward: User) -> None:
    batch = take(csv_file([ODD], header=ODD_HEADER))
    assert batch.status == "refused"
    assert top_of(Path(batch.file.path), 5) == [list(ODD_HEADER), list(ODD.values())]
    meant = dict(zip(ODD_HEADER, ("code", "agency", "received", "promised", "status"), strict=True))
    again = columns_teach(batch=batch, columns=meant, user=data_steward, now=NOW)
    assert again.pk == batch.pk
    assert batch_run(batch=again, now=NOW).new == 1
    assert SourceWord.objects.filter(kind="column").count() == 5
    other = {name.upper(): value for name, value in ODD.items()}
    assert take(csv_file([other], header=list(other)), kind="delta").unchanged == 1


def test_a_refused_file_that_is_read_after_all_changes_no_night_before_it(data_steward: User) -> None:
    refused = take(csv_file([ODD], header=ODD_HEADER), kind="delta")
    take(csv_file([row(2)]))
    night = nightly.run(as_of=AS_OF.date(), now=NOW, trigger="command")
    assert dossiers_known_at(night).count() == 1
    meant = dict(zip(ODD_HEADER, ("code", "agency", "received", "promised", "status"), strict=True))
    assert batch_run(batch=columns_teach(batch=refused, columns=meant, user=data_steward, now=NOW), now=NOW).new == 1
    assert dossiers_known_at(night).count() == 1
    assert Dossier.objects.count() == 2


def test_nothing_chosen_or_one_column_twice_is_refused(data_steward: User, inspector: User) -> None:
    batch = take(csv_file([ODD], header=ODD_HEADER))
    with pytest.raises(ValidationError, match="Chưa chọn"):
        words_teach(batch=batch, units={}, statuses={}, user=data_steward, now=NOW)
    with pytest.raises(ValidationError, match="hai lần"):
        columns_teach(batch=batch, columns={"Ký hiệu": "code", "Nơi làm": "code"}, user=data_steward, now=NOW)
    with pytest.raises(PermissionDenied):
        columns_teach(batch=batch, columns={"Ký hiệu": "code"}, user=inspector, now=NOW)
    assert not SourceWord.objects.exists()


def test_the_pages_ask_and_the_answers_are_kept(client: Client, data_steward: User) -> None:
    client.force_login(data_steward)
    batch = take(csv_file([row(1, agency="Huyện Tô Đăk"), row(2, status="Xong xuôi", finished="28/10/2022")]))
    page = client.get(reverse("dossiers:import", args=[batch.pk])).content.decode()
    assert 'name="don_vi_tu_1" value="Huyện Tô Đăk"' in page
    chosen = {"don_vi_tu_1": "Huyện Tô Đăk", "don_vi_1": "612", "trang_thai_tu_1": "Xong xuôi", "trang_thai_1": "9"}
    answer = client.post(reverse("dossiers:import_words", args=[batch.pk]), chosen)
    again = ImportBatch.objects.latest("pk")
    assert answer["Location"] == reverse("dossiers:import", args=[again.pk])
    intake(again.pk)
    assert Dossier.objects.count() == 2
    odd = take(csv_file([ODD], header=ODD_HEADER), system="new")
    assert reverse("dossiers:import_columns", args=[odd.pk]) in client.get(f"/nhap-lieu/{odd.pk}/").content.decode()
    columns = client.get(reverse("dossiers:import_columns", args=[odd.pk])).content.decode()
    assert '<option value="code" selected>Mã hồ sơ</option>' in columns
    meant = {f"cot_tu_{n}": str(n) for n in range(5)} | {
        f"cot_{n}": name for n, name in enumerate(("code", "agency", "received", "promised", "status"))
    }
    client.post(reverse("dossiers:import_columns", args=[odd.pk]), meant | {"cot_tu_99": "99", "cot_99": "code"})
    intake(odd.pk)
    odd.refresh_from_db()
    assert (odd.status, odd.new) == ("done", 1)


def test_a_file_that_is_no_table_has_no_columns_to_say(client: Client, data_steward: User) -> None:
    client.force_login(data_steward)
    batch = ImportBatch.objects.get(pk=take(csv_file([ODD], header=ODD_HEADER)).pk)
    Path(batch.file.path).write_bytes(b"%PDF-1.7")
    answer = client.get(reverse("dossiers:import_columns", args=[batch.pk]), follow=True)
    assert "Đây là tệp PDF." in answer.content.decode()
