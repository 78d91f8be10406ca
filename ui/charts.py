"""What a page says to draw; ``static/js/charts.js`` draws it, ``templates/ui/chart.html`` adds the same figures as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ui.formats import day, integer

Tone = Literal["old", "new", "total", "late", "calm", "age-5", "age-10", "age-30", "age-90", "age-more"]


DOSSIERS, DAY = gettext_lazy("hồ sơ"), gettext_lazy("Ngày")


class SeriesSpec(TypedDict):
    name: str
    tone: Tone
    values: list[int | None]


class MarkSpec(TypedDict):
    at: str
    name: str


class ChartSpec(TypedDict):
    kind: Literal["line", "bar"]
    stacked: bool
    horizontal: bool
    unit: str
    unknown: str
    labels: list[str]
    series: list[SeriesSpec]
    marks: list[MarkSpec]


@dataclass(frozen=True, slots=True)
class Series:
    """One line or set of bars; None is an unknown day: a gap, not zero."""

    name: str
    tone: Tone
    values: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Mark:
    """A vertical line with a name, such as a directive."""

    at: date | str
    name: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart over days or categories. ``key`` is unique on the page and becomes element ids; ``horizontal`` suits long names."""

    key: str
    title: str
    labels: Sequence[date | str]
    series: Sequence[Series]
    marks: Sequence[Mark] = field(default=())
    kind: Literal["line", "bar"] = "line"
    stacked: bool = False
    horizontal: bool = False
    unit: str | Promise = DOSSIERS
    label_heading: str | Promise = DAY

    @property
    def spec_id(self) -> str:
        return f"chart-{self.key}-spec"

    @property
    def empty(self) -> bool:
        return not any(value is not None for series in self.series for value in series.values)

    def spec(self) -> ChartSpec:
        return {
            "kind": self.kind,
            "stacked": self.stacked,
            "horizontal": self.horizontal,
            "unit": str(self.unit),
            "unknown": _("không có số liệu"),
            "labels": [_label(label) for label in self.labels],
            "series": [{"name": one.name, "tone": one.tone, "values": list(one.values)} for one in self.series],
            "marks": [{"at": _label(mark.at), "name": mark.name} for mark in self.marks],
        }

    def rows(self) -> Iterator[tuple[str, list[str]]]:
        """The table behind the drawing: (label, one figure per series)."""
        for i, label in enumerate(self.labels):
            yield _label(label), [integer(one.values[i]) for one in self.series]


def _label(value: date | str) -> str:
    return value if isinstance(value, str) else day(value)
