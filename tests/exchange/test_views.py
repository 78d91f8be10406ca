"""The keys' page: a secret seen once, what came, and revoking."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from exchange.models import ApiKey, Service
from tests.factories.exchange import make_key, national_body, push
from tests.factories.intake import national

ASKED = {"name": "Trục LGSP", "system": "new", "services": ["DongBoHoSoMC"], "per_minute": "60", "expires_on": ""}
SECRET = re.compile(r"kontum_[\w-]{40,}")


@pytest.fixture
def admin(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def test_a_new_secret_is_on_its_answer_and_nowhere_else(admin: Client) -> None:
    given = admin.post("/nhap-lieu/ket-noi/", ASKED).content.decode()
    (secret,) = set(SECRET.findall(given))
    assert "chỉ hiện lần này" in given
    assert not SECRET.search(admin.get("/nhap-lieu/ket-noi/").content.decode())
    assert push(secret, Service.DOSSIERS, national_body(national(1))).status_code == 200


def test_keys_and_what_came_by_them_are_listed(admin: Client, client: Client, inspector: User) -> None:
    _key, secret = make_key()
    push(secret, Service.DOSSIERS, national_body(national(1), national(2, TrangThaiHoSo="99")))
    for reader in (admin, client):
        page = reader.get("/nhap-lieu/ket-noi/").content.decode()
        assert "Trục LGSP" in page
        assert "yeu-cau-0001" in page
        assert "Đang dùng được" in page
    client.force_login(inspector)
    page = client.get("/nhap-lieu/ket-noi/").content.decode()
    assert "Cấp khóa mới" not in page
    assert "Thu hồi" not in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Ghi ai giữ khóa này"),
        ("services", [], "Chọn ít nhất một loại"),
        ("per_minute", "0", "1"),
        ("per_minute", "x", "số"),
        ("expires_on", "07/11/2022", "đã qua"),
        ("expires_on", "hôm qua", "ngày"),
        ("system", "cũ lắm", "lựa chọn"),
    ],
)
def test_a_key_that_makes_no_sense_is_not_given_and_the_form_says_why(
    admin: Client, field: str, value: str | list[str], said: str
) -> None:
    answered = admin.post("/nhap-lieu/ket-noi/", {**ASKED, field: value})
    errors = " ".join(re.findall(r'class="errorlist[^>]*>(.*?)</ul>', answered.content.decode(), re.S))
    assert (answered.status_code, said in errors) == (422, True), errors
    assert not ApiKey.objects.exists()


def test_a_revoked_key_says_who_revoked_it_and_has_no_button_left(admin: Client) -> None:
    key, secret = make_key()
    page = admin.post(f"/nhap-lieu/ket-noi/{key.pk}/thu-hoi/", follow=True).content.decode()
    assert "Đã thu hồi khóa" in page
    assert "thu-hoi/" not in page
    assert push(secret, Service.DOSSIERS, national_body(national(1))).status_code == 401
    again = admin.post(f"/nhap-lieu/ket-noi/{key.pk}/thu-hoi/", follow=True).content.decode()
    assert "đã được thu hồi trước đó" in again
    assert admin.post("/nhap-lieu/ket-noi/0/thu-hoi/").status_code == 404


def test_many_keys_and_requests_cost_no_more_questions_than_few(admin: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            admin.get("/nhap-lieu/ket-noi/")
        return len(queries)

    _key, secret = make_key()
    push(secret, Service.DOSSIERS, national_body(national(1)))
    asked()  # the first page of a session costs more
    few = asked()
    for number in range(5):
        push(make_key()[1], Service.DOSSIERS, national_body(national(number + 2)))
    assert asked() == few
