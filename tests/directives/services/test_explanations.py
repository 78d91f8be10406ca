"""Calls, answers and decisions: once each, never edited, each on record."""

import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from directives.models import Explanation, ExplanationCall
from directives.rules.attachments import MOST_BYTES
from directives.services.explanations import (
    AlreadyDecidedError,
    Answer,
    explanation_accept,
    explanation_answer_again,
    explanation_return,
    explanations_call,
    explanations_decide,
    explanations_submit,
)
from journal.models import Entry
from tests.factories.explanations import ANSWER_BY, NOW, TEXT, Backlog, call, explain

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nnoi dung"


@pytest.fixture(autouse=True)
def store(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def problems(error: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    return error.value.message_dict if hasattr(error.value, "error_dict") else {"": error.value.messages}


def entry(event: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(Entry.objects.filter(event=event).latest("seq").body)
    return body


# Calls


def test_units_are_called_by_name_and_the_journal_says_so(
    backlog: Backlog, unit_a: Agency, unit_b: Agency, provincial_officer: User
) -> None:
    calls = explanations_call(
        letter=backlog.letter, agencies=[unit_b, unit_a], answer_by=ANSWER_BY, day_off=False, user=provincial_officer, now=NOW
    )
    assert {one.agency for one in calls} == {unit_a, unit_b}
    assert calls[0].called_by == "Cán bộ Văn phòng (van-phong)"
    assert entry("explanation_called") == {"agencies": ["608", "612"], "answer_by": "2022-11-15"}


def test_a_unit_is_called_once_for_a_letter_and_only_if_the_letter_has_a_list_of_it(
    backlog: Backlog, unit_a: Agency, province: Agency
) -> None:
    call(backlog.letter, unit_a)
    for agency in (unit_a, province):
        with pytest.raises(ValidationError) as error:
            call(backlog.letter, agency)
        assert agency.name in problems(error)["agencies"][0]
    assert ExplanationCall.objects.count() == 1


@pytest.mark.parametrize(("day", "word"), [(NOW.date() - timedelta(days=1), "đã qua"), (date(2022, 11, 12), "thứ Bảy")])
def test_a_deadline_lies_ahead_and_on_a_working_day_unless_meant(
    backlog: Backlog, unit_a: Agency, provincial_officer: User, day: date, word: str
) -> None:
    given: dict[str, Any] = {"letter": backlog.letter, "agencies": [unit_a], "user": provincial_officer, "now": NOW}
    with pytest.raises(ValidationError) as error:
        explanations_call(answer_by=day, day_off=False, **given)
    assert word in problems(error)["answer_by"][0]
    explanations_call(answer_by=NOW.date(), day_off=False, **given)


def test_only_the_office_calls(backlog: Backlog, unit_a: Agency, head_a: User) -> None:
    with pytest.raises(PermissionDenied):
        explanations_call(letter=backlog.letter, agencies=[unit_a], answer_by=ANSWER_BY, day_off=False, user=head_a, now=NOW)


# Answers


def test_an_answer_is_kept_whole_and_the_journal_holds_no_word_of_it(backlog: Backlog, head_a: User) -> None:
    numbers = backlog.numbers("A-1", "A-2")
    said = explain(
        head_a, numbers, letter=backlog.letter, text="  Ông Trần Văn Cường chưa nộp.  ", promised_on=date(2022, 11, 18)
    )
    assert (said.text, said.author, said.state) == ("Ông Trần Văn Cường chưa nộp.", "Thủ trưởng A (thu-truong-a)", "submitted")
    assert set(said.dossiers.values_list("code", flat=True)) == {"A-1", "A-2"}
    sealed = Entry.objects.get(event="explanation_submitted")
    assert "Cường" not in sealed.body
    told = json.loads(sealed.body)
    assert (told["dossiers"], told["letter"], told["promised_on"]) == (["old/A-1", "old/A-2"], "3812/UBND-TTHCC", "2022-11-18")
    assert len(told["text_sha256"]) == 64


def test_a_batch_over_two_units_becomes_an_answer_of_each(
    backlog: Backlog, head_a: User, unit_a: Agency, commune_a: Agency
) -> None:
    made = explanations_submit(
        dossiers=backlog.numbers("A-1", "C-1"), letter=None, answer=Answer("staff", TEXT), user=head_a, now=NOW
    )
    assert {one.agency for one in made} == {unit_a, commune_a}
    assert [one.dossiers.count() for one in made] == [1, 1]


def test_a_person_answers_for_overdue_dossiers_of_the_own_units_and_the_office_for_none(
    backlog: Backlog, head_a: User, head_b: User, provincial_officer: User
) -> None:
    for user, codes in ((head_b, ["A-1"]), (head_b, ["B-1", "A-1"]), (head_a, ["A-1", "A-IN-TIME"]), (head_a, [])):
        with pytest.raises(ValidationError):
            explain(user, backlog.numbers(*codes))
    with pytest.raises(PermissionDenied):
        explain(provincial_officer, backlog.numbers("A-1"))
    assert not Explanation.objects.exists()


def test_one_answer_of_a_dossier_to_a_letter_waits_at_a_time(backlog: Backlog, head_a: User) -> None:
    explain(head_a, backlog.numbers("A-1"), letter=backlog.letter)
    with pytest.raises(ValidationError) as error:
        explain(head_a, backlog.numbers("A-1", "A-2"), letter=backlog.letter)
    assert "A-1" in problems(error)[""][0]
    explain(head_a, backlog.numbers("A-1"))  # to no letter: another matter
    with pytest.raises(ValidationError):
        explain(head_a, backlog.numbers("A-1"))


@pytest.mark.parametrize(
    ("said", "field", "word"),
    [
        ({"text": "  \n"}, "text", "Chưa ghi"),
        ({"promised_on": date(2022, 11, 9)}, "promised_on", "đã qua"),
        ({"promised_on": date(2022, 11, 13)}, "promised_on", "Chủ nhật"),
        ({"promised_on": date(2031, 1, 2)}, "promised_on", "Chưa nạp lịch"),
        ({"attachment": io.BytesIO(b"MZ chuong trinh")}, "attachment", "Không nhận loại tệp"),
        ({"attachment": io.BytesIO(b"%PDF-" + bytes(MOST_BYTES))}, "attachment", "quá 10 MB"),
    ],
)
def test_an_answer_that_cannot_be_sent_says_what_is_wrong(
    backlog: Backlog, head_a: User, said: dict[str, Any], field: str, word: str
) -> None:
    with pytest.raises(ValidationError) as error:
        explain(head_a, backlog.numbers("A-1"), **said)
    assert word in problems(error)[field][0]
    assert not Explanation.objects.exists()


def test_a_promise_for_today_or_for_a_day_off_that_is_meant_is_taken(backlog: Backlog, head_a: User) -> None:
    explain(head_a, backlog.numbers("A-1"), promised_on=NOW.date())
    explain(head_a, backlog.numbers("A-2"), promised_on=date(2022, 11, 13), day_off=True)


def test_an_attachment_is_kept_by_its_content(backlog: Backlog, head_a: User, store: Path) -> None:
    said = explain(head_a, backlog.numbers("A-1"), attachment=io.BytesIO(PDF))
    digest = entry("explanation_submitted")["attachment_sha256"]
    assert said.attachment.name == f"giai-trinh/2022/11/{digest}.pdf"
    assert (store / said.attachment.name).read_bytes() == PDF


def test_an_answer_that_fails_leaves_no_file_behind(backlog: Backlog, head_a: User, store: Path) -> None:
    explain(head_a, backlog.numbers("A-1"))
    with pytest.raises(ValidationError):
        explain(head_a, backlog.numbers("A-1"), attachment=io.BytesIO(PDF))
    assert not [path for path in store.rglob("*") if path.is_file()]


# Decisions


def test_an_answer_is_decided_once(backlog: Backlog, head_a: User, provincial_officer: User) -> None:
    said = explain(head_a, backlog.numbers("A-1"))
    explanation_accept(explanation=said, remark="", user=provincial_officer, now=NOW)
    for act in (explanation_accept, explanation_return):
        with pytest.raises(AlreadyDecidedError):
            act(explanation=said, remark="muộn", user=provincial_officer, now=NOW)
    said.refresh_from_db()
    assert (said.state, said.decided_by, said.decided_at) == ("accepted", "Cán bộ Văn phòng (van-phong)", NOW)
    assert Entry.objects.filter(event__in=["explanation_accepted", "explanation_returned"]).count() == 1


def test_a_return_needs_its_reason_and_the_journal_only_its_digest(
    backlog: Backlog, head_a: User, provincial_officer: User
) -> None:
    said = explain(head_a, backlog.numbers("A-1"))
    with pytest.raises(ValidationError) as error:
        explanation_return(explanation=said, remark=" ", user=provincial_officer, now=NOW)
    assert "lý do" in problems(error)["remark"][0]
    explanation_return(explanation=said, remark="Thiếu phiếu của bà Mai", user=provincial_officer, now=NOW)
    assert "Mai" not in Entry.objects.get(event="explanation_returned").body


@pytest.mark.parametrize("act", [explanation_accept, explanation_return])
def test_only_the_office_decides(backlog: Backlog, head_a: User, act: Any) -> None:
    said = explain(head_a, backlog.numbers("A-1"))
    with pytest.raises(PermissionDenied):
        act(explanation=said, remark="vì sao", user=head_a, now=NOW)


def test_of_several_those_already_decided_stay_as_they_are(
    backlog: Backlog, head_a: User, head_b: User, provincial_officer: User
) -> None:
    first, second = explain(head_a, backlog.numbers("A-1")), explain(head_b, backlog.numbers("B-1"))
    explanation_accept(explanation=first, remark="", user=provincial_officer, now=NOW)
    given: dict[str, Any] = {"remark": "Nêu rõ ngày xong", "user": provincial_officer, "now": NOW}
    assert explanations_decide(chosen=[first, second], verdict="return", **given) == 1
    assert [Explanation.objects.get(pk=one.pk).state for one in (first, second)] == ["accepted", "returned"]


# Answers to a return


def test_a_returned_answer_is_answered_once_by_a_new_one_for_some_of_its_dossiers(
    backlog: Backlog, head_a: User, provincial_officer: User
) -> None:
    said = explain(head_a, backlog.numbers("A-1", "A-2"), letter=backlog.letter)
    given: dict[str, Any] = {"answer": Answer("sync", "Đã đối chiếu."), "user": head_a, "now": NOW}
    some = [backlog.dossier("A-2").pk]
    with pytest.raises(ValidationError):
        explanation_answer_again(returned=said, dossiers=some, **given)  # still waiting
    explanation_return(explanation=said, remark="Nêu rõ ngày xong", user=provincial_officer, now=NOW)
    again = explanation_answer_again(returned=said, dossiers=some, **given)
    assert (again.replaces, again.directive, again.agency) == (said, backlog.letter, said.agency)
    assert entry("explanation_submitted")["replaces"] == said.pk
    with pytest.raises(ValidationError):
        explanation_answer_again(returned=said, dossiers=some, **given)
    said.refresh_from_db()
    assert (said.text, said.state, said.decision) == (TEXT, "returned", "Nêu rõ ngày xong")


def test_a_new_answer_names_no_dossier_the_returned_one_did_not(backlog: Backlog, head_a: User, provincial_officer: User) -> None:
    said = explain(head_a, backlog.numbers("A-1"))
    explanation_return(explanation=said, remark="Nêu rõ ngày xong", user=provincial_officer, now=NOW)
    given: dict[str, Any] = {"returned": said, "answer": Answer("sync", TEXT), "user": head_a, "now": NOW}
    for wrong in ([], [backlog.dossier("A-3").pk]):
        with pytest.raises(ValidationError):
            explanation_answer_again(dossiers=wrong, **given)
