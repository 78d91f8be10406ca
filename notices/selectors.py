"""What there is to tell, derived from the facts each time; what one was told; who was told of a letter."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency
from agencies.rules import Capability
from agencies.selectors import people_allowed, people_answering
from deliveries.selectors.schedule import deliveries_late
from deliveries.sentences import late_text
from directives.explanation_links import answers_url
from directives.models import Directive, DirectiveAddressee, Explanation, ExplanationCall, Obligation
from directives.selectors.explanations import CallStanding, calls_standing
from notices.models import Notice
from ui.formats import day, integer
from worktime.rules import CalendarMissing

RECENT = timedelta(days=30)  # older facts are told to nobody: not to those who come new to a unit either
UNOPENED_SECONDS = 60
State = Explanation.State


@dataclass(frozen=True, slots=True)
class Due:
    """A fact to be told to these people (ids), once each."""

    key: str
    people: Collection[int]
    text: str
    url: str
    agency: Agency | None = None
    directive: Directive | None = None


def due_notices(now: datetime) -> Iterator[Due]:
    """Everything that somebody should have been told by now, whether they were or not; a fixed number of queries."""
    office = set(people_allowed(Capability.DECIDE_EXPLANATION).values_list("pk", flat=True))
    yield from _letters(now)
    yield from _calls(now, office)
    yield from _explanations(now, office)
    yield from _deliveries(now)


def _letters(now: datetime) -> Iterator[Due]:
    """A letter that is here, to those who answer for units it addresses or binds; each by the unit nearest to the province."""
    since = now - RECENT
    lately = Q(issued_on__gte=timezone.localdate(since)) | Q(draft__created_at__gte=since)
    recent = Directive.objects.filter(lately, issued_on__lte=timezone.localdate(now))
    letters = {letter.pk: letter for letter in recent}
    concerned = {
        pair
        for part in (DirectiveAddressee, Obligation)
        for pair in part.objects.filter(directive__in=letters).values_list("directive_id", "agencies")
    }
    named = Agency.objects.filter(pk__in={unit for _pk, unit in concerned}).annotate(depth=Count("above"))
    units = list(named.order_by("depth", "sort_key"))
    heads = _heads({unit.pk for unit in units})
    for unit in units:
        for pk in sorted(pk for pk, to in concerned if to == unit.pk):
            yield _letter(letters[pk], unit, heads.get(unit.pk, ()))


def _letter(letter: Directive, unit: Agency, people: Collection[int]) -> Due:
    words = {"letter": letter.reference, "day": day(letter.issued_on), "subject": letter.subject}
    text = _("Công văn %(letter)s ngày %(day)s: %(subject)s") % words
    return Due(f"letter:{letter.pk}", people, text, reverse("directives:detail", args=[letter.slug]), unit, letter)


def _calls(now: datetime, office: Collection[int]) -> Iterator[Due]:
    """A call for explanations, its deadline when it comes near, and when it has passed, while something is left to explain."""
    recent = ExplanationCall.objects.filter(answer_by__gte=timezone.localdate(now - RECENT))
    stood = calls_standing(calls=recent.select_related("agency", "directive"), now=now)
    heads = _heads({one.call.agency_id for one in stood})
    for one in stood:
        people = heads.get(one.call.agency_id, set())
        text = _("%(unit)s được yêu cầu giải trình theo công văn %(letter)s, hạn %(day)s.")
        yield _call(one, f"call:{one.call.pk}", people, text)
        if one.state == "soon":
            text = _("%(unit)s còn %(left)s hồ sơ chưa giải trình theo công văn %(letter)s; hạn giải trình là %(day)s.")
            yield _call(one, f"soon:{one.call.pk}", people, text)
        if one.state == "late":
            text = _("Đã qua hạn giải trình %(day)s theo công văn %(letter)s: %(unit)s còn %(left)s hồ sơ chưa giải trình.")
            yield _call(one, f"late:{one.call.pk}", people | set(office), text)


def _call(one: CallStanding, key: str, people: Collection[int], text: str) -> Due:
    call = one.call
    words = {
        "unit": call.agency.name,
        "letter": call.directive.reference,
        "day": day(call.answer_by),
        "left": integer(one.asked.left),
    }
    url = answers_url(cong_van=call.directive.slug, don_vi=call.agency.code, giai_trinh="chua")
    return Due(key, people, text % words, url, call.agency, call.directive)


def _explanations(now: datetime, office: Collection[int]) -> Iterator[Due]:
    """An explanation that waits, to the office; what came of one, to those who answer for its unit."""
    recent = Q(state=State.SUBMITTED) | Q(decided_at__gte=now - RECENT)
    found = list(Explanation.objects.filter(recent).select_related("agency", "directive").order_by("submitted_at", "pk"))
    heads = _heads({one.agency_id for one in found})
    texts = {
        State.SUBMITTED: _("%(unit)s gửi giải trình số %(number)s, đang chờ xem xét."),
        State.ACCEPTED: _("Giải trình số %(number)s của %(unit)s đã được chấp nhận."),
        State.RETURNED: _("Giải trình số %(number)s của %(unit)s bị trả lại, cần giải trình lại."),
    }
    for one in found:
        people = office if one.state == State.SUBMITTED else heads.get(one.agency_id, ())
        text = texts[State(one.state)] % {"unit": one.agency.name, "number": one.pk}
        url = reverse("explanations:detail", args=[one.pk])
        yield Due(f"{one.state}:{one.pk}", people, text, url, one.agency, one.directive)


def _deliveries(now: datetime) -> Iterator[Due]:
    """An expected file that is late now, to those who may bring files in; once for each day it is late.

    Without a calendar nobody knows: the pages say so, and no other notice waits for it.
    """
    try:
        late = deliveries_late(now)
    except CalendarMissing:
        return
    people = set(people_allowed(Capability.IMPORT).values_list("pk", flat=True)) if late else ()
    for one in late:
        yield Due(f"delivery:{one.expected.pk}:{one.day:%Y%m%d}", people, late_text(one), reverse("deliveries:schedule"))


def _heads(agencies: Collection[int]) -> Mapping[int, set[int]]:
    return people_answering(agencies, Capability.EXPLAIN)


def notices_of(user: User) -> QuerySet[Notice]:
    """What the person was told, newest first."""
    return Notice.objects.filter(user=user).order_by("-created_at", "-pk")


def unopened(user: User) -> int:
    """How many of them the person has not opened: asked by every page, so kept until one is sent or opened."""
    waiting = notices_of(user).filter(opened_at__isnull=True)
    return cache.get_or_set(unopened_key(user.pk), waiting.count, UNOPENED_SECONDS) or 0


def unopened_key(user: int) -> str:
    return f"notices:{user}"


def notices_about(letter: Directive) -> QuerySet[Notice]:
    """What whom was told of a letter, of calls for explanations and their deadlines; answers are told of one by one."""
    kinds = Q(key__startswith="letter:") | Q(key__startswith="call:") | Q(key__startswith="soon:") | Q(key__startswith="late:")
    told = Notice.objects.filter(kinds, directive=letter, user__in=people_allowed(Capability.EXPLAIN))
    return told.select_related("user", "agency").order_by("agency__sort_key", "user__full_name", "created_at")
