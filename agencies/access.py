"""The single door for "who may see what". Every selector starts from one of these querysets.

Outside one's units a thing answers exactly like a missing one (404).
"""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.shortcuts import get_object_or_404

from accounts.models import User
from agencies.models import Agency, AgencyPath
from agencies.rules import Capability, allows, key_digest

R = TypeVar("R", bound="QuerySet[Model]")


def can(user: User, capability: Capability) -> bool:
    return user.is_active and allows(user.role, capability)


def require(user: User, capability: Capability) -> None:
    """Raise PermissionDenied (403) unless the caller's role has the capability."""
    if not can(user, capability):
        raise PermissionDenied


def visible_agencies(user: User) -> QuerySet[Agency]:
    """The units the caller may see: all, or those the caller answers for."""
    return Agency.objects.all() if can(user, Capability.SEE_PROVINCE) else answered_for(user)


def answered_for(user: User) -> QuerySet[Agency]:
    """The units of the person's memberships and all under them, whatever else the role shows."""
    mine = AgencyPath.objects.filter(agency=OuterRef("pk"), ancestor__memberships__user=user)
    return Agency.objects.filter(Exists(mine))


def sight(user: User) -> str:
    """Names what the caller may see: equal for two people who see the same units."""
    if can(user, Capability.SEE_PROVINCE):
        return "province"
    return ",".join(map(str, user.memberships.order_by("agency_id").values_list("agency_id", flat=True)))


def within_sight(user: User, rows: R) -> R:
    """Those of the rows (with a column ``agency``) whose unit the caller may see."""
    if can(user, Capability.SEE_PROVINCE):
        return rows  # as visible_agencies, without a condition for the database to check row by row
    return rows.filter(agency__in=visible_agencies(user).order_by().values("pk"))


def agency_or_404(user: User, code: str) -> Agency:
    return get_object_or_404(visible_agencies(user), code=code)


def calendar_owner_or_404(key: str) -> User:
    """Who was given this calendar key. A wrong key, a withdrawn one and one of a locked account are equally missing."""
    return get_object_or_404(User, calendar_feed__digest=key_digest(key), is_active=True)


def answers_for(user: User, agency: Agency) -> bool:
    """Whether the unit is the person's own or lies under one of theirs."""
    return answered_for(user).filter(pk=agency.pk).exists()
