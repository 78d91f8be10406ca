"""The API answers what the pages show, to the same people, within the same units."""

import json

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from dossiers.models import Dossier, Procedure, TimeUnit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("swept")]


def test_the_ranking_is_the_commands_own_document(
    client: Client, provincial_officer: User, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("ranking", "--scope", "area", "--format", "json")
    client.force_login(provincial_officer)
    answer = client.get("/api/ranking", {"ngay": "2022-11-07", "pham_vi": "area"})
    assert answer.status_code == 200
    assert answer.json() == json.loads(capsys.readouterr().out)


def test_a_head_gets_the_own_units_only(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    answer = client.get("/api/ranking").json()
    assert [row["agency"] for row in answer["rows"]] == ["608", "23281"]
    assert answer["total"] == {"old": 4, "new": 0, "total": 4}


def test_a_date_without_a_night_is_missing_and_a_wrong_word_is_refused(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    missing = client.get("/api/ranking", {"ngay": "2022-11-20"})
    assert missing.status_code == 404
    assert "07/11/2022" in missing.json()["detail"]
    assert client.get("/api/ranking", {"pham_vi": "all"}).status_code == 422


def test_nothing_without_signing_in_not_even_the_description(client: Client, provincial_officer: User) -> None:
    for address in ("/api/ranking", "/api/openapi.json"):
        assert client.get(address).status_code in (302, 401)
    client.force_login(provincial_officer)
    assert client.get("/api/openapi.json").json()["paths"].keys() >= {"/api/ranking"}
    assert client.get("/api/docs").status_code == 404


def test_what_no_text_can_hold_is_refused_and_names_nothing(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    assert client.get("/api/ranking", {"linh_vuc": "Đất\0đai"}).status_code == 422
    assert client.get("/api/dossiers/old/A-LATE%00").status_code == 404


def test_a_field_that_is_none_is_refused_and_one_without_figures_that_day_is_zero(
    client: Client, provincial_officer: User
) -> None:
    client.force_login(provincial_officer)
    refused = client.get("/api/ranking", {"linh_vuc": "Hộ tich"})
    assert refused.status_code == 422
    assert "“Hộ tich”" in refused.json()["detail"]
    Procedure.objects.create(
        code="9.999999", name="Cấp phép", field="Viễn thông", time_unit=TimeUnit.UNSTATED, source="thử", verified=False
    )
    assert client.get("/api/ranking", {"linh_vuc": "Viễn thông"}).json()["total"] == {"old": 0, "new": 0, "total": 0}


def test_the_first_day_of_all_is_a_date_without_a_night(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    assert client.get("/api/ranking", {"ngay": "0001-01-01"}).status_code == 404


def test_nothing_can_be_written(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    assert client.post("/api/ranking").status_code == 405


def test_a_dossier_is_the_explain_commands_own_object_within_the_callers_units(
    client: Client, head_a: User, head_b: User, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("explain", "A-LATE", "--system", "old", "--format", "json")
    told = json.loads(capsys.readouterr().out)
    client.force_login(head_a)
    assert client.get("/api/dossiers/old/A-LATE").json() == told
    assert told["verdict"]["state"] == "overdue"
    assert client.get("/api/dossiers/old/A-TODAY", {"ngay": "2022-11-08"}).json()["verdict"]["state"] == "overdue"
    assert client.get("/api/dossiers/new/A-LATE").status_code == 404
    Dossier.objects.filter(code="A-TODAY").update(code="12/TN/2022")
    assert client.get("/api/dossiers/old/12/TN/2022").json()["code"] == "12/TN/2022"
    client.force_login(head_b)
    assert client.get("/api/dossiers/old/A-LATE").status_code == 404


def test_a_date_outside_the_loaded_calendar_is_answered_with_the_remedy(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    answer = client.get("/api/dossiers/old/A-LATE", {"ngay": "2031-01-01"})
    assert answer.status_code == 503
    assert "2031" in answer.json()["detail"]
