"""Before the first figures every page says how far it is and who does what next; nothing of it is remembered."""

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from dossiers.first_run import DONE, LATER, NEXT, TROUBLE, UNDER_WAY, first_run
from dossiers.models import ImportBatch, Procedure, SweepRun
from kontum_tthc import nightly
from tests.factories.directives import make_directive
from tests.factories.dossiers import make_batch, make_calendar, make_systems, midnight, moment

pytestmark = pytest.mark.django_db
D = date(2022, 11, 9)
PAGES = ("/", "/xep-hang/", "/ho-so/", "/cong-van/", "/nhap-lieu/", "/ra-soat-dem/")


@pytest.fixture(autouse=True)
def morning(settings: Settings) -> None:
    settings.CLOCK_PINNED_AT = moment(D + timedelta(days=1), 7, 30)


@pytest.fixture
def reference(unit_a: Agency) -> None:
    """What reference_load brings."""
    make_calendar()
    make_systems()
    Procedure.objects.create(code="1.000001", name="Thủ tục", time_unit="unstated", source="tests", verified=True)


def marks(user: User) -> list[object]:
    return [step.mark for step in first_run(user).steps]


def test_an_empty_house_begins_with_the_reference_data(data_steward: User) -> None:
    assert marks(data_steward) == [NEXT, LATER, LATER, LATER]
    assert {step.url for step in first_run(data_steward).steps} == {""}


@pytest.mark.usefixtures("reference")
def test_each_step_is_ticked_by_what_is_there(data_steward: User) -> None:
    assert marks(data_steward) == [DONE, NEXT, NEXT, LATER]
    batch = make_batch(midnight(D), status="waiting")
    assert marks(data_steward) == [DONE, UNDER_WAY, NEXT, LATER]
    ImportBatch.objects.filter(pk=batch.pk).update(status="refused")
    assert marks(data_steward) == [DONE, TROUBLE, NEXT, LATER]
    make_batch(midnight(D))
    assert marks(data_steward) == [DONE, DONE, NEXT, UNDER_WAY]  # one file is enough for a night
    SweepRun.objects.create(as_of=D, status="failed", trigger="beat", started_at=midnight(D), error="Ổ đĩa đầy")
    assert marks(data_steward) == [DONE, DONE, NEXT, TROUBLE]


@pytest.mark.usefixtures("reference")
@pytest.mark.django_db(transaction=True)
def test_the_first_night_ends_the_guiding(client: Client, data_steward: User) -> None:
    make_batch(midnight(D))
    make_batch(midnight(D), system="new")
    nightly.run(as_of=D, now=moment(D + timedelta(days=1), 0, 15), trigger="beat")
    assert marks(data_steward) == [DONE, DONE, DONE, DONE]
    make_directive("3812/UBND-TTHCC", D)
    client.force_login(data_steward)
    for address in PAGES:
        assert "Để có số liệu đầu tiên" not in client.get(address).content.decode(), address


@pytest.mark.usefixtures("reference")
def test_every_page_guides_those_who_can_to_the_first_file(client: Client, data_steward: User) -> None:
    client.force_login(data_steward)
    for address in PAGES:
        page = client.get(address).content.decode()
        assert "Để có số liệu đầu tiên" in page, address
        assert 'href="/nhap-lieu/?he_thong=old#nop-tep"' in page, address
        assert "Nhờ người nhập được tệp" not in page, address


@pytest.mark.usefixtures("reference")
def test_whoever_cannot_is_told_whom_to_ask(client: Client, head_a: User, data_steward: User, provincial_officer: User) -> None:
    provincial_officer.is_active = False
    provincial_officer.save()
    make_batch(midnight(D), status="waiting")
    client.force_login(head_a)
    for address in PAGES[:4]:
        page = client.get(address).content.decode()
        assert "Nhờ người nhập được tệp: Phụ trách dữ liệu (Phụ trách dữ liệu)." in page, address
        assert 'href="/nhap-lieu/' not in page, address
    data_steward.delete()
    assert "Chưa có tài khoản nào nhập được tệp" in client.get("/").content.decode()


@pytest.mark.usefixtures("reference")
def test_a_refused_file_leads_to_its_reason(client: Client, data_steward: User) -> None:
    batch = make_batch(midnight(D), status="refused")
    client.force_login(data_steward)
    assert f'href="/nhap-lieu/{batch.pk}/">Xem lý do</a>' in client.get("/").content.decode()


@pytest.mark.usefixtures("reference")
def test_a_unit_and_a_chosen_day_say_it_too(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    for address in ("/don-vi/608/", "/viec-cua-toi/", "/?ngay=2022-11-07", "/xep-hang/?ngay=2022-11-07"):
        assert "Để có số liệu đầu tiên" in client.get(address, follow=True).content.decode(), address
