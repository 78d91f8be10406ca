"""Reading units: the index for matching, who is under whom, who was given which, who answers after a reorganisation."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.access import visible_agencies
from agencies.models import Agency, AgencyAlias, AgencyPath, AgencySuccession, CalendarFeed
from agencies.rules import AgencyFacts, AgencyIndex, Capability, Succession, fold, match_key, responsible, roles_with

LEVELS = (Agency.Level.PROVINCE, Agency.Level.DISTRICT, Agency.Level.COMMUNE)


def _existing(on: date) -> Q:
    begun, lasting = Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return begun & lasting


def agencies_on(on: date) -> QuerySet[Agency]:
    """The units existing on that date."""
    return Agency.objects.filter(_existing(on))


def agencies_found(*, user: User, text: str, on: date, most: int) -> list[Agency]:
    """The caller's units of any time whose name or code has every word of ``text``, or that are also written so.

    Those existing on that date first, then by how well they fit, from the province down.
    """
    words, key = fold(text).split(), match_key(text)
    if not key:
        return []
    aliases = AgencyAlias.objects.filter(agency=OuterRef("pk"))
    named = Q(*(Q(search_key__contains=word) for word in words))
    units = visible_agencies(user).filter(named | Exists(aliases.filter(key__contains=key))).select_related("parent")
    exists = ExpressionWrapper(_existing(on), output_field=BooleanField())
    rows = [
        (not unit.exists, unit.code != text, not unit.called_so and not _called(unit, key), LEVELS.index(unit.level), place, unit)
        for place, unit in enumerate(units.annotate(exists=exists, called_so=Exists(aliases.filter(key=key))))
    ]
    return [unit for *_rank, unit in sorted(rows)[:most]]


def _called(unit: Agency, key: str) -> bool:
    return key in (match_key(unit.name), match_key(unit.local_name))


def agencies_in(agency: Agency, scope: str) -> QuerySet[Agency]:
    """The unit alone (scope ``own``), or it and all under it (``area``)."""
    return Agency.objects.filter(above__ancestor=agency) if scope == "area" else Agency.objects.filter(pk=agency.pk)


def units_given(user: User) -> QuerySet[Agency]:
    """The units the person answers for by name; what lies under them is in ``access.answered_for``."""
    return Agency.objects.filter(memberships__user=user)


def people_allowed(capability: Capability) -> QuerySet[User]:
    """Everybody whose role has the capability and who is not locked out."""
    return User.objects.filter(is_active=True, role__in=roles_with(capability))


def people_answering(agencies: Collection[int], capability: Capability) -> dict[int, set[int]]:
    """Per unit the people who answer for it, by itself or by a unit above it, and whose role has the capability. One query."""
    given = AgencyPath.objects.filter(agency__in=agencies, ancestor__memberships__user__in=people_allowed(capability))
    found: defaultdict[int, set[int]] = defaultdict(set)
    for agency, person in given.values_list("agency_id", "ancestor__memberships__user_id"):
        found[agency].add(person)
    return found


def calendar_feed_of(user: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user=user).first()


def agencies_named(codes: Collection[str]) -> list[Agency]:
    """Raises ValidationError that names the codes no unit bears."""
    found = {agency.code: agency for agency in Agency.objects.filter(code__in=codes)}
    if missing := [code for code in codes if code not in found]:
        raise ValidationError(_("Không có đơn vị mang mã %(codes)s.") % {"codes": ", ".join(missing)})
    return list(found.values())


def agency_index() -> AgencyIndex:
    """An index of all units of all times, in two queries; build one per batch."""
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for agency_id, text in AgencyAlias.objects.values_list("agency_id", "text"):
        aliases[agency_id].append(text)
    return AgencyIndex(
        AgencyFacts(
            id=agency.pk,
            code=agency.code,
            names=(agency.name, agency.local_name),
            aliases=tuple(aliases[agency.pk]),
            parent_id=agency.parent_id,
            valid_from=agency.valid_from,
            valid_to=agency.valid_to,
        )
        for agency in Agency.objects.all()
    )


def responsible_agency(agency: Agency, on: date) -> Agency | None:
    """Who answers on that date for the unit's dossiers (R12); None when it has ended without a single successor."""
    ends = dict(Agency.objects.values_list("pk", "valid_to"))
    successions = [
        Succession(*row) for row in AgencySuccession.objects.values_list("predecessor_id", "successor_id", "effective_on")
    ]
    answering = responsible(agency.pk, on, ends=ends, successions=successions)
    return Agency.objects.get(pk=answering) if answering is not None else None
