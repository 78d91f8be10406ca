"""The command palette: one box that finds units, dossiers, letters, pages and days, within what the caller may see.

The page works without script; the dialog that Ctrl-K opens on every page asks it for the results alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from accounts.caller import caller
from accounts.models import User
from agencies.access import can
from agencies.models import Agency
from agencies.rules import Capability, fold
from agencies.selectors import agencies_found
from directives.models import Directive
from directives.selectors.letters import directives_found
from dossiers.links import list_url
from dossiers.rules.privacy import mask_name
from dossiers.selectors.runs import finished_runs
from dossiers.selectors.search import SHORTEST, DossierFound, dossiers_found
from kontum_tthc import clock
from kontum_tthc.context import PLACES, Place
from ui.formats import day
from ui.htmx import wants_fragment
from ui.states import SYSTEMS

MOST = 6  # of each kind
DATES = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
PAGES = (
    *PLACES,
    Place("reports:calendar", gettext_lazy("Lịch hạn trả"), icon="calendar-due"),
    Place("exchange:keys", gettext_lazy("Kết nối hệ thống"), icon="plug-connected", capability=Capability.SEE_IMPORTS),
    Place("deliveries:schedule", gettext_lazy("Lịch giao nộp"), icon="calendar-event", capability=Capability.SEE_IMPORTS),
    Place("drafting:page", gettext_lazy("Soạn công văn"), icon="pencil", capability=Capability.MANAGE_LETTERS),
    Place("accountability:list", gettext_lazy("Hồ sơ kiểm điểm"), icon="clipboard-list", capability=Capability.SEE_REVIEWS),
    Place("account_change_password", gettext_lazy("Đổi mật khẩu"), icon="key"),
    Place("gallery", gettext_lazy("Thành phần giao diện"), icon="palette", capability=Capability.MANAGE_USERS),
)


class SearchForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Tìm"), required=False, max_length=100)


@dataclass(frozen=True, slots=True)
class Hit:
    url: str
    title: str
    detail: str
    icon: str


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind, at most MOST of them; ``more`` leads to all, ``cut`` says that there are others."""

    key: str
    title: str
    hits: Sequence[Hit]
    cut: bool = False
    more: Hit | None = None

    @classmethod
    def of(cls, key: str, title: str, hits: Sequence[Hit], more: Hit | None = None) -> Self:
        cut = len(hits) > MOST
        return cls(key, title, hits[:MOST], cut=cut and not more, more=more if cut else None)


@require_GET
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    user, form = caller(request), SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "palette/search.html", {"form": form}, status=422)
    text = " ".join(form.cleaned_data["q"].split())
    groups = found(user, text, clock.today())
    page = {"form": form, "text": text, "groups": groups, "count": sum(len(group.hits) for group in groups)}
    page |= {"whole_province": can(user, Capability.SEE_PROVINCE), "short": bool(text) and len(fold(text)) < SHORTEST}
    return render(request, "palette/_options.html" if wants_fragment(request) else "palette/search.html", page)


def found(user: User, text: str, today: date) -> list[Group]:
    """What answers to the text, the likeliest kind first; without a text the pages. At most four queries."""
    asked, most = _asked_day(text), MOST + 1
    units = [_unit(unit, today) for unit in agencies_found(user=user, text=text, on=today, most=most)]
    dossiers = [_dossier(dossier) for dossier in dossiers_found(user=user, text=text, most=most)]
    letters = [_letter(letter) for letter in directives_found(text=text, most=most)]
    listed = Hit(list_url(q=text), _("Mọi hồ sơ có “%(text)s”, trong danh sách") % {"text": text}, "", icon="list-search")
    groups = [
        Group("day", _("Ngày"), _days(asked) if asked else []),
        Group.of("units", _("Đơn vị"), units),
        Group.of("dossiers", _("Hồ sơ"), dossiers, more=listed),
        Group.of("letters", _("Công văn"), letters),
        Group("pages", _("Trang"), _pages(user, text)),
    ]
    return [group for group in groups if group.hits]


def _asked_day(text: str) -> date | None:
    field = forms.DateField(input_formats=DATES, required=False)
    try:
        asked: date | None = field.clean(text)
    except forms.ValidationError:
        return None
    return asked


def _days(asked: date) -> list[Hit]:
    known = finished_runs().filter(as_of=asked).exists()
    said = "" if known else _("chưa có số liệu ngày này")
    places = (
        (f"{reverse('reports:overview')}?ngay={asked}", _("Tổng quan ngày %(day)s"), "layout-dashboard"),
        (f"{reverse('reports:ranking')}?ngay={asked}", _("Xếp hạng ngày %(day)s"), "list-numbers"),
        (list_url(ngay=asked, tinh_trang="overdue"), _("Hồ sơ quá hạn ngày %(day)s"), "folders"),
    )
    return [Hit(url, title % {"day": day(asked)}, said, icon) for url, title, icon in places]


def _unit(unit: Agency, today: date) -> Hit:
    detail = str(unit.parent or unit.get_level_display())
    if unit.valid_to and unit.valid_to < today:
        detail = _("%(above)s, hoạt động đến hết %(day)s") % {"above": detail, "day": day(unit.valid_to)}
    elif unit.valid_from and unit.valid_from > today:
        detail = _("%(above)s, hoạt động từ %(day)s") % {"above": detail, "day": day(unit.valid_from)}
    return Hit(reverse("reports:agency", args=[unit.code]), unit.name, detail, icon="building")


def _dossier(dossier: DossierFound) -> Hit:
    detail = " · ".join((mask_name(dossier.applicant), dossier.agency, str(SYSTEMS[dossier.system])))
    return Hit(reverse("dossiers:detail", args=[dossier.system, dossier.code]), dossier.code, detail, icon="folder")


def _letter(letter: Directive) -> Hit:
    said = {"day": day(letter.issued_on), "subject": letter.subject}
    detail = _("%(day)s, V/v %(subject)s") % said
    return Hit(reverse("directives:detail", args=[letter.slug]), letter.reference, detail, icon="file-description")


def _pages(user: User, text: str) -> list[Hit]:
    words = fold(text).split()
    places = [place for place in PAGES if place.capability is None or can(user, place.capability)]
    return [Hit(reverse(place.url_name), str(place.label), "", place.icon) for place in places if _has_all(words, place.label)]


def _has_all(words: Sequence[str], label: str | Promise) -> bool:
    return all(word in fold(str(label)) for word in words)
