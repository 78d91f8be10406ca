"""One dossier explained at a date: its verdict, its due date step by step, and which due date decides."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from dossiers.explanations import ExplainedStep, as_json
from dossiers.models import Dossier, DossierFacts
from dossiers.rules.clock_stops import ClockStop
from dossiers.rules.deadlines import Deadline, Stop, deadline
from dossiers.rules.overdue import Facts, Verdict, verdict
from dossiers.selectors.judging import procedure_rule
from dossiers.selectors.runs import finished_runs
from dossiers.selectors.states import dossier_key, dossiers_known_at
from worktime.rules import CalendarMissing, WorkCalendar, in_vietnam


@dataclass(frozen=True)
class DossierExplanation:
    """``steps`` tell how the rules count the due date; empty when they cannot, and ``basis`` says why."""

    facts: DossierFacts  # as the night of that date knew them, else the newest
    as_of: date
    verdict: Verdict
    steps: list[ExplainedStep]
    basis: str  # which due date decides, in one sentence
    days: int | None  # working days past the due date, negative before it; None where no day counts


def dossier_explanation(dossier: Dossier, as_of: date, calendar: WorkCalendar) -> DossierExplanation:
    """Raises CalendarMissing when the lateness itself lies outside the loaded years."""
    facts = _facts_at(dossier, as_of)
    dates = Facts(
        facts.received_on,
        facts.status,
        facts.due_on,
        facts.overdue_from,
        facts.stopped_on,
        facts.ended_on,
        due_at=facts.effective_due,
        ended_at=facts.ended_at,
    )
    try:
        counted = _deadline(facts, calendar)
        doubt = _doubt(facts, counted)
    except CalendarMissing as error:
        counted, doubt = None, str(error)
    steps, found = as_json(counted) if counted else [], verdict(dates, as_of, calendar)
    days = _days(found, facts.due_on, as_of, calendar)
    return DossierExplanation(facts, as_of, found, steps, f"{_basis(facts)} {doubt}".strip(), days)


def _days(found: Verdict, due_on: date | None, as_of: date, calendar: WorkCalendar) -> int | None:
    """Due on a Friday, seen on the Saturday: overdue, but by no working day yet."""
    if found.state == "overdue":
        return found.working_days or None
    if found.state not in ("in_time", "due_soon") or due_on is None:
        return None
    try:
        return -calendar.working_days_between(as_of, due_on) or None
    except CalendarMissing:
        return None


def _facts_at(dossier: Dossier, as_of: date) -> DossierFacts:
    run = finished_runs().filter(as_of=as_of).first()
    if run is None:
        return dossier
    known = dossiers_known_at(run)
    facts = known.filter(**{dossier_key(known): dossier.pk}).select_related("system", "agency", "procedure")
    return facts.first() or dossier


def _deadline(facts: DossierFacts, calendar: WorkCalendar) -> Deadline | None:
    """None when there is nothing to count from, or no limit to count."""
    rule = procedure_rule(facts.procedure) if facts.procedure else None
    if rule is None or rule.limit is None or facts.received_at is None or facts.received_on is None:
        return None
    stops = [ClockStop.from_dict(stop) for stop in facts.stops]
    return deadline(
        facts.received_at,
        rule.limit,
        stops=[Stop(stop.start, stop.end, stop.kind) for stop in stops],
        policy=rule.policy,
        cutoff=rule.cutoff,
        calendar=calendar,
    )


def _doubt(facts: DossierFacts, counted: Deadline | None) -> str:
    """The steps count by today's calendar and limits; the facts keep what came out when they were taken in."""
    if counted is None or facts.computed_due is None or facts.computed_due == counted.due:
        return ""
    words = {"due": _written(counted.due), "computed": _written(facts.computed_due)}
    return _("Lịch nghỉ hoặc thời hạn đã đổi từ khi nhập: lúc đó hạn tính toán là %(computed)s, nay là %(due)s.") % words


def _basis(facts: DossierFacts) -> str:
    if facts.effective_due is None:
        return _("Không có ngày hẹn trả và không tính được hạn: hồ sơ không có hạn.")
    if facts.promised_due is None:
        return _("Nguồn không ghi ngày hẹn trả: hạn hiện hành là hạn tính toán %(due)s.") % {"due": _written(facts.effective_due)}
    words = {"due": _written(facts.promised_due), "computed": _written(facts.computed_due or facts.promised_due)}
    if facts.due_differs:
        return _("Hạn hiện hành là ngày hẹn trả %(due)s, khác hạn tính toán %(computed)s.") % words
    return _("Hạn hiện hành là ngày hẹn trả %(due)s.") % words


def _written(moment: datetime) -> str:
    return f"{in_vietnam(moment):%H:%M %d/%m/%Y}"
