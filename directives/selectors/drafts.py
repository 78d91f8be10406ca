"""Reading what a draft needs: what was found in it, the units words can mean on a day, the letters known already."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.fields.json import KT
from pydantic import TypeAdapter

from agencies.models import Agency
from agencies.selectors import agencies_on, agency_index
from directives.models import Directive, LetterDraft
from directives.rules.reading_found import Reading
from directives.rules.reading_units import Group, Units

READING = TypeAdapter(Reading)  # a reading as the database keeps it, and back

# What each group is made of, by the kind of unit (data/agencies_2022.csv).
KINDS: Mapping[Group, tuple[str, ...]] = {
    "departments": ("văn phòng", "sở", "thanh tra", "ban"),
    "boards": ("ban quản lý",),
    "districts": ("thành phố", "thị xã", "huyện"),
    "rural_districts": ("huyện",),
    "communes": ("xã", "phường", "thị trấn"),
    "branches": ("chi nhánh VPĐKĐĐ",),
}


def units_on(on: date) -> Units:
    """Everything a letter of that day can mean by a unit's name or a group's."""
    units = list(agencies_on(on).order_by("pk").values_list("pk", "type"))
    groups = {group: [pk for pk, kind in units if kind in kinds] for group, kinds in KINDS.items()}
    return Units(agency_index(), groups, on)


def drafts_listed() -> QuerySet[LetterDraft]:
    """Drafts with number and subject as read and the letters made of them; those to be confirmed first, the newest before."""
    drafts = LetterDraft.objects.select_related("directive").defer("text", "found", "directive__text")
    read = drafts.annotate(reference=KT("found__reference__text"), subject=KT("found__subject__text"))
    return read.alias(waits=ExpressionWrapper(Q(directive=None), BooleanField())).order_by("-waits", "-created_at", "-pk")


def reading_of(draft: LetterDraft) -> Reading:
    """What was found when the draft was opened."""
    return READING.validate_python(draft.found)


def letters_known(references: Collection[str]) -> dict[str, Directive]:
    """Those of the references that are written down, by reference."""
    return {letter.reference: letter for letter in Directive.objects.filter(reference__in=references)}


def unit_names(agencies: Collection[int]) -> dict[int, str]:
    return dict(Agency.objects.filter(pk__in=agencies).values_list("pk", "name"))


def references_confirmed() -> set[str]:
    """Of the letters a person confirmed from their text."""
    return set(Directive.objects.filter(draft__isnull=False).values_list("reference", flat=True))
