"""Progress events through the front door: laid over what is known, told twice, told late."""

import io
from datetime import timedelta

import pytest

from accounts.models import User
from dossiers.models import DossierRevision, Procedure
from dossiers.services.intake import batch_run
from dossiers.services.wordings import words_teach
from tests.dossiers.services.test_intake import LATER, counts, dossier, dossier_code, reasons
from tests.factories.intake import AS_OF, make_world, national, national_file, take
from tests.factories.worktime import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    make_world()


def event(number: int, status: str, moment: str, **more: str) -> dict[str, str]:
    return {"MaHoSo": dossier_code(number), "TrangThai": status, "ThoiDiemXuLy": moment, "NguoiXuLy": "Lê Văn Chung", **more}


def progress(*events: dict[str, str]) -> io.BytesIO:
    return national_file(events, "CapNhatTienDoHoSoMC")


def test_progress_is_laid_over_what_is_known() -> None:
    take(national_file([national(1, NgayHenTra=""), national(2)]))
    batch = take(
        progress(
            event(1, "5", "20221026080000"),
            event(1, "4", "20221028080000"),
            event(2, "9", "20221028150000"),
            event(7, "4", "20221028150000"),
            event(2, "x", "20221028150000"),
        ),
        kind="delta",
        as_of=LATER,
        now=LATER,
    )
    assert counts(batch) == {"changed": 2, "rejected": 2}
    assert sorted(reason for _kind, _line, reason in reasons(batch)) == ["dossier_unknown", "status_unknown"]
    assert (dossier(1).status, dossier(1).due_on, dossier(1).officer) == (4, at("2022-11-02 00:00").date(), "Lê Văn Chung")
    assert (dossier(2).status, dossier(2).ended_at) == (9, at("2022-10-28 15:00"))
    assert dossier(2).applicant == "Nguyễn Văn An"


def test_a_status_the_system_was_taught_is_heard_in_progress_too(data_steward: User) -> None:
    take(national_file([national(1)]))
    asked = take(progress(event(1, "Lưu kho", "20221028150000")), kind="delta", as_of=LATER, now=LATER)
    assert [reason for _kind, _line, reason in reasons(asked)] == ["status_unknown"]
    again = words_teach(batch=asked, units={}, statuses={"Lưu kho": "9"}, user=data_steward, now=LATER)
    batch_run(batch=again, now=LATER)
    assert (dossier(1).status, dossier(1).ended_at) == (9, at("2022-10-28 15:00"))


def test_returning_the_result_does_not_move_the_end() -> None:
    take(national_file([national(1)]))
    for hours, told in ((1, event(1, "9", "20221028150000")), (2, event(1, "10", "20221104090000"))):
        take(progress(told), kind="delta", as_of=LATER + timedelta(hours=hours), now=LATER + timedelta(hours=hours))
    found = dossier(1)
    assert (found.status, found.ended_at, found.returned_at) == (10, at("2022-10-28 15:00"), at("2022-11-04 09:00"))


def test_a_stop_told_as_progress_keeps_its_kind_and_counts_only_where_the_procedure_says_so() -> None:
    Procedure.objects.filter(code="1.000003").update(financial_stops=False)
    take(national_file([national(1), national(2, MaTTHC="1.000003")]))
    told = [event(number, status, day) for number in (1, 2) for status, day in (("6", "20221026080000"), ("4", "20221028080000"))]
    take(progress(*told), kind="delta", as_of=LATER, now=LATER)
    assert [stop["kind"] for stop in dossier(1).stops] == ["financial"]
    assert dossier(2).stops == []


def test_the_moment_a_stop_began_takes_the_place_of_the_one_assumed() -> None:
    """An extract shows dossiers waiting without saying since when; the events come afterwards."""
    waiting = [national(n, NgayHenTra="", TrangThaiHoSo="5") for n in (1, 2)]
    take(national_file(waiting))
    told = [event(1, "5", "20221026080000"), event(2, "5", "20221026080000"), event(2, "4", "20221028080000")]
    batch = take(progress(*told), kind="delta", as_of=LATER, now=LATER)
    assert (batch.changed, batch.rejected) == (2, 0)
    (since,) = dossier(1).stops
    assert (since["from"], since["to"], "assumed" in since) == ("2022-10-26T08:00:00+07:00", None, False)
    assert dossier(1).stopped_at == at("2022-10-26 08:00")
    assert dossier(2).stops[0]["to"] == "2022-10-28T08:00:00+07:00"


def test_a_stop_assumed_and_left_alone_by_the_events_stays_assumed() -> None:
    take(national_file([national(1, TrangThaiHoSo="5")]))
    take(progress(event(1, "5", "20221108080000")), kind="delta", as_of=LATER, now=LATER)
    (stop,) = dossier().stops
    assert (stop["from"], stop["assumed"]) == (AS_OF.isoformat(), True)


def test_two_kinds_of_waiting_in_a_row_are_two_stops_and_none_pushes_the_other_out() -> None:
    Procedure.objects.filter(code="1.000002").update(financial_stops=False, time_limit=5, time_unit="working_day")
    take(national_file([national(1, NgayHenTra=""), national(2, NgayHenTra="", MaTTHC="1.000002")]))
    told = [(status, f"202210{day}080000") for status, day in (("5", 26), ("6", 28))]
    take(progress(*(event(n, *each) for n in (1, 2) for each in told)), kind="delta", as_of=LATER, now=LATER)
    hour = LATER + timedelta(hours=1)
    take(progress(*(event(n, "4", "20221101080000") for n in (1, 2))), kind="delta", as_of=hour, now=hour)
    spans = {n: [(stop["kind"], stop["from"][5:10], stop["to"][5:10]) for stop in dossier(n).stops] for n in (1, 2)}
    assert spans == {
        1: [("supplement", "10-26", "10-28"), ("financial", "10-28", "11-01")],
        2: [("supplement", "10-26", "10-28")],
    }
    assert [f"{dossier(n).due_on:%d/%m}" for n in (1, 2)] == ["04/11", "02/11"]


def test_of_events_of_one_moment_the_one_listed_last_stands() -> None:
    take(national_file([national(1)]))
    take(progress(event(1, "9", "20221028150000"), event(1, "10", "20221028150000")), kind="delta", as_of=LATER, now=LATER)
    assert dossier().status == 10


def test_progress_told_twice_or_late_changes_nothing() -> None:
    take(national_file([national(1)]))
    file = progress(event(1, "5", "20221026080000"), event(1, "9", "20221028080000"))
    take(file, kind="delta", as_of=LATER, now=LATER)
    again = take(file, kind="delta", as_of=LATER + timedelta(hours=1), now=LATER + timedelta(hours=1))
    assert counts(again) == {"unchanged": 1}
    late = take(
        progress(event(1, "4", "20221027080000")), kind="delta", as_of=LATER + timedelta(hours=2), now=LATER + timedelta(hours=2)
    )
    assert counts(late) == {"unchanged": 1}
    stale = take(progress(event(1, "4", "20221106080000")), kind="delta", as_of=AS_OF - timedelta(hours=1))
    assert counts(stale) == {"stale": 1}
    assert dossier().status == 9
    assert DossierRevision.objects.count() == 2


def test_a_full_row_after_progress_is_judged_again_even_when_its_words_are_old() -> None:
    take(national_file([national(1)]))
    take(progress(event(1, "9", "20221028080000")), kind="delta", as_of=LATER, now=LATER)
    back = take(national_file([national(1)]), as_of=LATER + timedelta(days=1), now=LATER + timedelta(days=1))
    assert counts(back) == {"changed": 1}
    assert dossier().status == 4


def test_progress_is_never_a_full_extract() -> None:
    batch = take(progress(event(1, "9", "20221028080000")))
    assert (batch.status, "bản thay đổi" in batch.message) == ("refused", True)
