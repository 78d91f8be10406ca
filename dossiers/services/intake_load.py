"""The way of a file's rows into the facts, set-based: the cost follows what is new, not what the file repeats.

A process of its own reads the file and says what each row is known by: COPY that → leave out what is known in exactly these
words → have only news taken apart, and judge them → COPY new dossiers where they belong and known ones aside → write what
differs.
Runs inside one transaction of the caller's, which holds the system's import lock.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import blake2b
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from agencies.rules import fold
from dossiers import messages
from dossiers.models import Dossier, DossierRevision, ImportBatch
from dossiers.rules.clock_stops import ClockStop
from dossiers.rules.date_columns import DateColumns, date_columns, doubtful, undecided
from dossiers.rules.facts import REJECT, REPAIR, WARNING, Cells, Facts, Issue, Judgement
from dossiers.rules.progress import event_issue, told
from dossiers.rules.rows import Context, Judge
from dossiers.services import intake_sql as sql
from dossiers.services.intake_copy import copy_blocks, copy_line, copy_lines, copy_rows
from dossiers.services.reading import Reading
from dossiers.services.statistics import statistics_renew
from dossiers.sources.child import HASH_BYTES
from worktime.rules import in_vietnam

CHUNK = 1_000  # rows judged in one COPY
SHOWN_VANISHED = 100
PERSONAL = {"applicant"}  # never repeated in an issue
REPORT_SECONDS = 0.5

_values, _STOPS = attrgetter(*sql.FACTS), sql.FACTS.index("stops")

Rows = Iterable[Sequence[Any]]
Lines = Callable[[Rows], Iterator[str]]
Report = Callable[[str, int, int], None]  # step, rows done, rows in all


@dataclass(slots=True)
class Counts:
    """Rows of a file by what became of them; ``vanished`` counts dossiers the file does not have."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    repaired: int = 0
    stale: int = 0
    vanished: int = 0

    def as_dict(self) -> dict[str, int]:
        return {name.name: getattr(self, name.name) for name in fields(self)}


class _Duplicates(NamedTuple):
    """A row of ``sql.DUPLICATES``: rows of one code, whose words differ or not; columns we do not keep may be all that does."""

    code: str
    reworded: bool
    lines: list[int]


class _Events(NamedTuple):
    """A row of ``sql.EVENTS``: a dossier's progress events, and what is known of it in the order of ``sql.FACTS``."""

    lines: list[int]
    digests: memoryview
    code: str
    dossier_id: int | None
    older: bool | None
    known: Sequence[Any]


class Load:
    """One file on its way in."""

    def __init__(
        self, batch: ImportBatch, source: Reading, context: Context, *, newest_full: datetime | None, report: Report
    ) -> None:
        self.batch, self.source, self.shape, self._report = batch, source, source.shape, report
        self.counts = Counts()
        self._context = context
        self._values: dict[str, str | int | datetime | None] = {
            "system": batch.system_id,
            "batch": batch.pk,
            "data_as_of": batch.data_as_of,
            "newest_full": newest_full,
            "shown": SHOWN_VANISHED,
        }
        # A file from before the newest full extract brings only what that one does not have.
        self._late = newest_full is not None and batch.data_as_of < newest_full
        self._vouches = batch.kind == ImportBatch.Kind.FULL and not self._late  # for every dossier: what it lacks is a finding
        self._left: list[int] = []  # lines of rows that are not judged because others have their code
        self._to_judge = self._judged = self._known_told = 0
        self.reasons: Counter[str] = Counter()  # how often each was said of the rows judged
        self._issues: list[list[object]] = []  # to be written after the chunk they were found in
        self._reported = 0.0

    def run(self) -> Counts:
        with connection.cursor() as cursor:
            cursor.execute(sql.PREPARE)
            self._stage(cursor)
            cursor.execute(sql.CREATE_TOLD)
            self._note(cursor, [Issue(note.kind, "", "", note.reason, note.parameters) for note in self.shape.notes])
            if self.shape.progress_only:
                self._fetch(sql.LINES_OF_EVENTS)
                self._judge = Judge(self._context, self.shape.columns)
                self._judge_all(cursor, sql.EVENTS, self._progressed, sql.TOLD, sql.TOLD_COLUMNS)
            else:
                self._leave_duplicates(cursor)
                self._tell_news(cursor)
                table = self.shape.header_line is not None
                self._judge = Judge(self._context, self.shape.columns, self._dates(cursor), table=table)
                # Known ones first, or the new ones of a late file would be known in other words.
                self._judge_all(cursor, sql.REWORDED, self._reworded, sql.TOLD, sql.TOLD_COLUMNS)
                self._judge_all(cursor, sql.NEW, self._new, sql.DOSSIER, sql.NEW_COLUMNS)
            self._write(cursor)
            if self.counts.vanished:
                self._note_vanished(cursor)
        return self.counts

    # Each step in order

    def _stage(self, cursor: CursorWrapper) -> None:
        cursor.execute(sql.CREATE_RAW)
        copy_blocks(cursor, "intake_raw", sql.RAW_COLUMNS, self._raw())
        cursor.execute("ANALYZE intake_raw (code)")
        self.counts.rows = self._to_judge = self.source.rows

    def _raw(self) -> Iterator[bytes]:
        for block in self.source.blocks():
            self._progress("read", self.source.rows, max(self.shape.total, self.source.rows))
            yield block

    def _dates(self, cursor: CursorWrapper) -> DateColumns:
        """How the file writes dates, as its news tell it; where they leave that open, as all its rows do.

        The same words are other facts where the month comes first, so they get another hash.
        """
        dates, on = self._fetch(sql.LINES_OF_NEWS), in_vietnam(self.batch.data_as_of).date()
        if undecided(dates, on):
            dates = self._fetch(sql.LINES_OF_ALL)
            if month_first := date_columns(dates).month_first:
                cursor.execute(sql.HASH_AGAIN, [" ".join(sorted(month_first))])
                self._tell_news(cursor)
            self._fetch(sql.LINES_OF_NEWS)
        if columns := doubtful(dates, on):
            labels = ", ".join(self.shape.labels[column] for column in columns)
            self._note(cursor, [Issue(WARNING, "", "", "dates_doubtful", {"columns": labels})])
        return date_columns(dates)

    def _fetch(self, query: str) -> Mapping[str, list[str]]:
        """Have the rows a query names taken apart. Returns the different dates of each column."""
        with connection.chunked_cursor() as wanted:
            wanted.execute(query)
            return self.source.fetch(self._counted(line for (line,) in wanted))

    def _counted(self, lines: Iterable[int]) -> Iterator[int]:
        for number, line in enumerate(lines):
            if number % CHUNK == 0:
                self._progress("read", self.counts.rows, self.counts.rows)
            yield line

    def _note(self, cursor: CursorWrapper, found: Iterable[Issue]) -> None:
        """What there is to say of the file as a whole."""
        self._copy_issues(cursor, [self._issue(0, issue) for issue in found])

    def _leave_duplicates(self, cursor: CursorWrapper) -> None:
        """What is said twice is one row; different things under one code are none: which is true is not ours to say."""
        cursor.execute(sql.DUPLICATES)
        found = [_Duplicates._make(row) for row in cursor.fetchall()]
        if reworded := [line for rows in found if rows.reworded for line in rows.lines]:
            self.source.fetch(reworded)
        issues: list[list[object]] = []
        for rows in found:
            differ = rows.reworded and len(set(map(self.source.cells, rows.lines))) > 1
            shown = ", ".join(map(str, rows.lines if differ else rows.lines[:1]))
            reason = f"duplicate_{'different' if differ else 'same'}"
            issue = Issue(REJECT if differ else REPAIR, "code", rows.code, reason, {"lines": shown})
            gone = rows.lines if differ else rows.lines[1:]
            self._left += gone
            issues += [self._issue(line, issue) for line in gone]
            self.counts.rejected += len(gone) if differ else 0
            self.counts.repaired += 0 if differ else len(gone)
        if self._left:
            cursor.execute(sql.LEAVE_LINES, [self._left])
            self._copy_issues(cursor, issues)

    def _tell_news(self, cursor: CursorWrapper) -> None:
        """Which rows are to be judged: of new dossiers, and of known ones in other words."""
        cursor.execute(sql.NEWS_OF_ALL if self._vouches else sql.NEWS_OF_PART, self._values)
        cursor.execute(sql.COUNT)
        news = Counter(dict(cursor.fetchall()))
        new, reworded, self.counts.stale, self.counts.vanished = (news[kind] for kind in sql.KINDS)
        self._to_judge = new + reworded
        self.counts.unchanged = self.counts.rows - len(self._left) - self._to_judge - self.counts.stale

    def _judge_all(self, cursor: CursorWrapper, query: str, lines: Lines, table: str, columns: Sequence[str]) -> None:
        """Judge what a query finds; the database takes each row in while the next is judged."""
        with connection.chunked_cursor() as found:
            found.execute(query, self._values)
            while rows := found.fetchmany(CHUNK):
                copy_lines(cursor, table, columns, lines(rows))
                self._copy_issues(cursor, self._issues)
                self._issues.clear()
                self._judged += len(rows)
                self._progress("judge", self._judged, self._to_judge)

    def _write(self, cursor: CursorWrapper) -> None:
        self._progress("write", self.counts.rows, self.counts.rows, force=True)
        cursor.execute(sql.FIRST_REVISIONS, self._values)
        cursor.execute(sql.UPDATE_CHANGED, self._values)
        self.counts.changed = cursor.rowcount
        self.counts.unchanged += self._known_told - self.counts.changed
        cursor.execute(sql.UPDATE_HASH, self._values)
        if self.batch.kind == ImportBatch.Kind.DELTA:
            cursor.execute(sql.UPDATE_SEEN, self._values)
        statistics_renew(self.counts.new + self.counts.changed, Dossier, DossierRevision)

    def _note_vanished(self, cursor: CursorWrapper) -> None:
        """Open dossiers a full extract no longer has: a finding. They stay open; nothing is deleted."""
        cursor.execute(sql.VANISHED, self._values)
        found = [Issue(WARNING, "code", code, "vanished", {}) for (code,) in cursor.fetchall()]
        if more := self.counts.vanished - len(found):
            found.append(Issue(WARNING, "code", "", "vanished_more", {"count": str(more)}))
        self._copy_issues(cursor, [self._issue(0, issue) for issue in found])
        cursor.execute(sql.UPDATE_VANISHED, self._values)

    # Judging

    def _new(self, rows: Rows) -> Iterator[str]:
        """Lines of ``sql.NEW_COLUMNS``."""
        at = self.batch.data_as_of
        origin = copy_line([self.batch.system_id, self.batch.pk, at, at])
        for line, digest in rows:
            if facts := self._accepted(line, self._judge.judge(self.source.cells(line))):
                self.counts.new += 1
                yield f"{self._said(facts, digest)}\t{origin}\n"

    def _reworded(self, rows: Rows) -> Iterator[str]:
        """Lines of ``sql.TOLD_COLUMNS``."""
        for line, digest, dossier_id, *known in rows:
            if facts := self._accepted(line, self._judge.judge(self.source.cells(line), _facts(known))):
                yield self._known(facts, digest, dossier_id)

    def _progressed(self, rows: Rows) -> Iterator[str]:
        """Lines of ``sql.TOLD_COLUMNS`` from progress events."""
        for row in rows:
            events = _Events._make((*row[:5], row[5:]))
            if (facts := self._judge_course(events)) and events.dossier_id:
                yield self._known(facts, blake2b(events.digests, digest_size=HASH_BYTES).digest(), events.dossier_id)

    def _known(self, facts: Facts, digest: bytes, dossier_id: int) -> str:
        self._known_told += 1
        return f"{self._said(facts, digest)}\t{dossier_id}\n"

    def _said(self, facts: Facts, digest: bytes) -> str:
        """Facts, hash and search text in the order of ``sql.SAID``, in COPY's format."""
        values = [*_values(facts), b"" if self._late else digest, fold(f"{facts.code} {facts.applicant}")]
        values[_STOPS] = json.dumps([stop.as_dict() for stop in facts.stops]) if facts.stops else "[]"
        return copy_line(values)

    def _accepted(self, line: int, judgement: Judgement) -> Facts | None:
        if judgement.issues:
            kinds = {issue.kind for issue in judgement.issues}
            self.counts.rejected += REJECT in kinds
            self.counts.repaired += REPAIR in kinds and REJECT not in kinds
            self.reasons.update(issue.reason for issue in judgement.issues)
            self._issues += [self._issue(line, issue) for issue in judgement.issues]
        return judgement.facts

    def _judge_course(self, events: _Events) -> Facts | None:
        if events.dossier_id is None:
            for line in events.lines:
                self._refuse(line, Issue(REJECT, "code", events.code, "dossier_unknown", {}))
            return None
        if events.older:
            self.counts.stale += len(events.lines)
            return None
        usable: list[Cells] = []
        for line, cells in zip(events.lines, map(self.source.cells, events.lines), strict=True):
            if issue := event_issue(cells, self._context.statuses):
                self._refuse(line, issue)
            else:
                usable.append(cells)
        known = _facts(events.known)
        row = told(known, usable, self._context.statuses)
        if row is None:
            self.counts.unchanged += bool(usable)
            return None
        return self._accepted(events.lines[-1], self._judge.judge(row, known))

    def _refuse(self, line: int, issue: Issue) -> None:
        self.counts.rejected += 1
        self._issues.append(self._issue(line, issue))

    # Saying

    def _issue(self, line: int, issue: Issue) -> list[object]:
        label = self.shape.labels.get(issue.column, issue.column) if issue.column != "extra" else _("ngoài tiêu đề")
        hidden = issue.column in PERSONAL
        value = "" if hidden else issue.value
        parameters = {**issue.parameters, "text": "…"} if hidden else issue.parameters
        message = messages.sentence(issue.reason, parameters, line=line, column=label, value=value)
        return [self.batch.pk, issue.kind, line, label, value, issue.reason, message]

    def _copy_issues(self, cursor: CursorWrapper, issues: list[list[object]]) -> None:
        columns = ("batch_id", "kind", "line", '"column"', "value", "reason", "message")
        if issues:
            copy_rows(cursor, sql.ISSUE, columns, issues)

    def _progress(self, step: str, done: int, total: int, *, force: bool = False) -> None:
        if force or time.monotonic() - self._reported > REPORT_SECONDS:
            self._reported = time.monotonic()
            self._report(step, done, total)


def _stops(text: str) -> tuple[ClockStop, ...]:
    return tuple(map(ClockStop.from_dict, json.loads(text))) if text != "[]" else ()


def _facts(values: Sequence[Any]) -> Facts:
    """What is known of a dossier, from its columns in the order of ``sql.FACTS``."""
    known = dict(zip(sql.FACTS, values, strict=True))
    return Facts(**{**known, "stops": _stops(known["stops"])})
