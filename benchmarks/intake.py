"""A full extract through the front door: for the first time, again unchanged, and with one row in a hundred changed.

Beside it, in the same run: PostgreSQL's own COPY of the same file into an unlogged table of texts, which no import can
beat; one INSERT of the finished rows into tables with the same indexes and foreign keys, which a first import cannot do
without; ``bulk_create(update_conflicts)`` and django-import-export on a few thousand of the rows; a workbook read by ours and
by openpyxl. Goals: again <= 2 x the raw COPY with <= 1 % of the first's WAL, 1 % changed <= 2.5 x, first <= 2.5 x the INSERT,
<= 300 MB in any process, workbook >= 3.5 x openpyxl, on the repeat >= 20 x and >= 100 x the peers.
"""

import csv
import io
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import openpyxl
import xlsxwriter
from django.db import connection, transaction

from agencies.models import Agency
from benchmarks import data, peers
from dossiers.models import Dossier, ImportBatch, Procedure
from dossiers.services.intake import batch_open, batch_run
from dossiers.services.reading import reading
from worktime.rules import VIETNAM

ROWS, PEER_ROWS, SHEET_ROWS, ROUNDS = 1_000_000, 5_000, 200_000, 3
ROOT = Path(__file__).resolve().parents[1]
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
    """Seconds and rows per second of each import, and their ratios to the raw COPY, the bare INSERT and the peers."""
    rows = int(ROWS * scale)
    whole, changed = register(rows), register(rows, changed=rows // 100)
    raw = min(_timed(lambda: _raw_copy(whole)) for _ in range(3))
    first, batch, first_wal = _import(whole, 0)
    assert batch.new == rows, list(batch.issues.values_list("message", flat=True)[:5])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as the database itself does long before the next day's file
    days = iter(range(1, 1 + 2 * ROUNDS))
    again, same, again_wal = zip(*[_beside_raw(whole, next(days), "unchanged", rows) for _ in range(ROUNDS)], strict=True)
    # There and back again: each time one row in a hundred differs from what is known.
    files = islice(cycle((changed, whole)), ROUNDS)
    differing, some, _wal = zip(*[_beside_raw(file, next(days), "changed", rows // 100) for file in files], strict=True)
    _prepare_store()
    stored = _timed(lambda: _store(batch))
    return {
        "rows": rows,
        "raw COPY, rows/s": rows / raw,
        "first import, rows/s": rows / first,
        "same file again, rows/s": rows / median(again),
        "1 % changed, rows/s": rows / median(differing),
        "first import / raw COPY": first / raw,
        "first import / bare INSERT of its rows (goal 2.5)": first / stored,
        "same file again / raw COPY (goal 2)": median(same),
        "1 % changed / raw COPY (goal 2.5)": median(some),
        "same file again: times faster than the first": first / median(again),
        "same file again: WAL, % of the first's (goal 1)": 100 * max(again_wal) / first_wal,
        **_beside_peers(whole, batch, seconds=median(again) / rows),
        **_memory(changed, scale),
    }


def _beside_raw(content: bytes, day: int, what: str, rows: int) -> tuple[float, float, int]:
    """Seconds of an import, its ratio to the raw COPY just before and just after it (the machine drifts), bytes of WAL."""
    before = _timed(lambda: _raw_copy(content))
    seconds, batch, written = _import(content, day)
    assert getattr(batch, what) == rows, (what, rows, batch.new, batch.changed, batch.unchanged)
    return seconds, 2 * seconds / (before + _timed(lambda: _raw_copy(content))), written


def _beside_peers(content: bytes, batch: ImportBatch, seconds: float) -> dict[str, float]:
    """``seconds``: of ours for a row of the unchanged file."""
    found: dict[str, float] = {}
    for name, take, goal in (("bulk_create", peers.bulk_create, 20), ("django-import-export", peers.import_export, 100)):
        with transaction.atomic():
            first, repeat = (_timed(lambda take=take: take(content, PEER_ROWS, batch)) for _ in range(2))  # type: ignore[misc]
            assert Dossier.objects.filter(system=peers.SYSTEM).count() == PEER_ROWS
            transaction.set_rollback(True)
        found |= {
            f"{name}, first, rows/s": PEER_ROWS / first,
            f"{name}, again, rows/s": PEER_ROWS / repeat,
            f"{name} / same file again (goal {goal})": repeat / PEER_ROWS / seconds,
        }
    return found


def _memory(content: bytes, scale: float) -> dict[str, float]:
    """The most any process of an import uses; and how long reading a workbook takes, ours and openpyxl."""
    with TemporaryDirectory() as folder:
        text, sheet = Path(folder, "so.csv"), Path(folder, "so.xlsx")
        text.write_bytes(content)
        _as_workbook(content, sheet, int(SHEET_ROWS * scale))
        ours, theirs = _timed(lambda: _read(sheet)), _timed(lambda: _read_by_openpyxl(sheet))
        return {
            "CSV: most memory of a process, MB (goal 300)": _peak(text),
            f"workbook of {int(SHEET_ROWS * scale)} rows: most memory, MB (goal 300)": _peak(sheet),
            "workbook: openpyxl / our reader (goal 3.5)": theirs / ours,
        }


def _as_workbook(content: bytes, path: Path, most: int) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(islice(csv.reader(io.StringIO(content.decode())), most + 1)):
            sheet.write_row(line, 0, row)


def _read(path: Path) -> None:
    with path.open("rb") as source, reading(source, key=b"", names={}) as found:
        for _block in found.blocks():
            pass


def _read_by_openpyxl(path: Path) -> None:
    for _row in openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True):
        pass


_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""  # in a process of its own: what is started inherits the size of its parent's memory for the record, and ours is large


def _peak(path: Path) -> float:
    """Megabytes of the largest of the command's processes (the reader is one of them), as the system counts them."""
    command = [sys.executable, "manage.py", "intake", str(path), "--system", "new", "--kind", "delta", "--dry-run"]
    env = os.environ | {"DATABASE_URL": data.own_address()}
    said = subprocess.run([sys.executable, "-c", _PEAK, *command], stdout=subprocess.PIPE, cwd=ROOT, env=env, check=True)
    return int(said.stdout) / 1024


def register(rows: int, changed: int = 0) -> bytes:
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


def _import(content: bytes, day: int) -> tuple[float, ImportBatch, int]:
    """Seconds from the file's arrival to its commit, its batch, bytes of WAL."""
    at, written = AS_OF + timedelta(days=day), _written()
    start = perf_counter()
    source = io.BytesIO(content)
    batch = batch_open(source=source, file_name="bench", system="new", kind="full", data_as_of=at, now=at, actor="bench")
    batch = batch_run(batch=batch, now=at)
    return perf_counter() - start, batch, _written() - written


def _written() -> int:
    """Bytes of WAL this session wrote; what the database tidies up afterwards by itself is not the import's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT wal_bytes FROM pg_stat_get_backend_wal(pg_backend_pid())")
        return int(cursor.fetchone()[0])


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
