"""What stands beside the figures so that nobody misreads them: how far the data reach, what a change cannot tell."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.html import format_html
from django.utils.translation import gettext as _

from dossiers.rules.freshness import Freshness
from reports.selectors.ranking import Comparison, Ranking
from ui.formats import UNKNOWN, day, moment
from ui.language import remembered
from ui.states import FRESH, SYSTEMS, Mark
from ui.templatetags.ui import delta, icon


@dataclass(frozen=True, slots=True)
class Badge:
    """One system's freshness, for ``ui/chip.html``."""

    system: str
    mark: Mark
    text: str


def badges(ranking: Ranking) -> list[Badge]:
    return [_badge(item) for item in ranking.freshness]


def _badge(item: Freshness) -> Badge:
    name = str(SYSTEMS[item.system])
    if item.data_as_of is None:
        return Badge(name, FRESH["missing"], _("chưa có dữ liệu"))
    words = {"day": moment(item.data_as_of)}
    if item.reconstructed:
        return Badge(name, FRESH["old"], _("dựng lại từ tệp ngày %(day)s") % words)
    if item.state == "stale":
        return Badge(name, FRESH["old"], _("số liệu cũ, đến %(day)s") % words)
    return Badge(name, FRESH["fresh"], _("số liệu đến %(day)s") % words)


def warnings(ranking: Ranking) -> list[str]:
    """One sentence per comparison that says less than it seems to."""
    stuck = [_stuck(item, ranking.as_of) for item in ranking.comparisons if item.stuck]
    return stuck + [_absent(item) for item in ranking.comparisons if item.absent]


def _absent(item: Comparison) -> str:
    words = {"system": SYSTEMS[item.absent[0]], "before": day(item.day)}
    return _("%(system)s chưa có dữ liệu ngày %(before)s: tổng số không so được với ngày đó.") % words


def _stuck(item: Comparison, as_of: date) -> str:
    words = {"before": day(item.day), "now": day(as_of), "system": SYSTEMS[item.stuck[0]]}
    if len(item.stuck) > 1:
        text = _("Cả hai hệ thống không có tệp mới từ %(before)s đến %(now)s: ")
    else:
        text = _("%(system)s không có tệp mới từ %(before)s đến %(now)s: ")
    return text % words + _("thay đổi giữa hai ngày này không nói lên việc giải quyết hồ sơ.")


def since(item: Comparison, as_of: date) -> str:
    """The heading of a change; a day without figures says so here, once for all rows."""
    if item.day is None:
        return _("Từ công văn gần nhất")
    words = {"letter": item.letter, "day": brief(item.day, as_of)}
    named = {
        "day": _("So với hôm trước (%(day)s)"),
        "week": _("So với 7 ngày trước (%(day)s)"),
        "letter": _("Từ %(letter)s (%(day)s)"),
    }
    text = named[item.key] % words
    return text if item.known else _("%(text)s: không có số liệu") % {"text": text}


def stands(value: int, stuck: Collection[str], systems: Collection[str]) -> bool:
    """Without any newer file a figure can only age: neither "better" nor "unchanged" may stand for it then."""
    return bool(stuck) and len(stuck) == len(systems) and value <= 0


@remembered()
def moved(value: int | None, stuck: tuple[str, ...] = (), systems: Collection[str] = ()) -> str:
    """A change that stands alone; ``stuck``: those of its ``systems`` that brought no newer file in between."""
    if value is None:
        return format_html('<span class="delta unknown">{}</span>', UNKNOWN)
    if not value and not stuck:
        return "0"
    if stands(value, stuck, systems):
        return format_html('<span class="delta still">{}</span>', _("không có tệp mới"))
    return format_html("{} {}", delta(value), fileless(stuck)) if stuck else delta(value)


def fileless(systems: Collection[str]) -> str:
    """The sign that systems brought no newer file; nothing when there are none."""
    if not systems:
        return ""
    label = fileless_text(systems)
    return format_html('<span class="sign" title="{}">{}</span>', label, icon("file-off", label))


def fileless_text(systems: Collection[str]) -> str:
    return _("%(systems)s không có tệp mới") % {"systems": ", ".join(str(SYSTEMS[one]) for one in systems)}


class Recorded(Protocol):
    """Reference data: a unit, a procedure."""

    @property
    def verified(self) -> bool: ...
    @property
    def remark(self) -> str: ...


def doubt(item: Recorded, what: str = "") -> str:
    """A mark on what is inferred or not verified, with what is known about that."""
    if item.verified:
        return ""
    remark = item.remark or _("chưa xác minh")
    return format_html(
        ' <span class="chip chip--doubt" title="{}">{}<span class="visually-hidden">: {}</span></span>',
        remark, what or _("suy luận"), remark,
    )  # fmt: skip


def brief(value: date, as_of: date) -> str:
    """A day beside figures of ``as_of``: the year only when it is another one."""
    return f"{value:%d/%m}" if value.year == as_of.year else day(value)
