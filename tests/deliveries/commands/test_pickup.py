"""``manage.py pickup``: one round, one JSON object, an exit code."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from deliveries.services import folders
from tests.deliveries.drops import NAMED, Drops

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("pickup", *arguments, stdout=out)
    return out.getvalue()


def test_it_answers_one_object_with_what_became_of_each_file(drops: Drops) -> None:
    drops.hand_over()
    answer = json.loads(run("--format", "json"))
    (taken,) = answer.pop("taken")
    assert answer == {"busy": False, "left": []}
    assert [taken[name] for name in ("file", "system", "kind", "status", "new")] == [NAMED, "old", "full", "done", 1]
    assert (taken["data_as_of"], taken["put"]) == ("2022-11-07T17:00:00+07:00", f"old/full/done/{NAMED}")


def test_as_text_it_says_the_same_and_that_there_is_nothing(drops: Drops) -> None:
    drops.hand_over()
    assert "1 mới" in run()
    assert "Không có tệp nào sẵn sàng" in run()


def test_a_file_that_stays_is_a_failure(drops: Drops, monkeypatch: pytest.MonkeyPatch) -> None:
    drops.hand_over()

    def refuse(*_given: Any, **_named: Any) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(folders.Box, "open", refuse)
    with pytest.raises(CommandError, match="sẽ được thử lại"):
        run("--format", "json")


def test_folders_that_cannot_be_used_are_one_sentence(drops: Drops) -> None:
    drops.root.write_text("")
    with pytest.raises(CommandError, match="Không đọc hoặc không ghi được thư mục giao nộp"):
        run()
