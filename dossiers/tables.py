"""Columns of the dossier list: what each prints, what each sorts by."""

from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dossiers.rules.overdue import Facts, verdict
from dossiers.rules.privacy import mask_name
from dossiers.selectors.dossiers import Listing
from ui.formats import day
from ui.states import SYSTEMS
from ui.tables import LeanColumn, LeanTable, chip_html

# What the list reads of each dossier; everything else stays in the database.
LIST_VALUES = (
    "system_id",
    "code",
    "agency_id",
    "procedure_name",
    "applicant",
    "officer",
    "status",
    "received_on",
    "due_on",
    "overdue_from",
    "stopped_on",
    "ended_on",
    "effective_due",
    "ended_at",
)


@lru_cache(maxsize=4096)
def _masked(applicant: str) -> str:
    """Remembered: masking takes as long as the row's other cells together, and lists show the same people again."""
    return escape(mask_name(applicant))


def _text(name: str) -> Any:
    return lambda record: escape(getattr(record, name))


def _date(name: str) -> Any:
    return lambda record: day(getattr(record, name))


class DossierTable(LeanTable):
    """Rows are named tuples of LIST_VALUES; the state is the pure rule's verdict at ``as_of``."""

    look = "table-dossiers"

    code = LeanColumn(verbose_name=_("Mã hồ sơ, hệ thống"), order_by=("code", "id"), names_row=True)
    agency = LeanColumn(verbose_name=_("Đơn vị"), order_by=("agency__sort_key", "overdue_from", "id"), css="col-agency")
    procedure = LeanColumn(verbose_name=_("Thủ tục"), css="col-procedure")
    applicant = LeanColumn(lambda record: _masked(record.applicant), verbose_name=_("Chủ hồ sơ"), labelled=True)
    received = LeanColumn(
        _date("received_on"), verbose_name=_("Tiếp nhận"), order_by=("received_on", "id"), css="num", labelled=True
    )
    due = LeanColumn(_date("due_on"), verbose_name=_("Hạn hiện hành"), order_by=("overdue_from", "id"), css="num", labelled=True)
    state = LeanColumn(verbose_name=_("Tình trạng"), css="col-state")
    officer = LeanColumn(_text("officer"), verbose_name=_("Cán bộ xử lý"), order_by=("officer", "id"), labelled=True)

    class Meta:
        order_by = ("due",)

    def __init__(self, data: Any, *, listing: Listing) -> None:
        super().__init__(data)
        self.as_of, self.calendar, self.names = listing.run.as_of, listing.calendar, listing.names
        self.root = reverse("dossiers:list")
        self.systems = {code: f'<small class="{code}">{name}</small>' for code, name in SYSTEMS.items()}

    def cell_code(self, record: Any) -> str:
        system, code = record.system_id, record.code
        return f'<a href="{self.root}{system}/{quote(code)}/?ngay={self.as_of}">{escape(code)}</a>{self.systems[system]}'

    def cell_agency(self, record: Any) -> str:
        return escape(self.names[record.agency_id])

    def cell_procedure(self, record: Any) -> str:
        return f"<div>{escape(record.procedure_name)}</div>"

    def cell_state(self, record: Any) -> str:
        facts = Facts(
            received_on=record.received_on,
            status=record.status,
            due_on=record.due_on,
            overdue_from=record.overdue_from,
            stopped_on=record.stopped_on,
            ended_on=record.ended_on,
            due_at=record.effective_due,
            ended_at=record.ended_at,
        )
        found = verdict(facts, self.as_of, self.calendar)
        return chip_html(found.state, found.working_days or None)
