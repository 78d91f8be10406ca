"""``manage.py ranking``: the same figures as the page, for other programs."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories.figures import night, systems

pytestmark = pytest.mark.django_db


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    call_command("ranking", *arguments, "--format", "json")
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


@pytest.mark.usefixtures("swept")
def test_the_newest_night_is_ranked_province_wide(capsys: pytest.CaptureFixture[str]) -> None:
    answer = answered(capsys)
    assert (answer["as_of"], answer["scope"]) == ("2022-11-07", "own")
    assert answer["rows"] == [
        {"rank": 1, "agency": "608", "name": "UBND thành phố Kon Tum", "old": 3, "new": 0, "total": 3},
        {"rank": 2, "agency": "23281", "name": "UBND phường Quang Trung", "old": 1, "new": 0, "total": 1},
        {"rank": 2, "agency": "612", "name": "UBND huyện Đăk Tô", "old": 1, "new": 0, "total": 1},
    ]
    assert answer["total"] == {"old": 5, "new": 0, "total": 5}
    assert answer["freshness"]["new"]["state"] == "none"


@pytest.mark.usefixtures("swept")
def test_scope_level_system_and_field_cut_it_down(capsys: pytest.CaptureFixture[str]) -> None:
    area = answered(capsys, "--scope", "area", "--level", "district")
    assert [(row["agency"], row["total"]) for row in area["rows"]] == [("608", 4), ("612", 1)]
    assert answered(capsys, "--system", "new")["total"]["total"] == 0
    assert answered(capsys, "--field", "Hộ tịch")["total"]["total"] == 1
    with pytest.raises(CommandError, match=r"Không có lĩnh vực 'Hộ tich'\. Các lĩnh vực ngày này: Hộ tịch"):
        call_command("ranking", "--field", "Hộ tich")


@pytest.mark.usefixtures("swept")
def test_people_get_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("ranking")
    assert "UBND thành phố Kon Tum" in capsys.readouterr().out


def test_a_date_without_a_night_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(CommandError, match="Chưa có số liệu nào"):
        call_command("ranking")
    systems()
    night()
    with pytest.raises(CommandError, match="Chưa có số liệu ngày 06/11/2022; ngày gần nhất có số liệu: 07/11/2022"):
        call_command("ranking", "--as-of", "2022-11-06")


def test_an_unreadable_date_is_named() -> None:
    with pytest.raises(CommandError, match="“07/11” không phải ngày"):
        call_command("ranking", "--as-of", "07/11")
