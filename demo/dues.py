"""Promised dates as an honest office gives them: by the product's own deadline rules, both ways round."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from demo.world import Matter
from dossiers.rules.deadlines import Stop, TimeLimit, due_moment, is_hourly
from worktime.rules import VIETNAM, WorkCalendar, effective_start

HAND_OUT = time(17)  # receipts promise the end of the office day
UNSTATED = TimeLimit(Decimal(3), "working_day")  # what offices promise where no limit is stated
FIRST_RECEIPT, LAST_RECEIPT = date(2019, 1, 2), date(2022, 11, 10)


class Dues:
    """Due dates with the work shared: most dossiers of a day have the same few answers."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self._known: dict[tuple[TimeLimit, date], datetime] = {}
        self._receipts: dict[TimeLimit, dict[date, list[date]]] = {}

    def due(self, matter: Matter, received: datetime) -> datetime:
        """The date promised at receipt."""
        limit = matter.limit or UNSTATED
        if is_hourly(limit.unit) or limit.unit == "same_day":
            return self.due_with(matter, received, ())
        starts = effective_start(received, self.calendar).date()
        if (limit, starts) not in self._known:
            self._known[limit, starts] = self.due_with(matter, received, ())
        return self._known[limit, starts]

    def due_with(self, matter: Matter, received: datetime, stops: Sequence[Stop]) -> datetime:
        limit = matter.limit or UNSTATED
        due = due_moment(received, limit, stops=stops, policy=matter.policy, cutoff=matter.cutoff, calendar=self.calendar)
        return due if is_hourly(limit.unit) else datetime.combine(due.astimezone(VIETNAM).date(), HAND_OUT, VIETNAM)

    def receipts_for(self, matter: Matter, due_on: date) -> list[date]:
        """Working days on which a receipt in office hours leads to this due date; empty when none does."""
        limit = matter.limit or UNSTATED
        if limit not in self._receipts:
            self._receipts[limit] = self._receipt_days(matter)
        return self._receipts[limit].get(due_on, [])

    def _receipt_days(self, matter: Matter) -> dict[date, list[date]]:
        found: defaultdict[date, list[date]] = defaultdict(list)
        day = FIRST_RECEIPT
        while day <= LAST_RECEIPT:
            if self.calendar.is_working(day):
                found[self.due(matter, datetime.combine(day, time(9), VIETNAM)).date()].append(day)
            day += timedelta(days=1)
        return dict(found)
