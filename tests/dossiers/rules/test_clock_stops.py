"""Stops a row states, joined with those already known."""

from dossiers.rules.clock_stops import ClockStop, course
from tests.factories.worktime import at

AS_OF = at("2022-11-07 17:00")
FIRST = ClockStop(at("2022-10-06 08:00"), at("2022-10-12 08:00"))
SECOND = ClockStop(at("2022-10-17 08:00"))


def test_a_stop_shown_by_an_earlier_extract_is_not_forgotten() -> None:
    found = course([SECOND], [FIRST], kind="supplement", running=False, as_of=AS_OF)
    assert found.stops == (FIRST, SECOND)
    assert found.stopped_at == SECOND.start
    assert found.doubt == ""


def test_the_rows_word_replaces_what_overlaps_it() -> None:
    guessed = ClockStop(at("2022-10-07 00:00"), None, assumed=True)
    found = course([FIRST], [guessed], kind="", running=True, as_of=AS_OF)
    assert found.stops == (FIRST,)


def test_a_stop_that_begins_as_another_ends_is_the_next_and_not_the_same() -> None:
    next_one = ClockStop(FIRST.end or AS_OF)
    assert course([next_one], [FIRST], kind="supplement", running=False, as_of=AS_OF).stops == (FIRST, next_one)
    moment = ClockStop(FIRST.start, FIRST.start)
    assert course([FIRST], [moment], kind="", running=True, as_of=AS_OF).stops == (FIRST,)
    assert course([moment], [moment], kind="", running=True, as_of=AS_OF).stops == (moment,)


def test_a_stop_without_a_date_begins_when_it_was_first_seen_and_stays_there() -> None:
    seen = course([], [], kind="financial", running=False, as_of=AS_OF)
    assert seen.stops == (ClockStop(AS_OF, None, "financial", assumed=True),)
    assert seen.doubt == "stop_undated"
    again = course([], seen.stops, kind="financial", running=False, as_of=at("2022-11-09 17:00"))
    assert again.stopped_at == AS_OF
    assert again.doubt == ""


def test_work_going_on_ends_an_open_stop_once_and_for_all() -> None:
    ended = course([SECOND], [], kind="", running=True, as_of=AS_OF)
    assert ended.stops == (ClockStop(SECOND.start, AS_OF, assumed=True),)
    assert (ended.stopped_at, ended.doubt) == (None, "stop_unclosed")
    later = course([SECOND], ended.stops, kind="", running=True, as_of=at("2022-11-09 17:00"))
    assert later.stops == ended.stops


def test_an_ended_dossier_keeps_the_stop_it_ended_in() -> None:
    found = course([SECOND], [], kind="", running=False, as_of=AS_OF)
    assert found.stops == (SECOND,)
    assert found.stopped_at is None


def test_a_stop_survives_its_way_through_json() -> None:
    for stop in (FIRST, SECOND, ClockStop(AS_OF, None, "financial", assumed=True)):
        assert ClockStop.from_dict(stop.as_dict()) == stop
