"""Columns of the dossiers of a letter's lists: what each was at the mark, and what became of it."""

from datetime import date
from html import escape
from operator import attrgetter
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from directives.rules.fate import LAWFUL
from directives.words import FATES
from dossiers.selectors.dossiers import Listing
from ui.formats import UNKNOWN, day, integer
from ui.language import remembered
from ui.states import SYSTEMS
from ui.tables import LeanColumn, LeanTable


@remembered()
def fate_chip(fate: str) -> SafeString:
    mark = FATES[fate]
    return mark_safe(render_to_string("ui/chip.html", {"mark": mark, "text": str(mark.word)}).strip())  # noqa: S308  # autoescaped


class CohortTable(LeanTable):
    """Rows are named tuples of ``directives.selectors.cohorts.followed``."""

    code = LeanColumn(
        value=attrgetter("code"),
        verbose_name=_("Mã hồ sơ, hệ thống"),
        reads=("system_id", "code"),
        order_by=("code", "id"),
        names_row=True,
    )
    unit = LeanColumn(verbose_name=_("Đơn vị tại mốc"), reads=("unit", "agency_id"), css="col-agency")
    procedure = LeanColumn(
        lambda record: f"<div>{escape(record.procedure_name)}</div>",
        verbose_name=_("Thủ tục"),
        reads=("procedure_name",),
        css="col-procedure",
    )
    missed = LeanColumn(
        lambda record: day(record.missed),
        verbose_name=_("Hạn đã lỡ"),
        reads=("missed",),
        order_by=("missed", "id"),
        css="num",
        labelled=True,
    )
    fate = LeanColumn(verbose_name=_("Kết quả"), reads=("fate",), order_by=("fate", "missed", "id"), css="col-state")
    ended = LeanColumn(
        verbose_name=_("Kết thúc ngày"), reads=("ended_on", "fate"), order_by=("ended_on", "id"), css="num", labelled=True
    )
    late = LeanColumn(verbose_name=_("Số ngày làm việc quá hạn"), reads=("ended_on", "missed", "fate"), css="num", labelled=True)

    class Meta:
        order_by = ("missed",)

    def __init__(self, rows: QuerySet[Any], *, listing: Listing) -> None:
        super().__init__(rows.values_list(*self.reads(()), named=True))
        self.as_of, self.calendar, self.names = listing.run.as_of, listing.calendar, listing.names
        self.root = reverse("dossiers:list")
        self.systems = {code: f'<small class="{code}">{name}</small>' for code, name in SYSTEMS.items()}

    @property
    def look(self) -> str:
        return "table-dossiers table-cohort"

    def cell_code(self, record: Any) -> str:
        system, code = record.system_id, record.code
        return f'<a href="{self.root}{system}/{quote(code)}/?ngay={self.as_of}">{escape(code)}</a>{self.systems[system]}'

    def cell_unit(self, record: Any) -> str:
        unit = escape(self.names[record.unit])
        return unit if record.unit == record.agency_id else f"{unit}<small>{escape(self.names[record.agency_id])}</small>"

    def cell_fate(self, record: Any) -> str:
        return str(fate_chip(record.fate))

    def cell_ended(self, record: Any) -> str:
        return day(_ended(record)) if _ended(record) else UNKNOWN

    def cell_late(self, record: Any) -> str:
        """From the missed due date to the end, or to the day looked at while there is none."""
        return integer(self.calendar.working_days_between(record.missed, _ended(record) or self.as_of))


def _ended(record: Any) -> date | None:
    ended: date | None = record.ended_on if record.fate in LAWFUL else None
    return ended
