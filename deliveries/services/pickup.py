"""Picking up what lies in the drop folders: through the ordinary intake, then beside its report in done/ or rejected/.

Killed at any point, the next round finishes: the intake knows the same file again, and a file leaves its folder last.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import BinaryIO

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from deliveries.reports import text_report
from deliveries.rules.files import JSON_REPORT, TEXT_REPORT, Entry, described, is_ready, shown
from deliveries.selectors.rounds import ROUND_KEY, RoundTold
from deliveries.services.folders import Box, FolderError, boxes_open
from dossiers import answers, messages
from dossiers.models import ImportBatch
from dossiers.services.intake import batch_open, batch_run
from dossiers.sources.base import SourceError

logger = logging.getLogger(__name__)

ACTOR = "thư mục giao nộp"
REMEMBERED_SECONDS = 600  # longer than a large import, during which no other round begins
Status = ImportBatch.Status
TAKEN = (Status.DONE, Status.HELD)


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that left its folder. ``put``: where it is now, from the root; ``answer``: as ``manage.py intake`` answers."""

    file: str
    system: str
    kind: str
    data_as_of: datetime
    put: str
    answer: answers.Answer


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that stays where it is and is tried again, though nothing is known to be wrong with it."""

    file: str
    text: str
    error: Exception


@dataclass(frozen=True, slots=True)
class Round:
    """``busy``: somebody else is at it, so nothing was looked at."""

    busy: bool = False
    taken: list[Taken] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def raise_faults(self) -> None:
        if self.faults:
            raise ExceptionGroup("files stay in their drop folders", [fault.error for fault in self.faults])


class ChangingError(Exception):
    """Somebody writes to the file, or took it back: it is left for another round."""


def deliveries_pick_up(*, now: datetime) -> Round:
    """One round through the drop folders, oldest data first. Raises FolderError when they cannot be used."""
    with _alone() as alone:
        if not alone:
            return Round(busy=True)
        try:
            with boxes_open(settings.DROP_DIR) as boxes:
                found = _round(boxes, now)
        except FolderError as error:
            _remember(now, [str(error)])
            raise
        _remember(now, [fault.text for fault in found.faults])
        return found


@contextmanager
def _alone() -> Iterator[bool]:
    """Held over many transactions, and let go by the database itself should this process die."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('deliveries'))")
        (alone,) = cursor.fetchone()
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext('deliveries'))")


def _round(boxes: list[Box], now: datetime) -> Round:
    """A file that cannot be brought in keeps no other waiting."""
    found = Round()
    for as_of, box, entry in _ready(boxes, now):
        try:
            found.taken.append(_take(box, entry, as_of, now))
        except ChangingError:
            continue
        except Exception as error:
            logger.exception("%s stays in the drop folder %s/%s", shown(entry.name), box.system, box.kind)
            found.faults.append(Fault(shown(entry.name), _fault_text(box, entry, error), error))
    return found


def _ready(boxes: list[Box], now: datetime) -> list[tuple[datetime, Box, Entry]]:
    """Older data before newer, of one moment the full extract first, so that as little as possible comes too late to count."""
    settles = timedelta(seconds=settings.DROP_SETTLES)
    found = [(described(entry, now), box, entry) for box in boxes for entry in box.entries() if is_ready(entry, now, settles)]
    return sorted(found, key=lambda one: (one[0], one[1].kind != ImportBatch.Kind.FULL, one[1].system, one[2].name))


def _take(box: Box, entry: Entry, as_of: datetime, now: datetime) -> Taken:
    with _opened(box, entry) as source:
        try:
            answer = _brought_in(box, entry, source, as_of, now)
        except SourceError as error:
            answer = answers.refused(messages.refusal(error.reason, error.parameters))
    done = answer["status"] in TAKEN
    reports = {
        JSON_REPORT: f"{json.dumps(answer, ensure_ascii=False)}\n".encode(),
        TEXT_REPORT: text_report(answer, file=shown(entry.name), system=box.system, kind=box.kind, data_as_of=as_of).encode(),
    }
    name = box.put_away(entry, done=done, reports=reports)
    put = f"{box.system}/{box.kind}/{'done' if done else 'rejected'}/{shown(name)}"
    return Taken(shown(entry.name), box.system, box.kind, as_of, put, answer)


def _opened(box: Box, entry: Entry) -> BinaryIO:
    try:
        return box.open(entry.name)
    except FileNotFoundError as error:
        raise ChangingError from error


def _brought_in(box: Box, entry: Entry, source: BinaryIO, as_of: datetime, now: datetime) -> answers.Answer:
    """What is in, or waits, from an attempt that was killed afterwards is not brought in again."""
    with transaction.atomic():
        _require_still(box, entry, source)
        batch = batch_open(
            source=source,
            file_name=shown(entry.name),
            system=box.system,
            kind=box.kind,
            data_as_of=as_of,
            now=now,
            actor=ACTOR,
        )
        _require_still(box, entry, source)
    if batch.status == Status.DONE and _is_repeat(box, entry, batch):
        return answers.repeated(batch)
    if batch.status not in TAKEN:
        batch = batch_run(batch=batch, now=now)
    return answers.answer(batch, batch.issues.all())


def _is_repeat(box: Box, entry: Entry, batch: ImportBatch) -> bool:
    """Whether another file brought the batch: what was killed before it put its file away is answered as if it had not been."""
    return batch.actor != ACTOR or batch.file_name != shown(entry.name) or box.holds(entry)


def _require_still(box: Box, entry: Entry, source: BinaryIO) -> None:
    if not box.unchanged(entry, source):
        raise ChangingError


def _fault_text(box: Box, entry: Entry, error: Exception) -> str:
    text = _("%(path)s: tệp còn trong thư mục, sẽ được thử lại. %(reason)s")
    reason = messages.failure()
    if isinstance(error, OSError):
        reason = _("Bộ xử lý không đọc hoặc không chuyển được tệp này; kiểm tra quyền của tệp và thư mục.")
    return text % {"path": f"{box.system}/{box.kind}/{shown(entry.name)}", "reason": reason}


def _remember(now: datetime, faults: list[str]) -> None:
    """For the page: the worker knows what the web server, on another machine, may not."""
    try:
        cache.set(ROUND_KEY, RoundTold(now, tuple(faults)), REMEMBERED_SECONDS)
    except RedisError:
        logger.warning("the round through the drop folders is not shown: the cache does not answer")
