"""A full extract through the front door: for the first time, again unchanged, and with one row in a hundred changed.

Beside it, in the same run: PostgreSQL's own COPY of the same file into an unlogged table of texts, which no import can
beat, and one INSERT of the finished rows into tables with the same indexes and foreign keys, which a first import cannot
do without.
"""

import csv
import io
import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from time import perf_counter

from django.db import connection, transaction

from agencies.models import Agency
from dossiers.models import ImportBatch, Procedure
from dossiers.services.intake import batch_open, batch_run
from worktime.rules import VIETNAM

ROWS = 100_000
AS_OF = datetime(2022, 11, 7, 23, tzinfo=VIETNAM)
HEADER = (
    "STT", "Mã hồ sơ", "Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Đơn vị xử lý", "Đơn vị tiếp nhận", "Chủ hồ sơ",
    "Số định danh", "Địa chỉ", "Số điện thoại", "Kênh thực hiện", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý",
    "Ngày trả kết quả", "Trạng thái", "Cán bộ xử lý", "Ghi chú", "Ngày yêu cầu bổ sung",
)  # fmt: skip
RAW = f"""
DROP TABLE IF EXISTS bench_raw;
CREATE UNLOGGED TABLE bench_raw ({", ".join(f"c{place} text" for place in range(len(HEADER)))})
"""
STORED = ("dossiers_dossier", "dossiers_dossierrevision")
KEYS = """
SELECT format('ALTER TABLE bench_%%s ADD %%s', conrelid::regclass, pg_get_constraintdef(oid))
FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass
"""


def run(scale: float = 1.0) -> dict[str, float]:
    """Seconds and rows per second of each import, and their ratios to the raw COPY and to the bare INSERT."""
    rows = int(ROWS * scale)
    whole, changed = _file(rows), _file(rows, changed=rows // 100)
    raw = min(_timed(lambda: _raw_copy(whole)) for _ in range(2))
    first, batch = _import(whole, 0)
    again, same = _import(whole, 1)
    differing, some = _import(changed, 2)
    outcome = (batch.new, same.unchanged, some.changed)
    assert outcome == (rows, rows, rows // 100), (outcome, list(batch.issues.values_list("message", flat=True)[:5]))
    _prepare_store()
    stored = _timed(lambda: _store(batch))
    return {
        "rows": rows,
        "raw COPY, rows/s": rows / raw,
        "first import, rows/s": rows / first,
        "same file again, rows/s": rows / again,
        "1 % changed, rows/s": rows / differing,
        "first import / raw COPY": first / raw,
        "first import / bare INSERT of its rows": first / stored,
        "same file again / raw COPY": again / raw,
        "1 % changed / raw COPY": differing / raw,
        "same file again: times faster than the first": first / again,
    }


def _file(rows: int, changed: int = 0) -> bytes:
    """A register of ``rows`` dossiers; the first ``changed`` of them with another officer."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows(_rows(rows, changed))
    return text.getvalue().encode()


def _rows(rows: int, changed: int) -> Iterator[list[str]]:
    chance = random.Random(rows)
    agencies = list(Agency.objects.filter(level=Agency.Level.DISTRICT).order_by("pk").values_list("name", flat=True))
    agencies = [name for name in agencies if name.startswith(("Ủy ban", "UBND"))]
    procedures = list(Procedure.objects.exclude(time_limit=None).order_by("pk").values_list("local_code", "name", "field"))
    for number in range(rows):
        code, name, field = procedures[number % len(procedures)]
        received = datetime(2022, 8, 1, 8) + timedelta(days=chance.randrange(90), minutes=chance.randrange(480))  # noqa: DTZ001
        due, done = received + timedelta(days=14), received + timedelta(days=chance.randrange(5, 20))
        ended = number % 3 != 0 and done.date() < AS_OF.date()
        yield [
            str(number + 1), f"BENCH.{received:%y%m%d}.{number:06d}", code, name, field, agencies[number % len(agencies)],
            "Bộ phận Một cửa", f"Nguyễn Văn {number}", f"0620900{number:05d}", "Thôn 1", f"09{number:08d}", "Trực tiếp",
            f"{received:%d/%m/%Y %H:%M}", f"{due:%d/%m/%Y %H:%M}", f"{done:%d/%m/%Y %H:%M}" if ended else "", "",
            "Đã xử lý xong" if ended else "Đang xử lý", "Cán bộ mới" if number < changed else f"Cán bộ {number % 300}", "", "",
        ]  # fmt: skip


def _raw_copy(content: bytes) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RAW)
        cursor.copy_expert("COPY bench_raw FROM STDIN (FORMAT csv, HEADER)", io.BytesIO(content))


def _import(content: bytes, day: int) -> tuple[float, ImportBatch]:
    """Seconds from the file's arrival to its commit."""
    at = AS_OF + timedelta(days=day)
    start = perf_counter()
    source = io.BytesIO(content)
    batch = batch_open(source=source, file_name="bench", system="new", kind="full", data_as_of=at, now=at, actor="bench")
    batch = batch_run(batch=batch, now=at)
    return perf_counter() - start, batch


def _prepare_store() -> None:
    """Empty tables like ours, with every index and foreign key."""
    with connection.cursor() as cursor:
        for table in STORED:
            cursor.execute(f"DROP TABLE IF EXISTS bench_{table}")
            cursor.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)")
            cursor.execute(KEYS, [table])
            for (statement,) in cursor.fetchall():
                cursor.execute(statement)


def _store(batch: ImportBatch) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in STORED:
            cursor.execute(
                f"INSERT INTO bench_{table} OVERRIDING SYSTEM VALUE SELECT * FROM {table} WHERE batch_id = %s",
                [batch.pk],
            )


def _timed(work: Callable[[], None]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
