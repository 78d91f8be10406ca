"""One night made by the real pipeline: unit A with a commune under it, unit B beside it."""

from datetime import date, timedelta

import pytest

from agencies.models import Agency
from dossiers.models import Dossier, SweepRun
from kontum_tthc import nightly
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

NIGHT = date(2022, 11, 7)


@pytest.fixture
def swept(unit_a: Agency, unit_b: Agency, commune_a: Agency) -> SweepRun:
    """A: three late of two ages, two in time (one due that day, one the next), one stopped; its commune one late; B one late."""
    make_calendar()
    batch = make_batch(midnight(NIGHT))
    observe(
        batch,
        "A-LATE",
        unit_a,
        received=date(2022, 10, 3),
        due=date(2022, 11, 4),
    )
    observe(
        batch,
        "A-LATE-2",
        unit_a,
        received=date(2022, 10, 3),
        due=date(2022, 11, 4),
    )
    observe(batch, "A-OLD", unit_a, received=date(2022, 1, 4), due=date(2022, 2, 7), field="Hộ tịch")
    observe(batch, "A-TODAY", unit_a, received=date(2022, 10, 31), due=NIGHT)
    observe(batch, "A-SOON", unit_a, received=date(2022, 10, 31), due=NIGHT + timedelta(days=1))
    observe(batch, "A-STOP", unit_a, received=date(2022, 10, 3), due=date(2022, 10, 17), status=5, stopped=date(2022, 10, 6))
    observe(batch, "C-LATE", commune_a, received=date(2022, 10, 3), due=date(2022, 10, 31))
    observe(batch, "B-LATE", unit_b, received=date(2022, 10, 3), due=date(2022, 11, 4))
    birth = {"procedure_code": "1.001193", "procedure_name": "Đăng ký khai sinh", "officer": "Lê Thị Hoa"}
    Dossier.objects.filter(code__startswith="A-LATE").update(**birth)
    Dossier.objects.filter(code="A-OLD").update(procedure_code="1.000656", procedure_name="Đăng ký khai tử")
    return nightly.run(as_of=NIGHT, now=moment(NIGHT + timedelta(days=1), 0, 15), trigger="command")
