"""What a source system sends, and what it is answered: the same way as a file, under the same rules."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from dossiers.models import Dossier, DossierRevision, ImportBatch
from dossiers.services.decisions import batch_confirm
from dossiers.services.intake import batch_run
from exchange.models import PushRequest, Service
from exchange.services import key_revoke
from tests.factories.exchange import make_key, national_body, progress_body, push
from tests.factories.intake import AS_OF, NOW, igate, national

LOST = "Thiếu khóa kết nối"


def test_dossiers_pushed_are_in_with_the_moment_they_came() -> None:
    key, secret = make_key(system="new")
    answered = push(secret, Service.DOSSIERS, national_body(national(1), national(2)))
    assert (answered.status_code, answered.json()["error_code"], answered.json()["message"]) == (200, "0", "Đã nhận đủ.")
    assert (answered.json()["new"], answered.json()["rejected"]) == (2, 0)
    batch = ImportBatch.objects.get(pk=answered.json()["batch"])
    assert (batch.kind, batch.system_id, batch.data_as_of, batch.status) == ("delta", "new", NOW, "done")
    assert str(key) in batch.actor
    assert Dossier.objects.filter(system="new").count() == 2


def test_a_dossier_that_is_refused_is_named_and_the_others_are_in() -> None:
    _key, secret = make_key()
    answered = push(secret, Service.DOSSIERS, national_body(national(1), national(2, TrangThaiHoSo="99"), national(3)))
    said = answered.json()
    assert (answered.status_code, said["error_code"], said["new"], said["rejected"]) == (200, "1", 2, 1)
    (issue,) = [issue for issue in said["issues"] if issue["kind"] == "reject"]
    assert (issue["item"], issue["code"], issue["column"]) == (2, national(2)["MaHoSo"], "TrangThaiHoSo")
    assert issue["message"]


def test_progress_moves_a_known_dossier_and_names_an_unknown_one() -> None:
    _key, secret = make_key()
    push(secret, Service.DOSSIERS, national_body(national(1)), "dong-bo-0001", "?thoi_diem=2022-11-07T08:00")
    done = {"MaHoSo": national(1)["MaHoSo"], "TrangThai": "10", "ThoiDiemXuLy": "20221107090000", "NguoiXuLy": "An"}
    answered = push(secret, Service.PROGRESS, progress_body(done, {**done, "MaHoSo": "X-KHONG-CO"}))
    assert (answered.status_code, answered.json()["changed"], answered.json()["rejected"]) == (200, 1, 1)
    assert answered.json()["issues"][0]["code"] == "X-KHONG-CO"
    assert Dossier.objects.get().status == 10


@pytest.mark.parametrize("many", [False, True])
def test_a_page_and_a_list_of_pages_are_read_alike(many: bool) -> None:
    _key, secret = make_key()
    page = {"content": [igate(1), igate(2)], "totalElements": 2, "number": 0}
    answered = push(secret, Service.PAGES, [page, {"content": [igate(3)]}] if many else page)
    assert (answered.status_code, answered.json()["new"]) == (200, 3 if many else 2)


def test_sent_again_it_is_answered_again_and_nothing_is_written_twice() -> None:
    _key, secret = make_key()
    body = national_body(national(1), national(2, TrangThaiHoSo="99"))
    first, second = (push(secret, Service.DOSSIERS, body) for _ in range(2))
    assert (second.status_code, second.json()) == (200, first.json())
    assert (PushRequest.objects.count(), ImportBatch.objects.count(), DossierRevision.objects.count()) == (1, 1, 1)
    asked = Client().get("/api/v1/yeu-cau/yeu-cau-0001", headers={"Authorization": f"Bearer {secret}"})
    assert (asked.status_code, asked.json()) == (200, first.json())


def test_a_number_used_for_something_else_is_refused_and_changes_nothing() -> None:
    _key, secret = make_key()
    push(secret, Service.DOSSIERS, national_body(national(1)))
    answered = push(secret, Service.DOSSIERS, national_body(national(2)))
    assert (answered.status_code, answered.json()["error_code"]) == (409, "409")
    assert Dossier.objects.count() == 1


def test_data_older_than_what_is_known_do_not_replace_it() -> None:
    _key, secret = make_key()
    push(secret, Service.DOSSIERS, national_body(national(1, GhiChu="mới")), "yeu-cau-moi")
    late = push(secret, Service.DOSSIERS, national_body(national(1, GhiChu="cũ")), "yeu-cau-cu", "?thoi_diem=2022-11-01T08:00")
    assert (late.status_code, late.json()["stale"]) == (200, 1)
    assert Dossier.objects.get().note == "mới"
    assert ImportBatch.objects.get(pk=late.json()["batch"]).data_as_of.isoformat() == "2022-11-01T01:00:00+00:00"


def test_a_moment_still_to_come_is_refused_and_the_number_stays_free() -> None:
    _key, secret = make_key()
    ahead = push(secret, Service.DOSSIERS, national_body(national(1)), question="?thoi_diem=2023-01-01T08:00")
    assert (ahead.status_code, "tương lai" in ahead.json()["message"] or "01/01/2023" in ahead.json()["message"]) == (422, True)
    assert push(secret, Service.DOSSIERS, national_body(national(1))).status_code == 200


def test_what_is_unlikely_waits_for_a_person_and_is_in_once_confirmed(settings: Settings, data_steward: User) -> None:
    settings.INTAKE_HOLD_LEAST = 1
    _key, secret = make_key()
    strange = [national(n, DonViXuLy="UBND huyện Không Có") for n in range(1, 4)]
    held = push(secret, Service.DOSSIERS, national_body(national(9), *strange))
    assert (held.status_code, held.json()["error_code"], held.json()["status"]) == (202, "2", "held")
    assert held.json()["message"]
    assert not Dossier.objects.exists()
    again = push(secret, Service.DOSSIERS, national_body(national(9), *strange))
    assert (again.status_code, again.json()["status"]) == (202, "held"), "sent again it does not slip past the person"
    batch = batch_confirm(batch=ImportBatch.objects.get(), reason="đã hỏi", user=data_steward, now=NOW)
    batch_run(batch=batch, now=NOW)
    settled = push(secret, Service.DOSSIERS, national_body(national(9), *strange))
    assert (settled.status_code, settled.json()["new"], settled.json()["rejected"]) == (200, 1, 3)


# Keys


@pytest.mark.parametrize("secret", ["", "kontum_", "sai-khoa", "x" * 5000])
def test_without_a_key_that_opens_nothing_is_read(secret: str) -> None:
    answered = push(secret, Service.DOSSIERS, b"{" * 10)
    assert answered.status_code == 401
    assert answered.json()["message"].startswith(LOST)
    assert answered.headers["WWW-Authenticate"] == "Bearer"


def test_a_signed_in_person_is_no_key(administrator: User) -> None:
    person = Client()
    person.force_login(administrator)
    assert person.get("/api/v1/yeu-cau/yeu-cau-0001").status_code == 401


def test_a_revoked_and_an_expired_key_open_nothing_from_then_on(settings: Settings, administrator: User) -> None:
    key, secret = make_key()
    _other, ends_today = make_key(expires_on=AS_OF.date() + timedelta(days=1))
    body = national_body(national(1))
    assert push(secret, Service.DOSSIERS, body).status_code == 200
    assert push(ends_today, Service.DOSSIERS, body).status_code == 200
    key_revoke(key=key, user=administrator, now=NOW)
    settings.CLOCK_PINNED_AT = NOW + timedelta(days=1)
    assert push(secret, Service.DOSSIERS, body).status_code == 401
    assert push(ends_today, Service.DOSSIERS, body).status_code == 401


def test_a_key_sends_only_what_it_may_and_reads_only_its_own() -> None:
    _key, secret = make_key(services=[Service.PROGRESS])
    refused = push(secret, Service.DOSSIERS, national_body(national(1)))
    assert (refused.status_code, "DongBoHoSoMC" in refused.json()["message"]) == (403, True)
    _other, another = make_key()
    push(another, Service.DOSSIERS, national_body(national(1)))
    asked = Client().get("/api/v1/yeu-cau/yeu-cau-0001", headers={"Authorization": f"Bearer {secret}"})
    assert (asked.status_code, asked.json()["error_code"]) == (404, "404")


def test_more_requests_than_a_minute_allows_are_told_to_wait() -> None:
    _key, secret = make_key(per_minute=2)
    statuses = [push(secret, Service.DOSSIERS, national_body(national(1))).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = push(secret, Service.DOSSIERS, national_body(national(1)))
    assert (refused.headers["Retry-After"], refused.json()["error_code"]) == ("60", "429")
    assert push(make_key()[1], Service.DOSSIERS, national_body(national(1))).status_code == 200, "another key has its own"


# Bad bodies


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"\xff\xfe\x00", 400),
        (b"[" * 100_000, 400),
        (b'{"service":"DongBoHoSoMC","data":[{"MaHoSo":' + b"9" * 5000 + b"}]}", 400),
        (b"[]", 422),
        (b'{"service":"DongBoHoSoMC","data":[]}', 422),
        (b'{"service":"DongBoHoSoMC","data":[1]}', 422),
        (b'{"service":"CapNhatTienDoHoSoMC","data":[{}]}', 422),
        (b'{"data":[{}]}', 422),
    ],
)
def test_a_body_that_is_none_is_refused_whole_in_words(body: bytes, status: int) -> None:
    _key, secret = make_key()
    answered = push(secret, Service.DOSSIERS, body)
    assert (answered.status_code, answered.json()["error_code"]) == (status, str(status))
    assert answered.json()["message"].startswith(("Nội dung gửi", "Yêu cầu không đúng dạng"))
    assert not PushRequest.objects.exists()


def test_a_body_too_big_is_told_to_come_in_parts() -> None:
    _key, secret = make_key()
    answered = push(secret, Service.DOSSIERS, json.dumps(national_body(national(1, GhiChu="x" * 3_000_000))).encode())
    assert (answered.status_code, "Chia" in answered.json()["message"]) == (413, True)


@pytest.mark.parametrize("number", ["", "ngắn", "a b c d e f g", "x" * 101, "../../etc"])
def test_a_request_needs_a_number_of_its_own(number: str) -> None:
    _key, secret = make_key()
    answered = push(secret, Service.DOSSIERS, national_body(national(1)), number)
    assert (answered.status_code, "Idempotency-Key" in answered.json()["message"]) == (422, True)


def test_an_unreadable_moment_is_named() -> None:
    _key, secret = make_key()
    answered = push(secret, Service.DOSSIERS, national_body(national(1)), question="?thoi_diem=hom-qua")
    assert (answered.status_code, "thoi_diem" in answered.json()["message"]) == (422, True)


@pytest.mark.parametrize("odd", [{"MaHoSo": None}, {"MaHoSo": ["a"]}, {"NgayTiepNhan": {"x": 1}}, {"ChuHoSo": "\ud800"}, {}])
def test_odd_values_are_the_dossiers_own_trouble(odd: dict[str, Any]) -> None:
    _key, secret = make_key()
    answered = push(secret, Service.DOSSIERS, json.dumps(national_body(odd, national(1))).encode())
    said = answered.json()
    assert (answered.status_code, said["new"], said["rejected"]) == (200, 1, 1)
    assert {issue["item"] for issue in said["issues"]} == {1}


def test_the_description_is_open_to_read_and_says_what_every_door_answers() -> None:
    described = Client().get("/api/v1/openapi.json")
    assert described.status_code == 200
    paths = described.json()["paths"]
    assert set(paths) == {
        "/api/v1/dong-bo-ho-so",
        "/api/v1/cap-nhat-tien-do",
        "/api/v1/trang-ho-so",
        "/api/v1/yeu-cau/{number}",
    }
    for path in paths.values():
        for operation in path.values():
            assert {"200", "202", "401", "403", "422", "429"} <= set(operation["responses"])
    assert "MaHoSo" in described.json()["components"]["schemas"]["HoSo"]["properties"]
