"""The ranking as a table: each row is one plain function's string; templates only print it.

Every count links to the dossier list with the same words. The lists' addresses are built once per column by
``dossiers.links``; a row only appends its unit.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import TypeAlias
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from directives.explanation_links import answers_url
from dossiers.links import list_url
from reports.columns import FULL, LABELS
from reports.notes import brief, doubt, fileless, fileless_text, since, stands
from reports.rules.ranking import EVERYONE, Row, arranged
from reports.selectors.ranking import Comparison, Ranking
from ui.addresses import ORDER, address
from ui.drawings import age_bar, spark
from ui.formats import UNKNOWN, day, integer, percent, signed
from ui.language import remembered
from ui.tables import Heading, head_html, opening
from ui.templatetags.ui import delta_css

Cell: TypeAlias = Callable[[Row], str]
SHORT = ("rank", "name", "old", "new", "total", "day", "ages", "spark")
WORDLESS = ("rank", "name", "ages", "spark")  # everything else is a number, and its head stands over the right edge


@dataclass(frozen=True, slots=True)
class Lists:
    """Addresses of the dossier lists behind a ranking's numbers."""

    as_of: date
    scope: str = "own"
    system: str | None = None
    level: str | None = None
    field: str | None = None
    unit: str | None = None  # code; None is every unit the caller may see

    def of(self, state: str, **words: str | None) -> str:
        """The list of every unit shown; ``""`` when no list holds exactly these."""
        if self.level and self.scope == "area":
            return ""  # a list can be cut to one level, or widened to all below, not both
        scope = self.scope if self.unit and self.scope == "area" else None
        return list_url(**self._words(state, words), cap=self.level, don_vi=self.unit, pham_vi=scope)

    def prefix(self, state: str, **words: str | None) -> str:
        """Ready for HTML; a unit's quoted code completes it. The units within another one's area stand for themselves.

        In front of a word and "=" HTML lets "&" stand for itself; written out it would be a twentieth of the page.
        """
        scope = self.scope if self.scope == "area" and not self.unit else None
        return escape(list_url(**self._words(state, words), pham_vi=scope) + "&don_vi=").replace("&amp;", "&")

    def explained(self, unit: str) -> str:
        """Of a row's unit, or (no code) of every unit shown: those of the overdue ones an accepted explanation names."""
        if self.level and self.scope == "area" and not unit:
            return ""
        scope = self.scope if self.scope == "area" and bool(unit) != bool(self.unit) else None
        words = {"ngay": self.as_of.isoformat(), "he_thong": self.system, "linh_vuc": self.field, "pham_vi": scope}
        return answers_url(**words, don_vi=unit or self.unit, cap=None if unit else self.level, giai_trinh="co")

    def _words(self, state: str, words: dict[str, str | None]) -> dict[str, object]:
        chosen = {"ngay": self.as_of.isoformat(), "he_thong": self.system, "linh_vuc": self.field, "tinh_trang": state}
        return {**chosen, **words}


class RankingTable:
    """A ranking for ``ui/table.html``: head, rows, the line of totals."""

    def __init__(
        self,
        ranking: Ranking,
        lists: Lists,
        *,
        columns: Sequence[str] = FULL,
        order: str = "",
        words: Mapping[str, str] | None = None,
        most: int | None = None,
    ) -> None:
        self.ranking, self.lists, self.columns, self.order = ranking, lists, columns, order
        self.words, self.most = words, most
        self.cells = [self._cell(column) for column in columns]
        # A cell ends where the next one begins, and only the head says what the numbers are: over 145 rows that is half.
        self.frame = "<tr>" + "".join([f"{self._opening(column)}%s" for column in columns])

    @property
    def look(self) -> str:
        return "table-ranking table-wide" if len(self.columns) > len(FULL) else "table-ranking"

    def _opening(self, column: str) -> str:
        if any(item.key == column for item in self.ranking.comparisons):
            return ""  # its cells open themselves
        return opening("col-total" if column == "total" else "", names_row=column == "name")

    def _cell(self, column: str) -> Cell:
        match column:
            case "rank":
                return lambda row: str(row.rank or "")
            case "name":
                return self._name()
            case "old" | "new":
                return self._of_system(column)
            case "total":
                return self._count(lambda row: row.now.total, "overdue")
            case "open" | "due_today" | "due_soon":
                return self._count(attrgetter(f"now.{column}"), column)
            case "share":
                return self._share()
            case "explained":
                return self._explained
            case "oldest":
                return lambda row: _oldest(row.now.oldest_due, row.oldest_days)
            case "ages":
                return lambda row: age_bar(row.now.ages)
            case "spark":
                return lambda row: spark(row.spark)
        place = [item.key for item in self.ranking.comparisons].index(column)
        return _change(self.ranking.comparisons[place], place, self.ranking.live)

    @cached_property
    def head(self) -> SafeString:
        return head_html(
            Heading(
                column,
                self._heading(column),
                "" if column in WORDLESS else "num",
                *self._sorting(column),
                self._brief_label(column),
            )
            for column in self.columns
        )

    @cached_property
    def body(self) -> SafeString:
        return mark_safe("\n".join([self._line(row) for row in self.rows[: self.most]]))  # noqa: S308  # cells escape

    @property
    def rows(self) -> Sequence[Row]:
        """The units in the order asked for."""
        return arranged(self.ranking.rows, self.order) if self.order else self.ranking.rows

    @cached_property
    def total(self) -> SafeString:
        row = self.ranking.total
        return mark_safe(self._line(row) if row else "")  # noqa: S308  # cells escape

    def _line(self, row: Row) -> str:
        return self.frame % tuple([cell(row) for cell in self.cells])

    def label(self, column: str) -> str:
        dated = {item.key: since(item, self.ranking.as_of) for item in self.ranking.comparisons}
        return str((LABELS | dated)[column])

    def _heading(self, column: str) -> str:
        """The label, with a sign where no newer file came in between: it holds for the column, not for a row."""
        stuck = next((item.stuck for item in self.ranking.comparisons if item.key == column), ())
        return format_html("{} {}", self.label(column), fileless(stuck)) if stuck else self.label(column)

    def _brief_label(self, column: str) -> str:
        """As a phone's card has room for; rank and name say themselves what they are."""
        if column in ("rank", "name"):
            return ""
        dated = {item.key: self._brief_since(item, item.day) for item in self.ranking.comparisons if item.day}
        plain = {
            "share": _("Tỷ lệ quá hạn"),
            "oldest": _("Hạn lâu nhất"),
            "ages": _("Số ngày quá hạn"),
        }
        return (dated | plain).get(column) or self.label(column)

    def _brief_since(self, item: Comparison, on: date) -> str:
        text = _("Từ công văn") if item.key == "letter" else _("Từ %(day)s") % {"day": brief(on, self.ranking.as_of)}
        return f"{text} ({fileless_text(item.stuck)})" if item.stuck else text

    def _sorting(self, column: str) -> tuple[str, str]:
        """(address that orders by this column, the present order as aria-sort says it)."""
        if self.words is None or column in ("ages", "spark"):
            return "", "none"
        now = {column: "ascending", f"-{column}": "descending"}.get(self.order, "none")
        first, second = (column, f"-{column}") if column in ("rank", "name") else (f"-{column}", column)
        return address(self.words, **{ORDER: second if self.order == first else first}), now

    def _name(self) -> Cell:
        root = reverse("reports:agency", args=["-"]).removesuffix("-/")
        scope = "&amp;pham_vi=area" if self.ranking.scope == "area" else ""
        query = f"?ngay={self.ranking.as_of.isoformat()}{scope}"
        ended = format_html(' <span class="chip chip--plain">{}</span>', _("đã kết thúc hoạt động"))
        everyone = escape(_("Tổng cộng"))

        def cell(row: Row) -> str:
            if row.unit is EVERYONE:
                return everyone
            link = f'<a href="{root}{quote(row.unit.code, safe="")}/{query}">{escape(row.unit.name)}</a>'
            return link + doubt(row.unit) + (ended if row.unit.ended else "")

        return cell

    def _of_system(self, system: str) -> Cell:
        if not self.ranking.has(system):
            nothing = format_html('<span title="{}">{}</span>', _("chưa có dữ liệu hoặc không chọn hệ thống này"), UNKNOWN)
            return lambda row: nothing
        return self._count(lambda row: row.now.old if system == "old" else row.now.new, "overdue", he_thong=system)

    def _count(self, read: Callable[[Row], int], state: str, **words: str | None) -> Cell:
        if not self.ranking.live:  # no file of what was asked for ever came: that is not none
            return lambda _row: UNKNOWN
        prefix, everyone = self.lists.prefix(state, **words), escape(self.lists.of(state, **words))

        def cell(row: Row) -> str:
            number = read(row)
            address = everyone if row.unit is EVERYONE else prefix + quote(row.unit.code, safe="")
            return f'<a href="{address}">{integer(number)}</a>' if number and address else integer(number)

        return cell

    def _explained(self, row: Row) -> str:
        address = self.lists.explained(row.unit.code) if row.explained else ""
        return f'<a href="{escape(address)}">{integer(row.explained)}</a>' if address else integer(row.explained)

    def _share(self) -> Cell:
        count = self._count(lambda row: row.now.open, "open")
        of = escape(_("của"))
        return lambda row: f"{percent(row.now.share)} <small>{of} {count(row)}</small>" if row.now.open else UNKNOWN


def _change(item: Comparison, place: int, systems: tuple[str, ...]) -> Cell:
    """The cell itself is the change: a span within each would be a tenth of the page. Of files the head tells."""

    def cell(row: Row) -> str:
        value = row.changes[place]
        if value is None or stands(value, item.stuck, systems):
            return f"<td>{UNKNOWN}"
        return f'<td class="{delta_css(value)}">{signed(value)}' if value else "<td>0"

    return cell


@remembered()
def _oldest(due: date | None, days: int | None) -> str:
    late = "" if days is None else f" <small>{integer(days)} {escape(_('ngày LV'))}</small>"
    return day(due) + late
