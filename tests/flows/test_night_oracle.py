"""Nights over a fortnight of extracts equal an oracle that knows nothing of the product."""

from datetime import date, datetime, timedelta

import pytest

from dossiers.models import SweepRun
from dossiers.selectors.counts import FIGURES
from kontum_tthc import nightly
from tests.flows import oracle
from tests.flows.oracle import DAY, FIRST, LAST, Said

pytestmark = pytest.mark.django_db
NIGHTS = [FIRST + DAY * n for n in range((LAST - FIRST).days + 1)]
SEEDS = [1, 2, 3]


def equal_to_the_oracle(words: list[Said]) -> None:
    assert oracle.written_counts() == oracle.expected_counts(words, NIGHTS)
    assert oracle.written_episodes() == oracle.expected_episodes(words, NIGHTS)
    assert list(SweepRun.objects.order_by("as_of").values_list("as_of", flat=True)) == NIGHTS


def told_by(words: list[Said], day: date) -> list[Said]:
    return [said for said in words if said.at.date() == day]


def after_midnight(day: date) -> datetime:
    return oracle.evening(day) + timedelta(hours=2, minutes=15)


def test_the_story_says_everything_a_source_can_say() -> None:
    """Otherwise the equalities below prove little."""
    seen: set[str] = set()
    ends: set[str] = set()
    for seed in SEEDS:
        words = oracle.story(seed)
        seen |= {name for figures in oracle.expected_counts(words, NIGHTS)[0].values() for name in figures}
        ends |= {span[-1] for span in oracle.expected_episodes(words, NIGHTS)}
    assert seen == set(FIGURES)
    assert ends == {"", "finished", "ended_other", "due_moved", "transferred", "stopped", "uncounted"}


@pytest.mark.parametrize("seed", SEEDS)
def test_nights_run_on_time(seed: int) -> None:
    words, units = oracle.story(seed), oracle.stage()
    first_night_of_new = oracle.STARTS["new"]
    oracle.tell([said for said in words if said.at.date() <= first_night_of_new], units)
    for night in NIGHTS:
        if night > first_night_of_new:
            oracle.tell(told_by(words, night), units)
        nightly.catch_up(upto=night, now=after_midnight(night), trigger="beat")
    equal_to_the_oracle(words)


@pytest.mark.parametrize("seed", SEEDS)
def test_three_missed_nights_are_made_up_as_if_on_time(seed: int) -> None:
    words, units = oracle.story(seed), oracle.stage()
    missed = NIGHTS[-4:-1]
    oracle.tell([said for said in words if said.at.date() < missed[0]], units)
    nightly.run_range(since=FIRST, until=missed[0] - DAY, now=after_midnight(missed[0]), trigger="beat")
    oracle.tell([said for said in words if said.at.date() >= missed[0]], units)
    made_up = nightly.catch_up(upto=LAST, now=after_midnight(LAST), trigger="beat")
    assert [run.as_of for run in made_up] == [*missed, LAST]
    equal_to_the_oracle(words)
