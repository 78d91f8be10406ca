"""Dossiers by the hundred thousand, written by the database itself: open ones around a date, closed ones behind it."""

import os
import random
from datetime import date, datetime, time
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from agencies.models import Agency
from dossiers.models import ImportBatch, SourceSystem
from worktime.rules import VIETNAM

NIGHT = date(2022, 11, 7)
FIELDS = ("Đất đai", "Hộ tịch", "Chứng thực", "Xây dựng", "Bảo trợ xã hội", "Đăng ký kinh doanh", "Giao thông", "Người có công")

# Open at NIGHT: due from 60 days before to 60 after, one in ten stopped.
OPEN = """
SELECT n, date %(night)s - (random() * 60)::int - 30 AS received, date %(night)s + (random() * 120)::int - 60 AS due,
       CASE WHEN random() < .1 THEN date %(night)s - (random() * 70)::int END AS stopped,
       NULL::date AS ended
FROM generate_series(%(first)s, %(last)s) n
"""
# Closed: received and finished over the five years before NIGHT.
CLOSED = """
SELECT n, date %(night)s - 31 - age AS received, date %(night)s - 31 - age + (random() * 30)::int AS due, NULL::date AS stopped,
       date %(night)s - 1 - age AS ended
FROM generate_series(%(first)s, %(last)s) n, LATERAL (SELECT (random() * 1800)::int + n * 0 AS age) ages
"""
INSERT = """
INSERT INTO dossiers_dossier (
    system_id, code, agency_id, procedure_code, procedure_name, field, applicant, officer, channel, status, note,
    received_at, received_on, promised_due, original_due, effective_due, due_on, overdue_from, due_differs,
    stopped_at, stopped_on, stops, extension_no, ended_at, ended_on, data_as_of, batch_id, row_hash, seen_at, search_text)
SELECT CASE WHEN n %% 3 = 0 THEN 'new' ELSE 'old' END, substr(md5(n::text), 1, 8) || '-' || n,
       (%(agencies)s::bigint[])[1 + n %% array_length(%(agencies)s, 1)], '1.004203',
       'Đăng ký biến động quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất',
       (%(fields)s::text[])[1 + n %% array_length(%(fields)s, 1)], 'Nguyễn Văn ' || n, 'Cán bộ ' || n %% 500, 'in_person',
       CASE WHEN ended IS NOT NULL THEN 9 WHEN stopped IS NOT NULL THEN 5 ELSE 4 END, '',
       received + time '08:00', received, due + time '17:00', due + time '17:00', due + time '17:00', due, due + 1, false,
       stopped + time '08:00', stopped, '[]', '', ended + time '09:00', ended, %(as_of)s,
       CASE WHEN n %% 3 = 0 THEN %(new)s ELSE %(old)s END, decode(md5(n::text), 'hex'), %(as_of)s, n || ' nguyen van ' || n
FROM ({source}) made
"""


def own_address() -> str:
    """Of the benchmark's own database, for programs beside it."""
    server = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(server._replace(path=f"/{connection.settings_dict['NAME']}"))


def batches() -> dict[str, int]:
    """One full extract of each system, as of the evening of NIGHT."""
    as_of = datetime.combine(NIGHT, time(23), VIETNAM)
    own = {"kind": "full", "status": "done", "data_as_of": as_of, "accepted_at": as_of, "file_size": 0, "actor": "bench"}
    systems = SourceSystem.objects.order_by("code")
    return {
        system.pk: ImportBatch.objects.create(system=system, sha256=system.pk, file_name="bench", **own).pk for system in systems
    }


def add(source: str, first: int, count: int, batch: dict[str, int]) -> None:
    """Dossiers numbered from ``first``, in no physical order (a province's open dossiers lie among its closed ones)."""
    agencies = list(Agency.objects.order_by("pk").values_list("pk", flat=True))
    random.Random(first).shuffle(agencies)
    values: dict[str, date | datetime | int | list[int] | list[str]] = {
        "night": NIGHT,
        "first": first,
        "last": first + count - 1,
        "agencies": agencies,
        "fields": list(FIELDS),
        "as_of": datetime.combine(NIGHT, time(23), VIETNAM),
        **batch,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET timezone = 'Asia/Ho_Chi_Minh'")
        cursor.execute("SELECT setseed(0.3812)")
        cursor.execute(INSERT.format(source=source), values)
        cursor.execute("SET timezone = 'UTC'")
        cursor.execute("CLUSTER dossiers_dossier USING dossier_code_once")
        cursor.execute("VACUUM ANALYZE dossiers_dossier")
