"""The way to the first figures in words: which steps are done, what is next, who can take it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from agencies.access import can
from agencies.rules import Capability
from agencies.selectors import people_allowed
from dossiers.models import ImportBatch, SourceSystem
from dossiers.selectors.first_run import Beginning, beginning
from ui.formats import day, moment
from ui.states import Mark

PEOPLE = 5  # named, of those who can help
TITLES = {
    SourceSystem.OLD: gettext_lazy("Nhập tệp của hệ thống cũ"),
    SourceSystem.NEW: gettext_lazy("Nhập tệp của hệ thống mới"),
}
GOING = (ImportBatch.Status.WAITING, ImportBatch.Status.RUNNING)
DONE = Mark(gettext_lazy("xong"), icon="circle-check", tone="calm")
UNDER_WAY = Mark(gettext_lazy("đang làm"), icon="hourglass", tone="plain")
TROUBLE = Mark(gettext_lazy("cần xem lại"), icon="alert-triangle", tone="late")
NEXT = Mark(gettext_lazy("việc tiếp theo"), icon="circle-arrow-right", tone="soon")
LATER = Mark(gettext_lazy("chưa đến lượt"), icon="circle", tone="plain")


@dataclass(frozen=True, slots=True)
class Step:
    """``url``, ``action``: where the reader can see to it; empty when somebody else must."""

    mark: Mark
    title: str
    text: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class FirstRun:
    """``people``: who can bring files in, for those who cannot."""

    steps: Sequence[Step]
    people: Sequence[str]
    can_import: bool

    @property
    def done(self) -> int:
        return sum(step.mark is DONE for step in self.steps)


def first_run(user: User) -> FirstRun:
    begun, may = beginning(), can(user, Capability.IMPORT)
    people = [] if may else [f"{who} ({who.get_role_display()})" for who in people_allowed(Capability.IMPORT)[:PEOPLE]]
    files = [_file_step(system, batch, begun, user) for system, batch in begun.files.items()]
    return FirstRun([_reference_step(begun), *files, _night_step(begun, user)], people, may)


def _reference_step(begun: Beginning) -> Step:
    title = _("Nạp dữ liệu tham chiếu")
    if begun.reference:
        return Step(DONE, title, _("Lịch nghỉ, đơn vị, thủ tục, công văn."))
    return Step(NEXT, title, _("Người vận hành máy chủ chạy manage.py reference_load: lịch nghỉ, đơn vị, thủ tục, công văn."))


def _file_step(system: str, batch: ImportBatch | None, begun: Beginning, user: User) -> Step:
    title = str(TITLES[system])
    if batch is None:
        mark = NEXT if begun.reference else LATER
        text = _("Một bản đầy đủ các hồ sơ đang giải quyết, xuất từ hệ thống này.")
        if not begun.reference or not can(user, Capability.IMPORT):
            return Step(mark, title, text)
        return Step(mark, title, text, f"{reverse('dossiers:imports')}?he_thong={system}#nop-tep", _("Nộp tệp"))
    return _came(title, batch, can(user, Capability.SEE_IMPORTS))


def _came(title: str, batch: ImportBatch, may_look: bool) -> Step:
    said = {"file": batch.file_name, "moment": moment(batch.data_as_of)}
    if batch.status == ImportBatch.Status.DONE:
        mark, text, action = DONE, _("%(file)s, số liệu đến %(moment)s.") % said, _("Xem kết quả")
    elif batch.status == ImportBatch.Status.HELD:
        mark, text, action = NEXT, _("%(file)s đã xét thử, chờ xác nhận.") % said, _("Xem và xác nhận")
    elif batch.status in GOING:
        mark, text, action = UNDER_WAY, _("%(file)s đang được nhập.") % said, _("Xem tiến độ")
    else:
        mark, text, action = TROUBLE, _("%(file)s chưa nhập được.") % said, _("Xem lý do")
    return Step(mark, title, text, reverse("dossiers:import", args=[batch.pk]) if may_look else "", action)


def _night_step(begun: Beginning, user: User) -> Step:
    title, may_look = _("Rà soát đêm đầu tiên"), can(user, Capability.SEE_NIGHTS)
    came = any(batch and batch.status == ImportBatch.Status.DONE for batch in begun.files.values())
    if begun.night:
        mark, text = DONE, _("Đã có số liệu ngày %(day)s.") % {"day": day(begun.night.as_of)}
    elif begun.failed:
        mark, text = TROUBLE, _("Đêm %(day)s bị lỗi; hệ thống thử lại 5 phút một lần.") % {"day": day(begun.failed.as_of)}
    elif came:
        mark, text = UNDER_WAY, _("Tự chạy trong vòng 5 phút sau khi tệp đầu tiên nhập xong.")
    else:
        mark, text = LATER, _("Tự chạy khi có tệp đầu tiên, sau đó 00:15 mỗi đêm.")
    look = may_look and (came or begun.failed)
    return Step(mark, title, text, reverse("dossiers:nights") if look else "", _("Xem rà soát đêm"))
