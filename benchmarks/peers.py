"""The same register in the two ways Django projects usually take one in, for the benchmark of the import.

Neither judges a row, keeps a revision or an issue: they only parse and store, and are given what ours works out (the unit's
key, the dates it derives). A few thousand rows are enough to tell their speed.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import tablib
from import_export import fields, resources, widgets

from agencies.models import Agency
from dossiers.models import Dossier, ImportBatch
from worktime.rules import VIETNAM

STATUSES = {"Đang xử lý": 4, "Đã xử lý xong": 9}
SYSTEM, CHUNK = "old", 5_000
KEPT = (
    "code", "procedure_code", "procedure_name", "field", "applicant", "officer", "status", "received_at", "received_on",
    "promised_due", "due_on", "overdue_from", "ended_at", "ended_on",
)  # fmt: skip


def values(content: bytes, most: int) -> Iterator[dict[str, Any]]:
    """The first rows as a project parses them: column by column, dates by strptime."""
    units = dict(Agency.objects.values_list("name", "pk"))
    reader = csv.DictReader(io.StringIO(content.decode()))
    for row, _number in zip(reader, range(most), strict=False):
        received, due, ended = (_moment(row[name]) for name in ("Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý"))
        yield {
            "code": row["Mã hồ sơ"],
            "agency_id": units[row["Đơn vị xử lý"]],
            "procedure_code": row["Mã TTHC"],
            "procedure_name": row["Tên thủ tục hành chính"],
            "field": row["Lĩnh vực"],
            "applicant": row["Chủ hồ sơ"],
            "officer": row["Cán bộ xử lý"],
            "status": STATUSES[row["Trạng thái"]],
            "received_at": received,
            "received_on": _day(received),
            "promised_due": due,
            "due_on": _day(due),
            "overdue_from": due.date() + timedelta(days=1) if due else None,
            "ended_at": ended,
            "ended_on": _day(ended),
        }


def bulk_create(content: bytes, most: int, batch: ImportBatch) -> None:
    """``bulk_create(update_conflicts=True)``."""
    stated = {"system_id": SYSTEM, "batch": batch, "data_as_of": batch.data_as_of, "seen_at": batch.data_as_of, "row_hash": b""}
    Dossier.objects.bulk_create(
        [Dossier(**row, **stated) for row in values(content, most)],
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["system", "code"],
        update_fields=["agency", *KEPT[1:]],
    )


class DossierResource(resources.ModelResource):  # type: ignore[misc]  # untyped library
    """django-import-export with what its documentation offers for speed."""

    agency = fields.Field("agency", "agency", widgets.ForeignKeyWidget(Agency, "pk"))

    class Meta:
        model = Dossier
        fields = ("agency", *KEPT)
        import_id_fields = ("code",)
        use_bulk = True
        skip_unchanged = True
        report_skipped = False
        batch_size = 1_000

    def __init__(self, batch: ImportBatch) -> None:
        super().__init__()
        self.batch = batch

    def get_queryset(self) -> Any:
        return Dossier.objects.filter(system=SYSTEM)

    def before_save_instance(self, instance: Dossier, row: Any, **kwargs: Any) -> None:
        instance.system_id, instance.batch, instance.row_hash = SYSTEM, self.batch, b""
        instance.data_as_of = instance.seen_at = self.batch.data_as_of


def import_export(content: bytes, most: int, batch: ImportBatch) -> None:
    rows = [{**row, "agency": row.pop("agency_id")} for row in values(content, most)]
    dataset = tablib.Dataset(*(list(row.values()) for row in rows), headers=list(rows[0]))
    DossierResource(batch).import_data(dataset, raise_errors=True)


def _moment(text: str) -> datetime | None:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM) if text else None


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None
