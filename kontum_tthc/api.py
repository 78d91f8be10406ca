"""The API: read-only, for signed-in people, the same selectors as the pages. Writes would need a CSRF token.

The interactive documentation is off: it loads scripts from elsewhere, which the content policy refuses.
The description is at /api/openapi.json.
"""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query, Schema
from ninja.errors import HttpError, ValidationError
from ninja.security import django_auth

from accounts.caller import caller
from agencies.access import visible_agencies
from dossiers.explained import explanation_document
from dossiers.selectors.dossiers import dossier_or_404
from dossiers.selectors.explain import dossier_explanation
from dossiers.selectors.runs import latest_day
from kontum_tthc import clock, errors, request_id
from reports.documents import RankingDocument, no_figures, no_such_field, ranking_document
from reports.selectors.overview import field_meant
from reports.selectors.ranking import ranking
from worktime.rules import CalendarMissing
from worktime.selectors import calendar

api = NinjaAPI(title="Hồ sơ quá hạn Kon Tum", version="1", auth=django_auth, docs_url=None, urls_namespace="api")


class Problem(Schema):
    detail: str
    request_id: str  # also in the header X-Request-ID of every answer


def refusal(request: HttpRequest, detail: str, status: int) -> HttpResponse:
    return api.create_response(request, Problem(detail=detail, request_id=request_id.current()), status=status)


@api.exception_handler(CalendarMissing)
def calendar_missing(request: HttpRequest, error: CalendarMissing) -> HttpResponse:
    return refusal(request, str(error), 503)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return refusal(request, error.message, error.status_code)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return errors.answer(request, errors.MISSING)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    names = ", ".join(dict.fromkeys(str(fault["loc"][-1]) for fault in error.errors))
    detail = _("Không đọc được tham số: %(names)s. Các giá trị nhận được ghi tại /api/openapi.json.") % {"names": names}
    return refusal(request, detail, 422)


@api.get("/ranking", response={200: RankingDocument, 404: Problem, 422: Problem}, summary="Xếp hạng đơn vị theo số hồ sơ quá hạn")
def ranking_of_units(
    request: HttpRequest,
    ngay: date | None = None,
    pham_vi: Literal["own", "area"] = "own",
    cap: Literal["province", "district", "commune"] | None = None,
    he_thong: Literal["old", "new"] | None = None,
    linh_vuc: Annotated[str | None, Query(pattern=r"^[^\x00]*$")] = None,
) -> RankingDocument:
    """The units the caller may see; the words are those of the page /xep-hang/."""
    agencies = visible_agencies(caller(request))
    found = ranking(
        agencies=agencies,
        as_of=ngay or latest_day() or clock.last_ended_day(),
        scope=pham_vi,
        system=he_thong,
        level=cap,
        field=linh_vuc,
    )
    if not found.known:
        raise HttpError(404, no_figures(found))
    if linh_vuc and not field_meant(linh_vuc, agencies=agencies):
        raise HttpError(422, no_such_field(linh_vuc))
    return ranking_document(found)


@api.get(
    "/dossiers/{system}/{path:code}",
    response={200: dict[str, Any], 404: Problem},
    summary="Một hồ sơ, tình trạng và hạn giải thích",
)
def dossier_explained(request: HttpRequest, system: Literal["old", "new"], code: str, ngay: date | None = None) -> dict[str, Any]:
    """The object of ``manage.py explain``; outside the caller's units the dossier is missing."""
    dossier = dossier_or_404(user=caller(request), system=system, code=code)
    as_of = ngay or latest_day() or clock.today()
    return explanation_document(dossier, dossier_explanation(dossier, as_of, calendar()))
