"""The API: read-only, for signed-in people, the same selectors as the pages. Writes would need a CSRF token.

The interactive documentation is off: it loads scripts from elsewhere, which the content policy refuses.
The description is at /api/openapi.json.
"""

from datetime import date
from typing import Literal

from django.http import HttpRequest
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError
from ninja.security import django_auth

from accounts.caller import caller
from agencies.access import visible_agencies
from kontum_tthc import clock
from reports.documents import RankingDocument, no_figures, ranking_document
from reports.selectors.nights import latest
from reports.selectors.ranking import ranking

api = NinjaAPI(title="Hồ sơ quá hạn Kon Tum", version="1", auth=django_auth, docs_url=None, urls_namespace="api")


class Problem(Schema):
    detail: str


@api.get("/ranking", response={200: RankingDocument, 404: Problem}, summary="Xếp hạng đơn vị theo số hồ sơ quá hạn")
def ranking_of_units(
    request: HttpRequest,
    ngay: date | None = None,
    pham_vi: Literal["own", "area"] = "own",
    cap: Literal["province", "district", "commune"] | None = None,
    he_thong: Literal["old", "new"] | None = None,
    linh_vuc: str | None = None,
) -> RankingDocument:
    """The units the caller may see; the words are those of the page /xep-hang/."""
    found = ranking(
        agencies=visible_agencies(caller(request)),
        as_of=ngay or latest() or clock.last_ended_day(),
        scope=pham_vi,
        system=he_thong,
        level=cap,
        field=linh_vuc,
    )
    if not found.known:
        raise HttpError(404, no_figures(found))
    return ranking_document(found)
