"""The answer in words: how many, where, better or worse, who has most. The figures beside it say the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.rules.ranking import NOTHING
from reports.selectors.ranking import Comparison, Ranking
from ui.formats import change, day, integer, sentence

NAMED = 2
SINCE = {
    "day": gettext_lazy("%(change)s so với hôm trước"),
    "week": gettext_lazy("%(change)s so với 7 ngày trước"),
    "letter": gettext_lazy("%(change)s từ %(letter)s"),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One comparison; ``tone``: better, worse or same, as a change's colour is named."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Verdict:
    sentences: tuple[str, ...]
    phrases: tuple[Phrase, ...]


def verdict(ranking: Ranking, *, whole_province: bool) -> Verdict:
    """``ranking`` of a date with figures."""
    return Verdict((_how_many(ranking, whole_province), *_who(ranking)), tuple(_phrases(ranking)))


def _how_many(ranking: Ranking, whole_province: bool) -> str:
    now = ranking.total.now if ranking.total else NOTHING
    words = {
        "whose": _("Toàn tỉnh") if whole_province else _("Các đơn vị bạn phụ trách"),
        "n": integer(now.total),
        "day": day(ranking.as_of),
        "old": integer(now.old),
        "new": integer(now.new),
    }
    if not ranking.has("new"):
        return (
            _("%(whose)s có %(n)s hồ sơ quá hạn trên hệ thống cũ lúc 24:00 ngày %(day)s; chưa có dữ liệu hệ thống mới.") % words
        )
    if not ranking.has("old"):
        return (
            _("%(whose)s có %(n)s hồ sơ quá hạn trên hệ thống mới lúc 24:00 ngày %(day)s; chưa có dữ liệu hệ thống cũ.") % words
        )
    return (
        _("%(whose)s có %(n)s hồ sơ quá hạn lúc 24:00 ngày %(day)s: %(old)s trên hệ thống cũ, %(new)s trên hệ thống mới.") % words
    )


def _who(ranking: Ranking) -> Iterator[str]:
    """The first of the ranking, where there is more than one unit and any of them has some."""
    worst = [row for row in ranking.rows[:NAMED] if row.now.total]
    if not worst or len(ranking.rows) == 1:
        return
    words = {"unit": worst[0].unit.name, "n": integer(worst[0].now.total)}
    if len(worst) == 1:
        yield _("Nhiều nhất là %(unit)s (%(n)s).") % words
    else:
        then = {"then": worst[1].unit.name, "m": integer(worst[1].now.total)}
        yield _("Nhiều nhất là %(unit)s (%(n)s), rồi đến %(then)s (%(m)s).") % {**words, **then}


def _phrases(ranking: Ranking) -> Iterator[Phrase]:
    """A comparison that cannot be made is left to the notes beside the figures."""
    for item, value in zip(ranking.comparisons, ranking.total.changes if ranking.total else (), strict=False):
        if value is None or _says_nothing(item, value, ranking):
            continue
        tone = "same" if value == 0 else "better" if value < 0 else "worse"
        yield Phrase(sentence(str(SINCE[item.key]) % {"change": change(value), "letter": item.letter}), tone)


def _says_nothing(item: Comparison, value: int, ranking: Ranking) -> bool:
    """Without any newer file a figure can only age: then neither "fewer" nor "unchanged" may be said."""
    return value <= 0 and bool(ranking.live) and set(ranking.live) <= set(item.stuck)
