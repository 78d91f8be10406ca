"""Every judgement reads as one sentence with its numbers."""

from datetime import date
from typing import get_args

import pytest

from directives.models import Directive, Obligation, ObligationCheck
from directives.rules.obligations import Reason
from directives.sentences import REASONS, check_sentence, measure_words
from directives.words import ANSWERS, CHECKS, COURSES, FATES

ISSUED, DUE, DAY = date(2022, 11, 10), date(2022, 11, 30), date(2022, 11, 20)


def check(reason: str, *, due_on: date | None = DUE, value: int | None = 1200, at_due: int | None = None) -> ObligationCheck:
    order = Obligation(directive=Directive(reference="3812/UBND", issued_on=ISSUED), kind="cleared", due_on=due_on)
    return ObligationCheck(obligation=order, as_of=DAY, reason=reason, start=1321, target=0, value=value, at_due=at_due)


def test_every_reason_has_a_sentence() -> None:
    assert set(REASONS) == set(get_args(Reason))
    for reason in REASONS:
        assert check_sentence(check(reason, at_due=5)).endswith(".")


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (check("on_pace", value=600), "Tại mốc 1.321, nay 600; nếu giảm đều đến hạn 30/11/2022 thì ngày này còn không quá 661."),
        (check("off_pace"), "Tại mốc 1.321, nay 1.200; nếu giảm đều đến hạn 30/11/2022 thì ngày này chỉ còn 661."),
        (check("falling", due_on=None), "Tại mốc 1.321, nay 1.200, giảm 121. Văn bản không nêu thời hạn."),
        (check("missed", at_due=44), "Đến hạn 30/11/2022 còn 44; mức phải đạt: không quá 0. Nay 1.200."),
        (check("stale"), "Tệp mới nhất đã cũ quá 2 ngày làm việc, chờ tệp mới để xét."),
        (check("missed", at_due=44, value=None), "Đến hạn 30/11/2022 còn 44; mức phải đạt: không quá 0. Nay –."),
    ],
)
def test_the_sentence_names_the_numbers(found: ObligationCheck, sentence: str) -> None:
    assert check_sentence(found) == sentence


def test_what_is_looked_at_is_said() -> None:
    assert measure_words(Obligation(kind="reduced", percent=30)) == "số hồ sơ quá hạn của đơn vị; phải giảm ít nhất 30%"


def test_words_accuse_nobody() -> None:
    words = [str(mark.word).casefold() for marks in (FATES, COURSES, CHECKS, ANSWERS) for mark in marks.values()]
    assert not [word for word in words if any(bad in word for bad in ("vi phạm", "gian lận", "yếu kém", "bỏ mặc"))]
