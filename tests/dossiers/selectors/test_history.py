"""One dossier's past: what its files changed, and the points of its life in order."""

from datetime import date, timedelta

import pytest

from agencies.models import Agency
from dossiers.models import Dossier
from dossiers.selectors.history import dossier_sightings, dossier_timeline
from kontum_tthc import nightly
from tests.factories.agencies import make_agency
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = pytest.mark.django_db
D = date(2022, 11, 7)
DAY = timedelta(days=1)
RECEIVED, DUE = D - 20 * DAY, D - 3 * DAY


@pytest.fixture
def unit() -> Agency:
    make_calendar()
    return make_agency("UBND huyện Đăk Tô", code="612")


def sweep(as_of: date) -> None:
    nightly.run(as_of=as_of, now=midnight(D + 5 * DAY), trigger="beat")


def told(dossier: Dossier) -> list[tuple[date, str]]:
    return [(point.on, point.text) for point in dossier_timeline(dossier)]


def test_a_life_is_told_in_order_with_lateness_as_the_nights_found_it(unit: Agency) -> None:
    stops = [{"kind": "supplement", "from": moment(D - 9 * DAY).isoformat(), "to": moment(D - 8 * DAY).isoformat()}]
    life = {"received": RECEIVED, "due": DUE, "stops": stops, "original_due": moment(D - 6 * DAY)}
    dossier = observe(make_batch(midnight(D - DAY)), "H1", unit, **life)
    sweep(D - DAY)
    dossier = observe(make_batch(midnight(D)), "H1", unit, **life, status=10, ended=D, returned_at=moment(D + DAY))
    sweep(D)
    assert told(dossier) == [
        (RECEIVED, "Tiếp nhận"),
        (D - 9 * DAY, "Tạm dừng"),
        (D - 8 * DAY, "Tiếp tục giải quyết"),
        (D - 6 * DAY, "Hạn gốc"),
        (DUE, "Hạn hiện hành"),
        (D - DAY, "Ghi nhận quá hạn tại UBND huyện Đăk Tô"),
        (D, "Đã trả kết quả"),
        (D, "Hết quá hạn: đã xử lý xong"),
        (D + DAY, "Trả kết quả"),
    ]


def test_lateness_that_runs_on_into_a_night_already_on_record_is_not_said_to_end(unit: Agency) -> None:
    dossier = observe(make_batch(midnight(D)), "H1", unit, received=RECEIVED, due=DUE)
    sweep(D)
    sweep(D - DAY)  # history filled in before the first night
    assert [text for _on, text in told(dossier)][-2:] == ["Ghi nhận quá hạn tại UBND huyện Đăk Tô"] * 2


def test_every_file_is_told_with_what_it_changed_but_never_the_names(unit: Agency) -> None:
    observe(make_batch(midnight(D - DAY)), "H1", unit, received=RECEIVED, due=DUE)
    dossier = observe(make_batch(midnight(D)), "H1", unit, received=RECEIVED, due=DUE + DAY, applicant="Trần Thị Bình")
    newest, first = dossier_sightings(dossier)
    assert (first.first, first.changes) == (True, ())
    assert [(change.word, change.before, change.after) for change in newest.changes] == [
        ("Ngày hẹn trả", "23:59 04/11/2022", "23:59 05/11/2022"),
        ("Hạn hiện hành", "23:59 04/11/2022", "23:59 05/11/2022"),
        ("Chủ hồ sơ", "(đã ẩn)", "(đã ẩn)"),
    ]
