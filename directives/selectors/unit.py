"""What letters demand of one unit, and where it stands: what its own page says of them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from agencies.models import Agency
from directives.models import CohortCount, Directive
from directives.rules.flow import Flow
from directives.selectors.following import Part, counted
from directives.selectors.orders import OrderStanding, orders_binding, orders_standing
from dossiers.selectors.outlived import outlived_counts
from dossiers.selectors.states import Day, Known
from worktime.rules import WorkCalendar


@dataclass(frozen=True, slots=True)
class UnitLetter:
    """A letter with its orders to the unit and the unit's lists; ``flow`` is None where no list could be fixed."""

    directive: Directive
    orders: tuple[OrderStanding, ...]
    parts: tuple[Part, ...]

    @property
    def flow(self) -> Flow | None:
        return Flow.total(part.flow for part in self.parts) if self.parts else None

    @property
    def marked_on(self) -> date | None:
        return self.parts[0].baseline.as_of if self.parts else None

    @property
    def inferred(self) -> bool:
        return any(part.baseline.inferred for part in self.parts)


@dataclass(frozen=True, slots=True)
class UnitLetters:
    """``outlived``: overdue dossiers by the number of letters they have outlived, most letters first."""

    letters: list[UnitLetter]
    outlived: Mapping[int, int]


def unit_letters(*, agency: Agency, known: Known, as_of: date, calendar: WorkCalendar) -> UnitLetters:
    """Letters issued by then that bind the unit or have a list of it, newest first; ``known``: the unit's own dossiers."""
    orders = orders_standing(orders=orders_binding(agency, upto=as_of), units=Agency.objects.filter(pk=agency.pk), as_of=as_of)
    parts: dict[int, list[Part]] = defaultdict(list)
    counts = CohortCount.objects.filter(as_of=as_of, baseline__agency=agency, baseline__directive__issued_on__lte=as_of)
    for part in counted(counts):
        parts[part.baseline.directive_id].append(part)
    bound: dict[int, list[OrderStanding]] = defaultdict(list)
    for order in orders:
        bound[order.obligation.directive_id].append(order)
    letters = Directive.objects.filter(pk__in=bound.keys() | parts.keys()).order_by("-issued_on", "reference")
    return UnitLetters(
        [UnitLetter(letter, tuple(bound[letter.pk]), tuple(parts[letter.pk])) for letter in letters],
        outlived_counts(known, Day.of(as_of, calendar)),
    )
