"""Expected deliveries for tests."""

from datetime import date, time
from typing import Any

from deliveries.models import ExpectedDelivery
from tests.factories.dossiers import make_systems

FIRST = date(2022, 11, 1)


def make_expected(
    system: str = "old",
    kind: str = "full",
    by: str = "06:00",
    days: str = "every",
    active_from: date = date(2022, 11, 1),
    **more: Any,
) -> ExpectedDelivery:
    make_systems()
    return ExpectedDelivery.objects.create(
        system_id=system, kind=kind, by=time.fromisoformat(by), days=days, active_from=active_from, **more
    )
