"""What every page's frame needs: the menu the role may open, who is signed in, what they have not opened, the page's look."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agencies.access import can
from agencies.models import Agency
from agencies.rules import Capability
from kontum_tthc import clock, request_id
from kontum_tthc.preferences import THEME, offers
from notices.selectors import unopened


@dataclass(frozen=True, slots=True)
class Place:
    """A main page: what opens it, the capability it asks for (None: every signed-in person), the one that makes it needless."""

    url_name: str
    label: Promise
    icon: str
    capability: Capability | None = None
    unless: Capability | None = None


@dataclass(frozen=True, slots=True)
class NavItem:
    label: Promise
    icon: str
    url: str
    current: Literal["", "page", "true"]


PLACES = (
    Place("reports:overview", _("Tổng quan"), icon="layout-dashboard"),
    Place("reports:mine", _("Việc của tôi"), icon="checklist", unless=Capability.SEE_PROVINCE),
    Place("reports:ranking", _("Xếp hạng"), icon="list-numbers"),
    Place("dossiers:list", _("Hồ sơ"), icon="folders"),
    Place("directives:list", _("Công văn"), icon="file-description"),
    Place("explanations:desk", _("Giải trình"), icon="messages"),
    Place("dossiers:imports", _("Nhập liệu"), icon="upload", capability=Capability.SEE_IMPORTS),
    Place("dossiers:nights", _("Rà soát đêm"), icon="moon", capability=Capability.SEE_NIGHTS),
    Place("admin:index", _("Quản trị"), icon="settings", capability=Capability.MANAGE_USERS),
)


def shell(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    frame: dict[str, object] = {
        "demo": settings.DEMO,
        "now": clock.now(),
        "request_id": request_id.current(),
        "theme": THEME.of(request),
        "preferences": offers(request),
    }
    if isinstance(user, User) and user.is_authenticated:
        frame |= {"nav": navigation(user, request.path), "units": _units(user), "unopened": partial(unopened, user)}
    return frame


def navigation(user: User, path: str) -> list[NavItem]:
    """The main pages the person may open, the one at ``path`` marked."""
    allowed = [place for place in PLACES if _open(place, user)]
    return [NavItem(place.label, place.icon, url, _current(url, path)) for place in allowed for url in [reverse(place.url_name)]]


def _open(place: Place, user: User) -> bool:
    needless = place.unless is not None and can(user, place.unless)
    return not needless and (place.capability is None or can(user, place.capability))


def _units(user: User) -> Iterable[str]:
    """The units a person answers for; those who see the whole province cost no query."""
    if can(user, Capability.SEE_PROVINCE):
        return ()
    return Agency.objects.filter(memberships__user=user).values_list("name", flat=True)


def _current(url: str, path: str) -> Literal["", "page", "true"]:
    if url == path:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""
