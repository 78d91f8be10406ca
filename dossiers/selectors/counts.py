"""The frozen daily figures."""

from datetime import date

from django.db import connection
from django.db.models import QuerySet, Sum

from dossiers.models import AgencyDayCount

FIGURES = (
    "received", "done_early", "done_on_time", "done_late", "ended_other",
    "open", "in_time", "due_today", "due_soon", "awaiting", "undated",
    "overdue", "overdue_before_stop", "overdue_5", "overdue_10", "overdue_30", "overdue_90", "overdue_more",
)  # fmt: skip

DIGEST = f"""
SELECT encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex')
FROM (SELECT concat_ws('|', agency.code, system_id, count.field, {", ".join(f'"{name}"' for name in FIGURES)},
                       coalesce(oldest_due::text, '')) AS line
      FROM dossiers_agencydaycount count JOIN agencies_agency agency ON agency.id = agency_id
      WHERE as_of = %s) lines
"""  # noqa: S608  # names of our own columns


def day_counts(as_of: date, *, field: str = "") -> QuerySet[AgencyDayCount]:
    """A day's figures of every unit on each system; ``field`` "" is the whole unit. No row means zero."""
    return AgencyDayCount.objects.filter(as_of=as_of, field=field)


def fields_counted(counts: QuerySet[AgencyDayCount]) -> QuerySet[AgencyDayCount, str]:
    """The fields these figures are told by, in order."""
    return counts.exclude(field="").order_by("field").values_list("field", flat=True).distinct()


def overdue_total(as_of: date) -> int:
    total: int | None = day_counts(as_of).aggregate(total=Sum("overdue"))["total"]
    return total or 0


def counts_digest(as_of: date) -> str:
    """SHA-256 over a day's figures as sorted text lines (unit code|system|field|figures…|oldest due): the journal keeps it."""
    with connection.cursor() as cursor:
        cursor.execute(DIGEST, [as_of])
        (digest,) = cursor.fetchone()
    return str(digest)
