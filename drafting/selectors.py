"""What a letter about a day says: the published figures of units, and the dossiers behind them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from agencies.models import Agency
from directives.models import Directive
from directives.selectors.explained import overdue_dossiers
from dossiers.models import AgencyDayCount, SourceSystem
from dossiers.selectors.dossiers import Listing
from dossiers.selectors.states import done_late
from drafting.models import LetterTemplate, MadeDraft

FACTS = ("agency", "system_id", "code", "procedure_name", "received_on", "due_on", "ended_on")


class FiguresError(Exception):
    """The published figures and the list behind them differ; no letter may quote either. The text is Vietnamese."""


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """A unit's own overdue dossiers as published."""

    agency: Agency
    old: int
    new: int

    @property
    def total(self) -> int:
        return self.old + self.new


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier of an annex. ``days``: working days late, at its end or at the day of the figures."""

    unit: str
    system: str
    code: str
    procedure: str
    received_on: date | None
    due_on: date
    ended_on: date | None
    days: int


@dataclass(frozen=True, slots=True)
class Letter:
    """What is put into the template. ``since``: annex I begins the day after."""

    as_of: date
    seal: str
    subject: str
    due_on: date
    units: Sequence[UnitFigures]
    cited: Sequence[Directive]
    since: date
    done: Sequence[Line]
    late: Sequence[Line]


def units_overdue(as_of: date) -> list[UnitFigures]:
    """Units with overdue dossiers of their own that day, most first."""
    rows = AgencyDayCount.objects.filter(as_of=as_of, field="", overdue__gt=0).order_by()
    counts: dict[int, dict[str, int]] = {}
    for agency, system, overdue in rows.values_list("agency", "system").annotate(late=Sum("overdue")):
        counts.setdefault(agency, {})[system] = overdue
    found = [
        UnitFigures(agency, counts[agency.pk].get(SourceSystem.OLD, 0), counts[agency.pk].get(SourceSystem.NEW, 0))
        for agency in Agency.objects.filter(pk__in=counts).order_by("sort_key")
    ]
    return sorted(found, key=lambda one: -one.total)


def letters_before(as_of: date) -> list[Directive]:
    """Those a new letter may cite, oldest first."""
    return list(Directive.objects.filter(issued_on__lte=as_of).order_by("issued_on", "reference"))


def letter_content(
    *, night: Listing, codes: Collection[str], cited: Sequence[Directive], subject: str, due_on: date, since: date
) -> Letter:
    """Raises FiguresError when a list does not hold as many dossiers as its published figure says."""
    units = [one for one in units_overdue(night.run.as_of) if one.agency.code in codes]
    names = {one.agency.pk: one.agency.name for one in units}
    late = _late(night, names)
    _check(units, late)
    return Letter(night.run.as_of, night.seal, subject, due_on, units, cited, since, _done(night, names, since), late)


def _late(night: Listing, names: Mapping[int, str]) -> list[Line]:
    found = overdue_dossiers(night).filter(agency__in=names).order_by("due_on", "code")
    return _lines(found.values_list(*FACTS), names, night)


def _done(night: Listing, names: Mapping[int, str], since: date) -> list[Line]:
    """Finished too late after ``since``, by the day's end."""
    ended = night.known.filter(done_late(), agency__in=names, ended_on__gt=since, ended_on__lte=night.run.as_of)
    return _lines(ended.order_by("ended_on", "code").values_list(*FACTS), names, night)


def _lines(rows: Any, names: Mapping[int, str], night: Listing) -> list[Line]:
    """Unit by unit, as the letter names them."""
    days, as_of, order = night.calendar.working_days_between, night.run.as_of, list(names)
    return [
        Line(names[agency], system, code, name, received, due, ended, days(due, min(ended or as_of, as_of)))
        for agency, system, code, name, received, due, ended in sorted(rows, key=lambda row: order.index(row[0]))
    ]


def _check(units: Sequence[UnitFigures], late: Sequence[Line]) -> None:
    listed = Counter((line.unit, line.system) for line in late)
    for one in units:
        for system, published in ((SourceSystem.OLD, one.old), (SourceSystem.NEW, one.new)):
            if listed[one.agency.name, system] != published:
                words = {"unit": one.agency.name, "published": published, "listed": listed[one.agency.name, system]}
                text = _("Số đã công bố của %(unit)s là %(published)s nhưng danh sách có %(listed)s hồ sơ. Không lập dự thảo.")
                raise FiguresError(text % words)


def drafts_made() -> QuerySet[MadeDraft]:
    """Newest first, with the night of their figures."""
    return MadeDraft.objects.select_related("run")


def template_versions() -> QuerySet[LetterTemplate]:
    """Newest first."""
    return LetterTemplate.objects.all()


def template_in_use() -> LetterTemplate | None:
    """None: the built-in one."""
    newest = LetterTemplate.objects.first()
    return newest if newest and newest.file else None
