"""What stands beside the figures so that nobody misreads them: how far the data reach, what a change cannot tell."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from reports.rules.freshness import Freshness
from reports.selectors.ranking import Comparison, Ranking
from ui.formats import day, moment
from ui.states import FRESH, SYSTEMS, Mark


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
    return [text for item in ranking.comparisons for text in _warning(item, ranking.as_of)]


def _warning(item: Comparison, as_of: date) -> list[str]:
    between = {"before": day(item.day), "now": day(as_of)}
    return [
        _(
            "%(system)s không có tệp mới từ %(before)s đến %(now)s: "
            "thay đổi giữa hai ngày này không nói lên việc giải quyết hồ sơ."
        )
        % (between | {"system": SYSTEMS[system]})
        for system in item.stuck
    ]


def brief(value: date, as_of: date) -> str:
    """A day beside figures of ``as_of``: the year only when it is another one."""
    return f"{value:%d/%m}" if value.year == as_of.year else day(value)
