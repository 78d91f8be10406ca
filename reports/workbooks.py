"""The ranking as a file for people to take away."""

from collections.abc import Callable, Iterator
from datetime import datetime
from operator import attrgetter
from typing import TypeAlias

from django.http import FileResponse
from django.utils.translation import gettext as _

from reports.columns import LABELS
from reports.notes import badges, stands, warnings
from reports.rules.ranking import EVERYONE, Row
from reports.selectors.ranking import Ranking
from reports.tables import RankingTable
from ui.columns import order_text
from ui.formats import AGE_LABELS, day, moment
from ui.workbook import Content, workbook_answer

Read: TypeAlias = Callable[[Row], Content]


def ranking_answer(table: RankingTable, *, conditions: str, reader: str, seal: str, now: datetime) -> FileResponse:
    """The ranking as a file: the columns shown, in the order shown, the line of totals last."""
    ranking, values = table.ranking, ranking_values(table)
    lines = [*table.rows, *filter(None, [ranking.total])]
    return workbook_answer(
        name=f"xep-hang-{ranking.as_of}.xlsx",
        title=_("Xếp hạng đơn vị theo số hồ sơ quá hạn"),
        facts=[
            (_("Ngày số liệu"), _("Tình trạng lúc 24:00 ngày %(day)s") % {"day": day(ranking.as_of)}),
            (_("Mã số liệu"), seal),
            *((badge.system, badge.text) for badge in badges(ranking)),
            *((_("Lưu ý"), text) for text in warnings(ranking)),
            (_("Điều kiện"), conditions or _("không có: mọi đơn vị, hai hệ thống cộng lại")),
            (_("Thứ tự"), order_text(table.order, table.label)),
            (_("Người tải"), _("%(reader)s, lúc %(moment)s") % {"reader": reader, "moment": moment(now)}),
        ],
        headings=[heading for heading, _read in values],
        rows=[[read(row) for _heading, read in values] for row in lines],
    )


def ranking_values(table: RankingTable) -> list[tuple[str, Read]]:
    """What a file holds of each shown column; drawings are told by the figures they draw."""
    return [pair for column in table.columns for pair in _values(table, column)]


def _values(table: RankingTable, column: str) -> Iterator[tuple[str, Read]]:
    ranking, label = table.ranking, table.label(column)
    match column:
        case "rank":
            yield label, lambda row: row.rank or None
        case "name":
            yield label, lambda row: _("Tổng cộng") if row.unit is EVERYONE else row.unit.name
            yield _("Mã đơn vị"), lambda row: row.unit.code or None
        case "old" | "new":
            yield label, attrgetter(f"now.{column}") if ranking.has(column) else lambda row: None
        case "share":
            yield str(LABELS["open"]), lambda row: row.now.open
            yield _("Tỷ lệ quá hạn (%)"), lambda row: None if row.now.share is None else round(100 * row.now.share, 1)
        case "oldest":
            yield label, lambda row: row.now.oldest_due
            yield _("Số ngày làm việc quá hạn lâu nhất"), lambda row: row.oldest_days
        case "ages":
            for place, age in enumerate(AGE_LABELS):
                yield _("Quá hạn %(age)s ngày làm việc") % {"age": age}, _age(place)
        case "spark":
            return
        case "day" | "week" | "letter":
            yield label, _change(ranking, column)
        case "explained":
            yield label, attrgetter(column)
        case _:
            yield label, attrgetter(f"now.{column}")


def _age(place: int) -> Read:
    return lambda row: row.now.ages[place]


def _change(ranking: Ranking, column: str) -> Read:
    """As on screen: where no newer file came, no figure stands for "better"."""
    place = [item.key for item in ranking.comparisons].index(column)
    stuck = ranking.comparisons[place].stuck

    def read(row: Row) -> int | str | None:
        value = row.changes[place]
        return _("không có tệp mới") if value is not None and stands(value, stuck, ranking.live) else value

    return read
