from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Count

from accounts.models import Role, User
from deliveries.models import ExpectedDelivery
from deliveries.selectors.schedule import deliveries_late, schedule
from demo import load
from demo.history import History, extracts
from demo.plan import FIRST_DAY, LAST_DAY, SNAPSHOT, days_of_demo
from demo.signins import PASSWORD, SIGN_INS, signins_create
from demo.world import World
from directives.models import Directive
from dossiers.models import AgencyDayCount, Dossier, ImportBatch, ImportIssue, SweepRun
from journal.models import Entry
from kontum_tthc.reference import reference_load
from tests.factories.dossiers import make_batch, moment

pytestmark = pytest.mark.django_db
SCALE = 0.01
MORNING = moment(LAST_DAY, 7, 30)  # the demo's clock


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def lists(db: None) -> None:
    reference_load(folder=settings.BASE_DIR / "data", actor="tests")


def demo_load(folder: Path) -> str:
    out = StringIO()
    call_command("demo_load", root=folder, scale=SCALE, stdout=out)
    return out.getvalue()


def test_every_night_counts_what_was_planned_also_after_an_interruption_and_a_second_start_does_nothing(
    lists: None, tell: Callable[..., History], world: World, tmp_path: Path
) -> None:
    told = tell(scale=SCALE)
    for extract in extracts(world.calendar.is_working)[:2]:  # as if the first start had been killed after two files
        load.feed(told, extract, tmp_path)

    said = demo_load(tmp_path)

    batches = ImportBatch.objects.all()
    assert set(batches.values_list("actor", "status")) == {(load.ACTOR, "done")}
    assert batches.count() == len(extracts(world.calendar.is_working))
    nights = SweepRun.objects.filter(trigger="demo", status="done")
    assert [nights.earliest("as_of").as_of, nights.latest("as_of").as_of] == [FIRST_DAY, LAST_DAY]
    for day in days_of_demo():
        assert load.counted(day) == load.planned(told, day), day
    figures = load.counted(SNAPSHOT)
    assert [figures[key] for key in (("608", "old"), ("608", "new"), ("612", "old"), ("612", "new"))] == [9, 5, 4, 3]
    assert "9 / 5" in said
    assert set(ImportIssue.objects.filter(kind="reject").values_list("reason", flat=True)) == {
        "status_unknown",
        "date_impossible",
        "agency_ambiguous",
    }
    assert batches.filter(kind="delta", changed__gt=0).exists()
    assert set(Directive.objects.annotate(lists=Count("baselines")).filter(lists__gt=0).values_list("slug", flat=True)) == {
        "2624-ubnd-tthcc",
        "3566-ubnd-tthcc",
        "3573-cv-vptu",
        "3812-ubnd-tthcc",
    }

    assert set(ExpectedDelivery.objects.values_list("system", flat=True)) == {"old", "new"}
    assert deliveries_late(MORNING) == []
    assert {day.state for one in schedule(MORNING) for day in one.days} == {"came", "not_expected", "to_come"}

    before = (batches.count(), Entry.objects.count(), Dossier.objects.count(), AgencyDayCount.objects.count())
    assert "9 / 5" in demo_load(tmp_path)
    assert before == (batches.count(), Entry.objects.count(), Dossier.objects.count(), AgencyDayCount.objects.count())


def test_outside_the_demo_nothing_is_loaded(settings: Any, lists: None, tmp_path: Path) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="KONTUM_DEMO=1"):
        demo_load(tmp_path)
    assert not User.objects.exists()
    assert not ImportBatch.objects.exists()


def test_beside_real_imports_nothing_is_loaded(lists: None, tmp_path: Path) -> None:
    make_batch(moment(FIRST_DAY))
    with pytest.raises(CommandError, match="không phải dữ liệu minh hoạ"):
        demo_load(tmp_path)
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize("scale", ["0", "-1", "1.5", "nan", "một nửa"])
def test_a_senseless_scale_is_refused(scale: str) -> None:
    with pytest.raises(CommandError, match=f"--scale: “{scale}” không phải số lớn hơn 0"):
        call_command("demo_load", f"--scale={scale}")


def test_a_figure_that_differs_from_the_plan_is_named(told: History) -> None:
    with pytest.raises(load.DemoError, match=r"608/old: 43 – 43 – 0"):
        load.check_snapshot(told)


def test_there_is_one_sign_in_for_each_role_and_the_heads_have_their_units(lists: None) -> None:
    signins_create(actor="tests")
    assert {user.role for user in User.objects.all()} == set(Role.values)
    heads = User.objects.filter(role=Role.AGENCY_HEAD)
    assert {head.username: head.memberships.get().agency.code for head in heads} == {
        "tp.kontum": "608",
        "dakto": "612",
        "so.tnmt": "KT-STNMT",
    }
    assert all(user.check_password(PASSWORD) for user in User.objects.all())


def test_a_person_who_exists_keeps_the_password(lists: None) -> None:
    signins_create(actor="tests")
    person = User.objects.get(username="vanphong")
    person.set_password("mật khẩu khác hẳn")
    person.save()
    signins_create(actor="tests")
    assert User.objects.count() == len(SIGN_INS)
    assert User.objects.get(username="vanphong").check_password("mật khẩu khác hẳn")
