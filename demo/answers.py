"""What units said when the letters asked them, and what the office made of it: through the ordinary services, at their own times.

Invented, like everything of the demo: some answer in time, some late, some not at all; one is returned and answered anew.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from math import ceil
from operator import attrgetter

from django.db.models import QuerySet

from accounts.models import User
from agencies.models import Agency
from directives.models import BaselineDossier, Directive, Explanation
from directives.selectors.explained import Named
from directives.selectors.explanations import chosen_dossiers, units_to_ask
from directives.services import explanations as services
from notices.selectors import notices_of
from notices.services import notice_open, notices_send
from worktime.rules import VIETNAM

OFFICE = "vanphong"
MINUTE = timedelta(minutes=1)
MADE_UP = "[Nội dung minh hoạ] "
Reason = Explanation.Reason


def _at(day: int, month: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2022, month, day, hour, minute, tzinfo=VIETNAM)


@dataclass(frozen=True, slots=True)
class Call:
    """The office asks the units with most to explain. ``units``: how many of them, besides those with a sign-in."""

    at: datetime
    letter: str
    answer_by: date
    units: int


@dataclass(frozen=True, slots=True)
class Verdict:
    at: datetime
    accepted: bool
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A head answers for a share of what is still to be explained. ``again``: the answer in place of a returned one."""

    at: datetime
    head: str
    letter: str
    share: float
    reason: Reason
    text: str
    promised_on: date | None = None
    verdict: Verdict | None = None
    again: "Said | None" = None


CALLS = (
    Call(_at(15, 8, 9), "2624/UBND-TTHCC", date(2022, 8, 26), 12),
    Call(_at(25, 10, 8, 30), "3566/UBND-TTHCC", date(2022, 10, 31), 8),
    Call(_at(2, 11, 9), "3573-CV/VPTU", date(2022, 11, 8), 5),
    Call(_at(10, 11, 7, 5), "3812/UBND-TTHCC", date(2022, 11, 18), 0),
)
ANSWERS = (
    Said(
        _at(24, 8, 15, 20), "dakto", "2624/UBND-TTHCC", 0.3, Reason.VERIFICATION,
        "Hồ sơ đất đai phải xác minh thực địa lại do ranh giới thửa đất chồng lấn; đã lập tổ xác minh theo từng xã.",
        date(2022, 9, 30), Verdict(_at(26, 8, 10), True),
    ),
    Said(
        _at(25, 8, 16), "tp.kontum", "2624/UBND-TTHCC", 0.2, Reason.SUPPLEMENT,
        "Đã có phiếu yêu cầu bổ sung nhưng người dân chưa nộp lại giấy tờ.",
        None, Verdict(_at(29, 8, 9, 15), False, "Chưa nêu ngày ra phiếu yêu cầu bổ sung của từng hồ sơ. Đề nghị bổ sung."),
        Said(
            _at(6, 9, 10, 30), "tp.kontum", "2624/UBND-TTHCC", 0.6, Reason.SUPPLEMENT,
            "Bổ sung ngày ra phiếu yêu cầu của từng hồ sơ tại bảng kèm theo; số còn lại sẽ trả trong tháng 10.",
            date(2022, 10, 31), Verdict(_at(7, 9, 14), True),
        ),
    ),
    Said(
        _at(29, 8, 11, 10), "so.tnmt", "2624/UBND-TTHCC", 0.7, Reason.FINANCIAL,
        "Đã chuyển thông tin xác định nghĩa vụ tài chính, chưa nhận được thông báo của cơ quan thuế.",
        None, Verdict(_at(30, 8, 15), True),
    ),
    Said(
        _at(28, 10, 16, 40), "tp.kontum", "3566/UBND-TTHCC", 0.25, Reason.NOT_CLOSED,
        "Đã trả kết quả cho người dân nhưng chưa kết thúc trên hệ thống cũ; đang rà soát để cập nhật đúng ngày trả thực tế.",
        date(2022, 11, 15), Verdict(_at(31, 10, 9), True, "Cập nhật đúng ngày trả thực tế, không sửa hạn trả."),
    ),
    Said(
        _at(2, 11, 8, 50), "dakto", "3566/UBND-TTHCC", 0.35, Reason.SYNC,
        "Hồ sơ đã kết thúc ở phần mềm chuyên ngành nhưng chưa đồng bộ về hệ thống một cửa.",
        date(2022, 11, 11), Verdict(_at(3, 11, 15, 30), False, "Chưa kèm ảnh chụp tình trạng hồ sơ trên phần mềm chuyên ngành."),
    ),
    Said(
        _at(8, 11, 14), "so.tnmt", "3573-CV/VPTU", 0.5, Reason.STAFF,
        "Thiếu một viên chức thụ lý từ tháng 9; đã điều động người thay.",
        date(2022, 11, 25), Verdict(_at(9, 11, 9), True),
    ),
    Said(
        _at(9, 11, 16, 15), "dakto", "3573-CV/VPTU", 0.15, Reason.FINANCIAL,
        "Chờ người dân nộp tiền sử dụng đất theo thông báo của cơ quan thuế.",
        date(2022, 11, 30),
    ),
    Said(
        _at(10, 11, 7, 20), "tp.kontum", "3812/UBND-TTHCC", 0.1, Reason.SUPPLEMENT,
        "Đợt giải trình thứ nhất: các hồ sơ đang chờ người dân bổ sung giấy tờ.",
        date(2022, 11, 18),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    at: datetime
    do: Callable[[], None]


def timeline() -> list[Act]:
    """Every act in the order in which it happened."""
    return sorted(_acts(), key=attrgetter("at"))


def play(act: Act) -> None:
    """What an earlier start has done is not done again. Whom it concerns is told at once, as the running system does."""
    act.do()
    notices_send(now=act.at + MINUTE)


def _acts() -> Iterator[Act]:
    for call in CALLS:
        yield Act(call.at, partial(_ask, call))
    for said in ANSWERS:
        yield from _answered(said, _submit)
        if said.again:
            yield from _answered(said.again, partial(_submit_again, said))


def _answered(said: Said, submit: Callable[[Said], None]) -> Iterator[Act]:
    yield Act(said.at, partial(_say, said, submit))
    if said.verdict:
        yield Act(said.verdict.at, partial(_decide, said, said.verdict))


def _ask(call: Call) -> None:
    letter = Directive.objects.get(reference=call.letter)
    units = [unit for unit, _asked in units_to_ask(letter, now=call.at)]
    heads = {said.head for said in ANSWERS}
    signed_in = set(Agency.objects.filter(memberships__user__username__in=heads))
    chosen = [unit for place, unit in enumerate(units) if place < call.units or unit in signed_in]
    if chosen and not letter.calls.exists():  # the demo's smallest scales have letters without lists
        services.explanations_call(
            letter=letter, agencies=chosen, answer_by=call.answer_by, day_off=False, user=_person(OFFICE), now=call.at
        )


def _say(said: Said, submit: Callable[[Said], None]) -> None:
    if _explanations(said).exists():
        return
    person = _person(said.head)
    for notice in notices_of(person).filter(opened_at__isnull=True):  # who answers has read what was asked
        notice_open(user=person, pk=notice.pk, now=said.at - 5 * MINUTE)
    submit(said)


def _submit(said: Said) -> None:
    person, letter = _person(said.head), Directive.objects.get(reference=said.letter)
    listed = BaselineDossier.objects.filter(baseline__directive=letter, baseline__agency__memberships__user=person)
    answered = Named.objects.filter(explanation__directive=letter).values("dossier")
    left = set(listed.exclude(dossier__in=answered).values_list("dossier", flat=True))
    held = sorted(dossier for dossier, _unit in chosen_dossiers(person, left))
    if held:
        chosen = held[: ceil(len(held) * said.share)]
        services.explanations_submit(dossiers=chosen, letter=letter, answer=_answer(said), user=person, now=said.at)


def _submit_again(said: Said, again: Said) -> None:
    for returned in _explanations(said):
        named = sorted(returned.dossiers.values_list("pk", flat=True))
        services.explanation_answer_again(
            returned=returned,
            dossiers=named[: ceil(len(named) * again.share)],
            answer=_answer(again),
            user=_person(again.head),
            now=again.at,
        )


def _decide(said: Said, verdict: Verdict) -> None:
    services.explanations_decide(
        chosen=_explanations(said).filter(state=Explanation.State.SUBMITTED),
        verdict="accept" if verdict.accepted else "return",
        remark=verdict.remark,
        user=_person(OFFICE),
        now=verdict.at,
    )


def _answer(said: Said) -> services.Answer:
    return services.Answer(reason=said.reason, text=MADE_UP + said.text, promised_on=said.promised_on, day_off=True)


def _explanations(said: Said) -> QuerySet[Explanation]:
    return Explanation.objects.filter(submitted_at=said.at, directive__reference=said.letter).order_by("pk")


def _person(username: str) -> User:
    return User.objects.get(username=username)
