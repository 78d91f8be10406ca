"""The door for other systems: they push dossiers, progress and pages, each signed by a key (docs/exchange.md).

Described at /api/v1/openapi.json, which is open: it holds nothing but the shapes.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, cast

from celery import current_app
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError
from ninja import Header, NinjaAPI, Path, Query
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from accounts.limits import too_often
from dossiers import messages
from dossiers.models import ImportBatch
from dossiers.sources.base import SourceError
from exchange.documents import Answer, DossiersBody, Pages, ProgressBody, Refusal, answer, settled
from exchange.models import ApiKey, Service
from exchange.selectors import key_of_token, request_or_404
from exchange.services import OtherBodyError, push_open, push_run
from kontum_tthc import clock
from worktime.rules import VIETNAM, CalendarMissing

MINUTE, MEGABYTE = 60, 1024 * 1024
NUMBER, FOR_EXAMPLE = r"^[A-Za-z0-9._-]{8,100}$", "yeu-cau-0001"
Number = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=NUMBER,
        examples=[FOR_EXAMPLE],
        description="Mã yêu cầu do bên gửi đặt; gửi lại thì giữ nguyên",
    ),
]
AsOf = Annotated[
    datetime | None,
    Query(
        alias="thoi_diem", description="Thời điểm số liệu mô tả, ISO 8601; không ghi múi giờ là giờ Việt Nam; mặc định: lúc nhận"
    ),
]
Status = ImportBatch.Status
REFUSALS = dict.fromkeys((400, 401, 403, 409, 413, 422, 429, 503), Refusal)
PUSHED = {200: Answer, 202: Answer, **REFUSALS}


class Key(HttpBearer):
    """``Authorization: Bearer kontum_…``; with ``service``, a key that may send it."""

    def __init__(self, service: Service | None = None) -> None:
        super().__init__()
        self.service = service

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        key = key_of_token(token, clock.today())
        if key and self.service and self.service not in key.services:
            raise HttpError(403, _("Khóa này không được gửi %(service)s.") % {"service": self.service.label})
        return key


class PerMinute(BaseThrottle):
    """As many requests as the key allows in a minute that begins with the first of them."""

    def allow_request(self, request: HttpRequest) -> bool:
        key = _key(request)
        return not too_often(f"exchange:{key.pk}", key.per_minute, MINUTE)


class Readable(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}  # people read these sentences in their logs


api = NinjaAPI(
    title="Tiếp nhận hồ sơ từ các hệ thống",
    version="1",
    docs_url=None,
    urls_namespace="exchange-api",
    auth=Key(),
    throttle=PerMinute(),
    renderer=Readable(),
)


@api.post("/dong-bo-ho-so", auth=Key(Service.DOSSIERS), response=PUSHED, summary="DongBoHoSoMC")
def dossiers_push(request: HttpRequest, body: DossiersBody, number: Number, data_as_of: AsOf = None) -> HttpResponse:
    """Whole dossiers, as the national exchange has them; new or known, whatever isUpdating says."""
    return _push(request, Service.DOSSIERS, number, data_as_of)


@api.post(
    "/cap-nhat-tien-do",
    auth=Key(Service.PROGRESS),
    response=PUSHED,
    summary="CapNhatTienDoHoSoMC",
)
def progress_push(request: HttpRequest, body: ProgressBody, number: Number, data_as_of: AsOf = None) -> HttpResponse:
    """Events of dossiers that are known."""
    return _push(request, Service.PROGRESS, number, data_as_of)


@api.post("/trang-ho-so", auth=Key(Service.PAGES), response=PUSHED, summary="Trang kiểu iGate")
def pages_push(request: HttpRequest, body: Pages, number: Number, data_as_of: AsOf = None) -> HttpResponse:
    """One page, or several in a list."""
    return _push(request, Service.PAGES, number, data_as_of)


@api.get("/yeu-cau/{number}", response={200: Answer, 202: Answer, 404: Refusal, **REFUSALS}, summary="Kết quả của một yêu cầu")
def push_answered(request: HttpRequest, number: Annotated[str, Path(pattern=NUMBER, examples=[FOR_EXAMPLE])]) -> HttpResponse:
    """What became of one of the key's own requests."""
    return _answered(request, request_or_404(_key(request), number).batch)


def _push(request: HttpRequest, service: Service, number: str, data_as_of: datetime | None) -> HttpResponse:
    now = clock.now()
    if data_as_of and data_as_of.tzinfo is None:
        data_as_of = data_as_of.replace(tzinfo=VIETNAM)
    push = push_open(key=_key(request), number=number, service=service, body=request.body, data_as_of=data_as_of, now=now)
    batch = push_run(push=push, now=now)
    if batch.status == Status.WAITING:
        current_app.send_task("dossiers.tasks.intake", args=[batch.pk], retry=False)
    return _answered(request, batch)


def _answered(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    if batch.status in (Status.REFUSED, Status.CANCELED):
        return _refusal(request, 422, batch.message, batch=batch.pk)
    return api.create_response(request, answer(batch), status=200 if settled(batch) else 202)


def _key(request: HttpRequest) -> ApiKey:
    return cast(ApiKey, request.auth)  # type: ignore[attr-defined]  # ninja puts there what authenticate() found


def _refusal(request: HttpRequest, status: int, message: str, *, batch: int | None = None) -> HttpResponse:
    said = Refusal(error_code=str(status), message=message, batch=batch)
    return api.create_response(request, said, status=status)


# What goes wrong, each in one sentence that says the remedy


@api.exception_handler(AuthenticationError)
def unknown_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    text = _("Thiếu khóa kết nối, hoặc khóa sai, hết hạn, đã thu hồi. Gửi tiêu đề Authorization: Bearer kèm khóa được cấp.")
    refused = _refusal(request, 401, text)
    refused.headers["WWW-Authenticate"] = "Bearer"
    return refused


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    refused = _refusal(request, 429, _("Khóa này đã gửi quá số yêu cầu cho phép trong một phút. Chờ rồi gửi tiếp."))
    refused.headers["Retry-After"] = str(MINUTE)
    return refused


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    broken = error.status_code == 400  # ninja's own, in English
    return _refusal(request, error.status_code, _("Nội dung gửi không phải JSON.") if broken else error.message)


@api.exception_handler(ValidationError)
def misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    places = ", ".join(dict.fromkeys(".".join(map(str, fault["loc"])) for fault in error.errors[:10]))
    text = _("Yêu cầu không đúng dạng tại: %(places)s. Dạng đúng ghi tại %(address)s.")
    return _refusal(request, 422, text % {"places": places, "address": reverse("exchange-api:openapi-json")})


@api.exception_handler(SourceError)
def not_taken(request: HttpRequest, error: SourceError) -> HttpResponse:
    return _refusal(request, 422, messages.refusal(error.reason, error.parameters))


@api.exception_handler(OtherBodyError)
def used_already(request: HttpRequest, error: OtherBodyError) -> HttpResponse:
    return _refusal(request, 409, _("Mã yêu cầu này đã dùng cho nội dung khác. Mỗi nội dung cần một Idempotency-Key riêng."))


@api.exception_handler(RequestDataTooBig)
def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
    return _refusal(request, 413, _("Nội dung gửi quá %(most)s MB. Chia thành nhiều yêu cầu.") % {"most": most})


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return _refusal(request, 404, _("Không có yêu cầu nào mang mã này dưới khóa đang dùng."))


@api.exception_handler(CalendarMissing)
def calendar_missing(request: HttpRequest, error: CalendarMissing) -> HttpResponse:
    return _refusal(request, 503, str(error))


@api.exception_handler(OperationalError)
def nobody_works(request: HttpRequest, error: OperationalError) -> HttpResponse:
    return _refusal(request, 503, _("Đã giữ nội dung nhưng bộ xử lý chưa nhận việc. Gửi lại y nguyên với cùng Idempotency-Key."))


urls = api.urls
for address in urls[0]:
    login_not_required(cast(Callable[..., HttpResponse], address.callback))  # a key lets in, not a person's session
