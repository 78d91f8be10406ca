"""Judges one source row: the facts it states, what had to be repaired or doubted, or why it cannot be taken.

Nothing is guessed: an unknown status or unit rejects the row and names the cell (law.md §2 statuses, §8 codes).
"""

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from agencies.rules import AgencyIndex
from agencies.rules import fold as fold_text
from dossiers.rules import RULES_VERSION
from dossiers.rules.cells import Moment, shown
from dossiers.rules.clock_stops import NEVER_STOPPED, ClockStop, Course, course
from dossiers.rules.codes import became_number, date_inside, looks_like_code, strange_letter
from dossiers.rules.date_columns import DAY_FIRST, DateColumns
from dossiers.rules.deadlines import Stop, due_moment, effective_due
from dossiers.rules.facts import NO_FIELD, REPAIR, Cells, Facts, Issue, Judgement, ProcedureRule
from dossiers.rules.kept import kept, national_code
from dossiers.rules.overdue import overdue_from
from dossiers.rules.reader import Reader
from dossiers.rules.status import ENDED, FINANCIAL, NOT_COUNTED, OPEN, REFUSED, STOP_KINDS, status_meant
from worktime.rules import DAY_END, CalendarMissing, OfficeHours, WorkCalendar, end_of_day, in_vietnam

fold = lru_cache(maxsize=4096)(fold_text)  # of fields and channels, which are few
CHANNELS = {"1": "in_person", "2": "online", "3": "post", "truc tiep": "in_person", "truc tuyen": "online", "buu chinh": "post"}


@dataclass(frozen=True, slots=True)
class Context:
    """What every row of a file is judged against. ``procedures`` by any code; ``fields`` by folded name."""

    data_as_of: datetime
    calendar: WorkCalendar
    hours: OfficeHours
    agencies: AgencyIndex
    agency_names: Mapping[int, str]
    procedures: Mapping[str, ProcedureRule]
    fields: Mapping[str, str]
    statuses: Mapping[str, int] = field(default_factory=dict)  # by folded word, what this system says besides the usual

    def digest(self) -> bytes:
        """Another one whenever a row may come out otherwise: by the rules, the calendar, a procedure's limit, a word taught."""
        known = f"{RULES_VERSION} {self.calendar.digest()} {sorted(self.procedures.items())} {sorted(self.statuses.items())}"
        return blake2b(known.encode()).digest()


class Judge:
    """Judges rows one after another against one context.

    ``columns``: those the rows' source has; ``dates``: how they write dates; ``table``: a person's, with totals and headings of
    groups among the rows, where a program's list has nothing but dossiers.
    """

    def __init__(
        self, context: Context, columns: Iterable[str] = Cells._fields, dates: DateColumns = DAY_FIRST, *, table: bool = True
    ) -> None:
        self.context, self._dates, self._table = context, dates, table
        self._unsaid = frozenset(Cells._fields).difference(columns)

    def judge(self, cells: Cells, known: Facts | None = None) -> Judgement:
        """``known``: the dossier as it is known, which the row may leave out or add to."""
        if self._table and not (cells.received or cells.status or looks_like_code(cells.code)):
            return Judgement(None, [_dropped(cells)])
        row = _Row(cells, self.context, known, self._unsaid, self._dates)
        try:
            facts = row.facts()
        except CalendarMissing as missing:
            row.reject("received", "calendar_missing", year=str(missing.year))
            facts = None
        return Judgement(None if row.rejected else facts, row.issues)


class _Row(Reader):
    """One row while it is judged."""

    def __init__(self, cells: Cells, context: Context, known: Facts | None, unsaid: Set[str], dates: DateColumns) -> None:
        super().__init__(cells, kept(cells, known, unsaid) if known and unsaid else {}, near=context.data_as_of, dates=dates)
        self.context, self.known, self.unsaid = context, known, unsaid

    def facts(self) -> Facts | None:
        head = self._head()
        if head is None:
            return None
        self._check_code_date(head.code, head.received)
        stopping = self._course(head.status, head.procedure)
        ended_at, returned_at = self._ended(head.status, head.received)
        dues = self._dues(head, stopping)
        return Facts(
            code=head.code,
            agency_id=head.agency_id,
            procedure_id=head.procedure.id if head.procedure else None,
            procedure_code=head.procedure_code,
            procedure_name=self.texts.procedure_name or (head.procedure.name if head.procedure else ""),
            field=self._field(head.procedure),
            applicant=self.texts.applicant,
            officer=self.texts.officer.replace("##", ", "),
            channel=self._channel(),
            status=head.status,
            note=self.texts.note,
            received_at=head.received,
            received_on=_day(head.received) if head.counted else None,
            promised_due=dues.promised,
            computed_due=dues.computed,
            original_due=dues.original,
            effective_due=dues.effective,
            due_on=_day(dues.effective),
            overdue_from=dues.overdue_from,
            due_differs=dues.differ,
            stopped_at=stopping.stopped_at,
            stopped_on=_day(stopping.stopped_at),
            stops=stopping.stops,
            extension_no=self.texts.extension_no,
            extension_on=_day(self.at("extension_on")),
            ended_at=ended_at,
            ended_on=_day(ended_at),
            returned_at=returned_at,
        )

    def _head(self) -> "_Head | None":
        """What decides whether the row can be taken at all; None when it cannot."""
        code, status, received = self._code(), self._status(), self.at("received")
        as_of = in_vietnam(self.context.data_as_of)
        if self.cells.extra:
            self.reject("extra", "extra_cells")
        if status not in NOT_COUNTED and not self.cells.received:
            self.reject("received", "received_missing")
        if received and in_vietnam(received).date() > as_of.date():
            self.reject("received", "received_future", as_of=_text(as_of))
        agency_id = self._agency(in_vietnam(received or as_of).date())
        procedure_code = self.texts.procedure_code
        promise = self.moment("promised")
        if status is None or agency_id is None or self.rejected:
            return None
        counted = status not in NOT_COUNTED or (status == REFUSED and received is not None)
        return _Head(code, status, counted, received, promise, agency_id, procedure_code, self._procedure(procedure_code))

    def _code(self) -> str:
        code = self.texts.code.upper()
        if not code:
            self.reject("code", "code_missing")
        elif became_number(self.cells.code, code):
            self.reject("code", "code_number")
        elif strange := strange_letter(code):
            self.reject("code", "code_character", character=strange, point=f"U+{ord(strange):04X}")
        return code

    def _status(self) -> int | None:
        text = self.texts.status
        if not text:
            self.reject("status", "status_missing")
            return None
        status = status_meant(text, self.context.statuses)
        if status is None:
            self.reject("status", "status_unknown", text=text)
        return status

    def _agency(self, on: date) -> int | None:
        """By the source's code for the unit when it has one we know, else by name; never by guess."""
        code, name = self.texts.agency_code, self.texts.agency
        if not code and not name and self.known and "agency" in self.unsaid:
            return self.known.agency_id
        if not code and not name:
            self.reject("agency", "agency_missing")
            return None
        if code and (by_code := self.context.agencies.find(code, on=on)).agency_id is not None:
            return by_code.agency_id
        match = self.context.agencies.find(name or code, on=on, hint=self.texts.receiver)
        # A source without the column that tells two units of one name apart does not move a dossier between them.
        if self.known and "receiver" in self.unsaid and self.known.agency_id in match.candidates:
            return self.known.agency_id
        if match.agency_id is None:
            names = "; ".join(sorted(self.context.agency_names[candidate] for candidate in match.candidates))
            self.reject("agency" if name else "agency_code", f"agency_{match.reason}", candidates=names, on=f"{on:%d/%m/%Y}")
        return match.agency_id

    def _procedure(self, code: str) -> ProcedureRule | None:
        """By the national code, or by the local one that starts with it (1.001193.000.00.00.H34)."""
        procedures = self.context.procedures
        return procedures.get(code) or procedures.get(national_code(code)) if code else None

    def _field(self, procedure: ProcedureRule | None) -> str:
        text = self.texts.field
        if not text:
            return procedure.field if procedure else NO_FIELD
        return self.context.fields.get(fold(text), text)

    def _channel(self) -> str:
        text = self.texts.channel
        found = _channel(text)
        if text and not found:
            self.warn("channel", "channel_unknown")
        return found

    def _check_code_date(self, code: str, received: datetime | None) -> None:
        if received and (inside := date_inside(code)) and inside != f"{in_vietnam(received):%y%m%d}":
            self.warn("code", "code_date", received=f"{in_vietnam(received):%d/%m/%Y}")

    # Course and dates

    def _course(self, status: int, procedure: ProcedureRule | None) -> Course:
        financial = procedure is None or procedure.financial_stops
        stated = [stop for stop in self._stated_stops() if financial or stop.kind != "financial"]
        known = self.known.stops if self.known else ()
        kind = STOP_KINDS.get(status, "") if financial or status != FINANCIAL else ""
        if not (kind or stated or known):
            return NEVER_STOPPED
        found = course(
            stated,
            known,
            kind=kind,
            running=status in OPEN and not kind,
            as_of=in_vietnam(self.context.data_as_of),
        )
        if found.doubt:
            self.warn("stop_from" if found.doubt == "stop_undated" else "stop_to", found.doubt, at=_text(self.context.data_as_of))
        return found

    def _stated_stops(self) -> list[ClockStop]:
        if not self.cells.stops:
            return self._stop(("stop_from", "stop_to"), self.cells.stop_from, self.cells.stop_to)
        listed = json.loads(self.cells.stops)
        return [stop for start, end, _before, _after, kind in listed for stop in self._stop(("stops", "stops"), start, end, kind)]

    def _stop(self, columns: tuple[str, str], start: str, end: str, kind: str = "supplement") -> list[ClockStop]:
        """One stop from its two cells, or none."""
        begun, done = (self.read(column, cell) for column, cell in zip(columns, (start, end), strict=True))
        if begun is None:
            if done is not None:
                self.warn(columns[1], "stop_without_start")
            return []
        # A return given as a date alone may be that of the very day, whatever the hour of the request.
        same_day = done is not None and done.date_only and done.at.date() == begun.at.date()
        if done is not None and done.at < begun.at and not same_day:
            self.reject(columns[1], "stop_reversed")
            return []
        for column, bound in zip(columns, (begun, done), strict=True):
            if bound is not None and bound.at.date() > in_vietnam(self.context.data_as_of).date():
                self.warn(column, "stop_future", as_of=_text(self.context.data_as_of))
        return [ClockStop(begun.at, max(begun.at, done.at) if done else None, kind)]

    def _ended(self, status: int, received: datetime | None) -> tuple[datetime | None, datetime | None]:
        """(end, hand-over). The end is the time of 9, else of 10; for 3, 7 and 8 the best date given."""
        finished, returned, refused = self.at("finished"), self.at("returned"), self.at("refused")
        if status not in ENDED:
            if finished:
                self.warn("finished", "finished_but_open")
            return None, returned
        given = refused or finished or returned if status == REFUSED else finished or returned or refused
        if given is None:
            self.warn("finished", "ended_undated", at=_text(self.context.data_as_of))
            return (self.known.ended_at if self.known else None) or self.context.data_as_of, returned
        day = in_vietnam(given).date()
        column = "finished" if given == finished else "returned" if given == returned else "refused"
        if received and day < in_vietnam(received).date():
            self.reject(column, "finished_before_received", received=f"{in_vietnam(received):%d/%m/%Y}")
        if day > in_vietnam(self.context.data_as_of).date():
            self.warn(column, "finished_future", as_of=_text(self.context.data_as_of))
        return given, returned

    def _dues(self, head: "_Head", stopping: Course) -> "_Dues":
        promise, procedure, received = head.promise, head.procedure, head.received
        promised = _until(promise) if promise else None
        computed = original = None
        if procedure and received and head.counted:
            computed, original = self._counted(received, procedure, stopping.stops, promised=promised is not None)
        self._check_dues(head, promised, computed)
        effective = effective_due(promised, computed)
        if effective:
            self._check_calendar(in_vietnam(effective).date())
        dated = promised is not None and in_vietnam(promised).time() == DAY_END
        hourly = bool(procedure and procedure.limit and procedure.limit.hourly) and not dated
        return _Dues(
            promised,
            computed,
            self._first_promise() or promised or original,
            effective,
            overdue_from(effective, hourly=hourly, stopped_at=stopping.stopped_at) if effective else None,
            bool(promised and computed and _day(promised) != _day(computed)),
        )

    def _counted(
        self, received: datetime, procedure: ProcedureRule, stops: tuple[ClockStop, ...], *, promised: bool
    ) -> tuple[datetime | None, datetime | None]:
        """(computed due date, the same without stops). Beside a promise it only cross-checks, so a missing year is no loss."""
        try:
            computed = self._computed(received, procedure, stops)
            return computed, self._computed(received, procedure, ()) if stops else computed
        except CalendarMissing as missing:
            if not promised:
                raise
            self.warn("procedure_code", "calendar_missing_check", year=str(missing.year))
            return None, None

    def _check_calendar(self, due_on: date) -> None:
        """Lateness is counted in working days from the due date, so its year must be known."""
        try:
            self.context.calendar.is_working(due_on)
        except CalendarMissing as missing:
            self.reject("promised", "calendar_missing", year=str(missing.year))

    def _computed(self, received: datetime, procedure: ProcedureRule, stops: tuple[ClockStop, ...]) -> datetime | None:
        if procedure.limit is None:
            return None
        return due_moment(
            received,
            procedure.limit,
            stops=[Stop(stop.start, stop.end, stop.kind) for stop in stops],
            policy=procedure.policy,
            cutoff=procedure.cutoff,
            calendar=self.context.calendar,
            hours=self.context.hours,
        )

    def _first_promise(self) -> datetime | None:
        """The due date before the first supplement, when the source lists them (NgayHenTraTruoc)."""
        listed = json.loads(self.cells.stops) if self.cells.stops else ()
        before = next((stop[2] for stop in listed if stop[2]), "")
        first = self.read("stops", before)
        return _until(first) if first else None

    def _check_dues(self, head: "_Head", promised: datetime | None, computed: datetime | None) -> None:
        if promised and head.received and in_vietnam(promised).date() < in_vietnam(head.received).date():
            self.warn("promised", "due_before_received", received=f"{in_vietnam(head.received):%d/%m/%Y}")
        if head.procedure_code and head.procedure is None and (promised or not head.counted):
            self.warn("procedure_code", "procedure_unknown")
        if not head.counted or promised or computed:
            return
        if head.procedure:
            self.warn("promised", "due_unknown", procedure=head.procedure.code)
        elif head.procedure_code:
            self.reject("procedure_code", "procedure_unknown_no_due")
        else:
            self.reject("promised", "due_missing")


class _Head(NamedTuple):
    code: str
    status: int
    counted: bool  # in the figures: received, also when refused afterwards
    received: datetime | None
    promise: Moment | None
    agency_id: int
    procedure_code: str
    procedure: ProcedureRule | None


class _Dues(NamedTuple):
    promised: datetime | None
    computed: datetime | None
    original: datetime | None
    effective: datetime | None
    overdue_from: date | None
    differ: bool


def _dropped(cells: Cells) -> Issue:
    """What a row is that is no dossier's: the heading of a group, or anything else people write around a list."""
    if cells.field and not any(cells._replace(field="")):
        return Issue(REPAIR, "field", cells.field, "row_section", {"field": cells.field})
    return Issue(REPAIR, "", shown(next(filter(None, cells), "")), "row_dropped", {})


@lru_cache(maxsize=1 << 10)
def _channel(text: str) -> str:
    folded = fold(text)
    return next((channel for word, channel in CHANNELS.items() if word == folded or (len(word) > 1 and word in folded)), "")


def _until(promise: Moment) -> datetime:
    """A promise of a date, which some systems write with 00:00, holds until that day ends (Bộ luật Dân sự 2015 Điều 148)."""
    return end_of_day(promise.at.date()) if promise.at.time() == time.min else promise.at


def _day(at: datetime | None) -> date | None:
    return in_vietnam(at).date() if at else None


def _text(at: datetime) -> str:
    return f"{in_vietnam(at):%d/%m/%Y %H:%M}"
