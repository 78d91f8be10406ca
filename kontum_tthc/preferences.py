"""How a person wants pages to look and in which language: two cookies of the browser, asked for before signing in as well."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

YEAR = 365 * 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Preference:
    """One thing to choose. The first choice holds until another is made; ``name`` is also the name of its address."""

    name: str
    cookie: str
    label: str | Promise
    choices: Mapping[str, str | Promise]

    def of(self, request: HttpRequest) -> str:
        """What the person chose; a cookie that means nothing counts as none."""
        chosen = request.COOKIES.get(self.cookie, "")
        return chosen if chosen in self.choices else next(iter(self.choices))


THEME = Preference("theme", "giao_dien", _("Giao diện"), {"light": _("Sáng"), "dark": _("Tối"), "auto": _("Theo máy")})
LANGUAGE = Preference("language", "ngon_ngu", _("Ngôn ngữ"), dict(settings.LANGUAGES))


@dataclass(frozen=True, slots=True)
class Offer:
    """A preference as the menu prints it."""

    preference: Preference
    url: str
    chosen: str

    @classmethod
    def to(cls, request: HttpRequest, preference: Preference) -> Self:
        return cls(preference, reverse(preference.name), preference.of(request))


def offers(request: HttpRequest) -> list[Offer]:
    return [Offer.to(request, preference) for preference in (THEME, LANGUAGE)]


def spoken(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the chosen language, for this one answer.

    What the browser prefers is not asked: many here are set to English, few of their owners are.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        language = LANGUAGE.of(request)
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return answer


@login_not_required
@require_POST
def choose(request: HttpRequest, preference: Preference) -> HttpResponse:
    """Remember a choice and go back to the page it was made on."""
    choice = request.POST.get("choice", "")
    if choice not in preference.choices:
        raise BadRequest(f"{preference.name} {choice!r} is not on offer")
    response = redirect(page_before(request))
    response.set_cookie(preference.cookie, choice, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return response


def page_before(request: HttpRequest) -> str:
    """The page of this site where the button was pressed (a header knows addresses that scripts have changed), else the first."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if ours else "/"
