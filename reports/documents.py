"""The ranking as other programs read it: one shape for the command and the API."""

from django.utils.translation import gettext as _
from typing_extensions import TypedDict  # pydantic, which describes the API, refuses typing's before Python 3.12

from reports.rules.ranking import NOTHING
from reports.selectors.ranking import Ranking
from ui.formats import day


class Counts(TypedDict):
    old: int
    new: int
    total: int


class RankedUnit(Counts):
    rank: int
    agency: str
    name: str


class SystemData(TypedDict):
    """``state``: fresh, stale, or none: no file of this system ever came, its zeros mean "unknown"."""

    data_as_of: str | None
    state: str
    reconstructed: bool


class RankingDocument(TypedDict):
    as_of: str
    scope: str
    rows: list[RankedUnit]
    total: Counts
    freshness: dict[str, SystemData]


def ranking_document(ranking: Ranking) -> RankingDocument:
    """Of a date with figures; ``agency`` is the unit's code, ``total`` counts every unit once."""
    together = ranking.total.now if ranking.total else NOTHING
    return {
        "as_of": ranking.as_of.isoformat(),
        "scope": ranking.scope,
        "rows": [
            {
                "rank": row.rank,
                "agency": row.unit.code,
                "name": row.unit.name,
                "old": row.now.old,
                "new": row.now.new,
                "total": row.now.total,
            }
            for row in ranking.rows
        ],
        "total": {"old": together.old, "new": together.new, "total": together.total},
        "freshness": {
            item.system: {
                "data_as_of": item.data_as_of.isoformat() if item.data_as_of else None,
                "state": item.state,
                "reconstructed": item.reconstructed,
            }
            for item in ranking.freshness
        },
    }


def no_figures(ranking: Ranking) -> str:
    """What to answer for a date without a finished night; another date is named, never used instead."""
    if ranking.nearest is None:
        return _("Chưa có số liệu nào. Hãy nhập tệp rồi chạy rà soát đêm.")
    dates = {"day": day(ranking.as_of), "nearest": day(ranking.nearest)}
    return _("Chưa có số liệu ngày %(day)s; ngày gần nhất có số liệu: %(nearest)s.") % dates


def no_such_field(name: str) -> str:
    """What to answer when a field is asked for that is none."""
    return _("Không có lĩnh vực “%(field)s”. Hãy chọn một lĩnh vực trong danh sách của trang Xếp hạng.") % {"field": name}
