"""The short list of what must be done this morning, in words; ``selectors/tasks.py`` says what there is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from dossiers.links import list_url
from dossiers.models import ImportBatch, SweepRun
from reports.selectors.tasks import DoubtfulLetter, DueToday, LateFile, Work, work
from ui.formats import day, integer, moment
from ui.states import SYSTEMS
from worktime.rules import CalendarMissing

NIGHTS_NAMED = 3
FILES_NAMED = 2


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do and where it is done, if the site has a place for it. ``tone`` is a tone of ``ui/states.py``."""

    text: str
    url: str
    icon: str
    tone: str = "soon"


@dataclass(frozen=True, slots=True)
class Todo:
    """``settled``: what was looked at and needs nothing."""

    tasks: tuple[Task, ...]
    settled: tuple[str, ...] = ()


def todo(*, user: User, run: SweepRun, now: datetime, version: str = "") -> Todo:
    """``run``: the newest finished night; ``version``: the journal's head, if parts may be kept."""
    try:
        waiting = work(user=user, run=run, now=now, version=version)
    except CalendarMissing as error:
        return Todo((Task(str(error), "", icon="calendar-off", tone="late"),))
    return Todo(tuple(_tasks(waiting)), tuple(_settled(waiting)))


def _tasks(waiting: Work) -> Iterator[Task]:
    """What keeps the figures from being right first, then people's dossiers, then what only differs."""
    if waiting.nights:
        yield _nights(waiting.nights)
    yield from map(_file, waiting.files or ())
    yield from (_broken(batch) for batch in waiting.batches or () if batch.status != ImportBatch.Status.DONE)
    if waiting.due and waiting.due.number:
        yield _due(waiting.due)
    yield from _doubtful([batch for batch in waiting.batches or () if batch.status == ImportBatch.Status.DONE])
    yield from map(_letter, waiting.letters)


def _settled(waiting: Work) -> Iterator[str]:
    if waiting.nights == ():
        yield _("đủ số liệu các đêm")
    if waiting.files == ():
        yield _("đủ tệp của hai hệ thống")
    if waiting.batches == ():
        yield _("không có tệp lỗi hay dòng bị loại")
    if waiting.due and not waiting.due.number:
        yield _("không có hồ sơ đến hạn hôm nay")
    if not waiting.letters:
        yield _("số liệu trong công văn khớp số đã chốt")


def _nights(nights: Sequence[date]) -> Task:
    named = ", ".join(day(night) for night in nights[:NIGHTS_NAMED])
    if len(nights) > NIGHTS_NAMED:
        named = _("%(days)s và %(n)s ngày nữa") % {"days": named, "n": integer(len(nights) - NIGHTS_NAMED)}
    return Task(_("Chưa có số liệu đêm %(days)s") % {"days": named}, reverse("dossiers:nights"), icon="moon", tone="late")


def _file(late: LateFile) -> Task:
    words = {"system": SYSTEMS[late.system], "wanted": day(late.wanted), "newest": moment(late.newest)}
    if late.newest is None:
        text = _("%(system)s: chưa có tệp nào")
    else:
        text = _("%(system)s: chưa có số liệu ngày %(wanted)s, mới đến %(newest)s")
    return Task(text % words, reverse("dossiers:imports"), icon="upload", tone="late")


def _broken(batch: ImportBatch) -> Task:
    texts = {
        ImportBatch.Status.FAILED: _("%(file)s nhập bị lỗi, cần chạy lại"),
        ImportBatch.Status.HELD: _("%(file)s chờ xác nhận, chưa ghi gì"),
    }
    text = texts.get(ImportBatch.Status(batch.status), _("%(file)s không được nhận, cần tệp khác"))
    return Task(text % {"file": _file_name(batch)}, reverse("dossiers:import", args=[batch.pk]), icon="alert-circle", tone="late")


def _doubtful(batches: Sequence[ImportBatch]) -> Iterator[Task]:
    """The newest by name, the others by number."""
    for batch in batches[:FILES_NAMED]:
        text = ngettext("%(file)s: %(n)s dòng bị loại", "%(file)s: %(n)s dòng bị loại", batch.rejected)
        words = {"file": _file_name(batch), "n": integer(batch.rejected)}
        yield Task(text % words, f"{reverse('dossiers:import', args=[batch.pk])}?loai=reject", icon="table-off")
    if more := len(batches[FILES_NAMED:]):
        text = ngettext("%(n)s tệp khác có dòng bị loại", "%(n)s tệp khác có dòng bị loại", more)
        yield Task(text % {"n": integer(more)}, reverse("dossiers:imports"), icon="table-off")


def _file_name(batch: ImportBatch) -> str:
    return _("%(system)s, tệp đến %(moment)s") % {"system": SYSTEMS[batch.system_id], "moment": moment(batch.data_as_of)}


def _due(due: DueToday) -> Task:
    url = list_url(ngay=due.as_of, tinh_trang="in_time", han=due.on)
    text = ngettext("%(n)s hồ sơ đến hạn hôm nay", "%(n)s hồ sơ đến hạn hôm nay", due.number)
    return Task(text % {"n": integer(due.number)}, url, icon="bell")


def _letter(letter: DoubtfulLetter) -> Task:
    text = ngettext(
        "Công văn %(letter)s: %(n)s số liệu khác số đã chốt", "Công văn %(letter)s: %(n)s số liệu khác số đã chốt", letter.figures
    )
    words = {"letter": letter.reference, "n": integer(letter.figures)}
    return Task(text % words, reverse("directives:detail", args=[letter.slug]), icon="file-description", tone="plain")
