"""Loading the official calendar. The caller writes the journal: this room knows no other."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from worktime.models import CalendarDay, CalendarYear

# Days off on a fixed date every year (Bộ luật Lao động 2019 Điều 112): a year without them is not a whole year.
STATUTORY = ((1, 1), (4, 30), (5, 1), (9, 2))


class CalendarRowsError(ValueError):
    """The rows are no calendar; nothing was changed. The text is Vietnamese."""


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One day that differs from the plain week. ``kind`` is a CalendarDay.Kind value."""

    date: date
    kind: str
    name: str
    source: str
    verified: bool
    remark: str = ""


@dataclass(frozen=True, slots=True)
class CalendarLoad:
    """What a load did, for the journal: days added, removed and altered, as dates."""

    actor: str
    years: tuple[int, ...]
    added: tuple[date, ...]
    removed: tuple[date, ...]
    altered: tuple[date, ...]

    @property
    def changed(self) -> bool:
        return bool(self.added or self.removed or self.altered)

    def as_body(self) -> dict[str, list[str] | list[int]]:
        """The entry's body: JSON values only."""
        days = {"added": self.added, "removed": self.removed, "altered": self.altered}
        return {"years": list(self.years), **{name: [day.isoformat() for day in dates] for name, dates in days.items()}}


@transaction.atomic
def calendar_load(*, rows: Iterable[CalendarRow], actor: str) -> CalendarLoad:
    """Replace the loaded calendar by these rows and rebuild the ordinal table. The same rows again change nothing."""
    wanted = _checked(rows)
    with connection.cursor() as cursor:  # two loads at once: the second waits and then sees the first
        cursor.execute("LOCK TABLE worktime_calendarday IN SHARE ROW EXCLUSIVE MODE")
    known = {day.date: _row(day) for day in CalendarDay.objects.all()}
    load = CalendarLoad(
        actor=actor,
        years=tuple(sorted({day.year for day in wanted})),
        added=tuple(sorted(wanted.keys() - known.keys())),
        removed=tuple(sorted(known.keys() - wanted.keys())),
        altered=tuple(sorted(day for day in wanted.keys() & known.keys() if wanted[day] != known[day])),
    )
    if load.changed:
        CalendarDay.objects.all().delete()
        CalendarYear.objects.all().delete()
        CalendarYear.objects.bulk_create(CalendarYear(year=year) for year in load.years)
        CalendarDay.objects.bulk_create(CalendarDay(**asdict(row)) for row in wanted.values())
        _workdates_rebuild()
    return load


def _row(day: CalendarDay) -> CalendarRow:
    return CalendarRow(day.date, day.kind, day.name, day.source, day.verified, day.remark)


def _checked(rows: Iterable[CalendarRow]) -> dict[date, CalendarRow]:
    """By date. Refuses a doubled day and a year that is not there whole: it would count holidays as worked."""
    wanted: dict[date, CalendarRow] = {}
    for row in rows:
        if row.date in wanted:
            raise CalendarRowsError(
                _("Ngày %(day)s có hai dòng trong lịch nghỉ. Hãy giữ lại một dòng.") % {"day": f"{row.date:%d/%m/%Y}"}
            )
        if row.kind not in CalendarDay.Kind.values:
            raise CalendarRowsError(
                _("Ngày %(day)s: loại “%(kind)s” không có; dùng holiday hoặc makeup.")
                % {"day": f"{row.date:%d/%m/%Y}", "kind": row.kind}
            )
        wanted[row.date] = row
    years = {day.year for day in wanted}
    for year in range(min(years), max(years) + 1) if years else ():
        for month, day in STATUTORY:
            if date(year, month, day) not in wanted:
                raise CalendarRowsError(
                    _("Lịch nghỉ năm %(year)s chưa đủ: thiếu ngày lễ %(day)s. Hãy bổ sung cả năm rồi nạp lại.")
                    % {"year": year, "day": f"{day:02}/{month:02}"}
                )
    return wanted


def _workdates_rebuild() -> None:
    """The ordinal table in one statement; R3 in SQL, held equal to WorkCalendar by a test over every loaded day."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM worktime_workdate")
        cursor.execute(
            """
            INSERT INTO worktime_workdate (date, ordinal, working)
            SELECT date, count(*) FILTER (WHERE working) OVER (ORDER BY date), working
            FROM (
                SELECT span.date, coalesce(day.kind = 'makeup', extract(isodow FROM span.date) < 6) AS working
                FROM worktime_calendaryear year
                CROSS JOIN LATERAL (
                    SELECT generate_series(make_date(year.year, 1, 1), make_date(year.year, 12, 31), '1 day')::date AS date
                ) span
                LEFT JOIN worktime_calendarday day ON day.date = span.date
            ) days
            """
        )
