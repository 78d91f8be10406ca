"""Calling for explanations, giving them, deciding on them. Each act happens once, is never edited, and is journalled.

An explanation goes from submitted to accepted or to returned, each by one service. A returned one is answered by a new one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from os import SEEK_END
from typing import BinaryIO, Literal

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.caller import signature
from accounts.models import User
from agencies.access import answered_for, require
from agencies.models import Agency
from agencies.rules import Capability
from directives.models import Baseline, Directive, Explanation, ExplanationCall
from directives.rules.attachments import MOST_BYTES, kind_of
from directives.selectors.explained import Named
from directives.selectors.explanations import chosen_dossiers
from dossiers.models import Dossier
from journal import services as journal
from ui.formats import day as written
from worktime.rules import CalendarMissing
from worktime.selectors import calendar

CODES_SHOWN = 5
MEGABYTE = 1024 * 1024
State = Explanation.State


@dataclass(frozen=True)
class Answer:
    """What a unit says. ``day_off``: a promised day that is not worked is meant as it stands."""

    reason: str
    text: str
    promised_on: date | None = None
    day_off: bool = False
    attachment: BinaryIO | None = None


@dataclass(frozen=True)
class Kept:
    """An attachment in the store; empty without one."""

    name: str = ""
    sha256: str = ""


class AlreadyDecidedError(Exception):
    """Somebody else accepted or returned the explanation first."""


@transaction.atomic
def explanations_call(
    *, letter: Directive, agencies: Collection[Agency], answer_by: date, day_off: bool, user: User, now: datetime
) -> list[ExplanationCall]:
    """Ask units for explanations of the dossiers on the letter's lists. Raises ValidationError: day, units."""
    require(user, Capability.DECIDE_EXPLANATION)
    _check_day("answer_by", answer_by, meant=day_off, now=now)
    Directive.objects.select_for_update(no_key=True).get(pk=letter.pk)  # two calls at once would both pass the next check
    listed = set(Baseline.objects.filter(directive=letter).values_list("agency_id", flat=True))
    asked = set(letter.calls.values_list("agency_id", flat=True))
    if wrong := [agency.name for agency in agencies if agency.pk not in listed or agency.pk in asked]:
        message = _("Đơn vị đã được yêu cầu giải trình, hoặc công văn không có danh sách hồ sơ của đơn vị: %(units)s.")
        raise ValidationError({"agencies": message % {"units": ", ".join(wrong)}})
    calls = [
        ExplanationCall(directive=letter, agency=agency, answer_by=answer_by, called_at=now, called_by=signature(user))
        for agency in agencies
    ]
    ExplanationCall.objects.bulk_create(calls)
    codes = sorted(agency.code for agency in agencies)
    journal.explanation_called(actor=signature(user), letter=letter.reference, agencies=codes, answer_by=answer_by)
    return calls


def explanations_submit(
    *, dossiers: Collection[int], letter: Directive | None, answer: Answer, user: User, now: datetime
) -> list[Explanation]:
    """One explanation for each unit with some of these dossiers. Raises ValidationError, PermissionDenied.

    All of them must be overdue in the newest night, with units the person answers for.
    """
    require(user, Capability.EXPLAIN)
    by_unit: defaultdict[int, list[int]] = defaultdict(list)
    for dossier, unit in chosen_dossiers(user, dossiers):
        by_unit[unit].append(dossier)
    if not by_unit:
        raise ValidationError(_("Chưa chọn hồ sơ nào. Hãy quay lại danh sách và chọn."))
    if sum(map(len, by_unit.values())) < len(set(dossiers)):
        raise ValidationError(_("Có hồ sơ không còn quá hạn hoặc không thuộc đơn vị anh/chị phụ trách. Hãy chọn lại."))
    with _checked(answer, now) as kept, transaction.atomic():
        return [
            _submit(unit, chosen, answer, kept, letter=letter, replaces=None, user=user, now=now)
            for unit, chosen in sorted(by_unit.items())
        ]


def explanation_answer_again(
    *, returned: Explanation, dossiers: Collection[int], answer: Answer, user: User, now: datetime
) -> Explanation:
    """A new explanation in place of a returned one, for the same dossiers or some of them. Raises ValidationError."""
    named = set(Named.objects.filter(explanation=returned).values_list("dossier_id", flat=True))
    if not dossiers or not named.issuperset(dossiers):
        raise ValidationError(_("Hãy chọn ít nhất một hồ sơ của bản giải trình bị trả lại."))
    with _checked(answer, now) as kept, transaction.atomic():
        known = Explanation.objects.select_for_update().get(pk=returned.pk)
        if known.state != State.RETURNED or Explanation.objects.filter(replaces=known).exists():
            raise ValidationError(_("Giải trình này không chờ trả lời lại: chưa bị trả lại, hoặc đã có bản thay."))
        letter, unit = known.directive, known.agency_id
        return _submit(unit, dossiers, answer, kept, letter=letter, replaces=known, user=user, now=now)


@transaction.atomic
def explanation_accept(*, explanation: Explanation, remark: str, user: User, now: datetime) -> None:
    """Raises AlreadyDecidedError. From here on its dossiers count as explained while they are overdue; no count changes."""
    digest = _decide(explanation, State.ACCEPTED, remark, user, now)
    agency = explanation.agency.code
    journal.explanation_accepted(actor=signature(user), number=explanation.pk, agency=agency, remark_sha256=digest)


@transaction.atomic
def explanation_return(*, explanation: Explanation, remark: str, user: User, now: datetime) -> None:
    """Raises AlreadyDecidedError, ValidationError without a reason. The unit has to answer anew."""
    if not remark.strip():
        raise ValidationError({"remark": _("Hãy ghi lý do trả lại để đơn vị biết cần bổ sung gì.")})
    digest = _decide(explanation, State.RETURNED, remark, user, now)
    agency = explanation.agency.code
    journal.explanation_returned(actor=signature(user), number=explanation.pk, agency=agency, remark_sha256=digest)


@transaction.atomic
def explanations_decide(
    *, chosen: Iterable[Explanation], verdict: Literal["accept", "return"], remark: str, user: User, now: datetime
) -> int:
    """Accept or return each; how many were still waiting. Those somebody else decided meanwhile stay as they are."""
    act = explanation_accept if verdict == "accept" else explanation_return
    done = 0
    for explanation in chosen:
        try:
            act(explanation=explanation, remark=remark, user=user, now=now)
        except AlreadyDecidedError:
            continue
        done += 1
    return done


def _decide(explanation: Explanation, state: str, remark: str, user: User, now: datetime) -> str:
    """Compare and set; returns the remark's digest."""
    require(user, Capability.DECIDE_EXPLANATION)
    waiting = Explanation.objects.filter(pk=explanation.pk, state=State.SUBMITTED)
    if not waiting.update(state=state, decided_by=signature(user), decided_at=now, decision=remark.strip()):
        raise AlreadyDecidedError
    return _digest(remark.strip())


def _submit(
    unit: int,
    dossiers: Collection[int],
    answer: Answer,
    kept: Kept,
    *,
    letter: Directive | None,
    replaces: Explanation | None,
    user: User,
    now: datetime,
) -> Explanation:
    require(user, Capability.EXPLAIN)
    if not answered_for(user).filter(pk=unit).exists():
        raise PermissionDenied
    agency = Agency.objects.select_for_update(no_key=True).get(pk=unit)  # two answers at once would both pass the next check
    _refuse_waiting(dossiers, letter)
    explanation = Explanation.objects.create(
        agency=agency,
        directive=letter,
        reason=answer.reason,
        text=answer.text.strip(),
        attachment=kept.name,
        promised_on=answer.promised_on,
        author=signature(user),
        submitted_at=now,
        replaces=replaces,
    )
    Named.objects.bulk_create([Named(explanation=explanation, dossier_id=pk) for pk in sorted(dossiers)], batch_size=1000)
    _journal(explanation, kept)
    return explanation


def _journal(explanation: Explanation, kept: Kept) -> None:
    codes = Dossier.objects.filter(explanations=explanation).order_by("pk").values_list("system_id", "code")
    journal.explanation_submitted(
        actor=explanation.author,
        number=explanation.pk,
        agency=explanation.agency.code,
        dossiers=[f"{system}/{code}" for system, code in codes],
        said={
            "letter": explanation.directive.reference if explanation.directive else None,
            "reason": explanation.reason,
            "promised_on": explanation.promised_on.isoformat() if explanation.promised_on else None,
            "replaces": explanation.replaces_id,
            "text_sha256": _digest(explanation.text),
            "attachment_sha256": kept.sha256,
        },
    )


def _refuse_waiting(dossiers: Collection[int], letter: Directive | None) -> None:
    """One dossier, one letter: one answer waits at a time."""
    waiting = Named.objects.filter(explanation__state=State.SUBMITTED, explanation__directive=letter, dossier__in=dossiers)
    codes = list(waiting.order_by("dossier__code").values_list("dossier__code", flat=True)[: CODES_SHOWN + 1])
    if codes:
        shown = ", ".join(codes[:CODES_SHOWN]) + ("…" if len(codes) > CODES_SHOWN else "")
        message = _("Đã có giải trình đang chờ xem xét cho hồ sơ %(codes)s. Hãy bỏ các hồ sơ đó rồi gửi lại.")
        raise ValidationError(message % {"codes": shown})


@contextmanager
def _checked(answer: Answer, now: datetime) -> Iterator[Kept]:
    """The answer is fit to be sent; its attachment is kept, and taken out again when the act fails."""
    if not answer.text.strip():
        raise ValidationError({"text": _("Chưa ghi nội dung giải trình.")})
    if answer.promised_on:
        _check_day("promised_on", answer.promised_on, meant=answer.day_off, now=now)
    kept = _keep(answer.attachment, now) if answer.attachment else Kept()
    try:
        yield kept
    except BaseException:
        if kept.name:
            Explanation.attachment.field.storage.delete(kept.name)
        raise


def _keep(source: BinaryIO, now: datetime) -> Kept:
    """In the store by its content: nobody's file name reaches the disk."""
    size, kind = source.seek(0, SEEK_END), kind_of(source)
    if size > MOST_BYTES:
        words = {"size": round(size / MEGABYTE), "most": MOST_BYTES // MEGABYTE}
        raise ValidationError({"attachment": _("Tệp nặng %(size)s MB, quá %(most)s MB. Hãy giảm dung lượng.") % words})
    if kind is None:
        message = _("Không nhận loại tệp này. Hãy đính kèm PDF, Word (.docx), Excel (.xlsx) không có macro, hoặc ảnh JPEG, PNG.")
        raise ValidationError({"attachment": message})
    content = source.read()
    digest = sha256(content).hexdigest()
    path = f"giai-trinh/{timezone.localtime(now):%Y/%m}/{digest}.{kind}"
    return Kept(Explanation.attachment.field.storage.save(path, ContentFile(content)), digest)


def _check_day(field: str, day: date, *, meant: bool, now: datetime) -> None:
    """A day to come. One that is not worked is refused, with a code the form knows, until it is meant."""
    today = timezone.localdate(now)
    if day < today:
        words = {"day": written(day), "today": written(today)}
        raise ValidationError({field: _("Ngày %(day)s đã qua. Hãy chọn từ ngày %(today)s trở đi.") % words})
    try:
        off = calendar().off_reason(day)
    except CalendarMissing as error:
        raise ValidationError({field: str(error)}) from error
    if off and not meant:
        name = {"saturday": _("thứ Bảy"), "sunday": _("Chủ nhật")}.get(off, off)
        message = _("%(day)s là ngày nghỉ (%(name)s). Chọn ngày làm việc, hoặc đánh dấu giữ ngày này rồi gửi lại.")
        raise ValidationError({field: ValidationError(message % {"day": written(day), "name": name}, code="day_off")})


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest() if text else ""
