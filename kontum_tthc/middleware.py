"""What every answer has in common: who may ask at all, and that nothing shown is kept on the way."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kontum_tthc import errors, request_id

Handler = Callable[[HttpRequest], HttpResponse]


class SignInRequired(LoginRequiredMiddleware):
    """People who are not signed in are sent to the sign-in page; programs are told so."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[Any, Any],
    ) -> HttpResponseBase | None:
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        if refused is not None and request.path.startswith(reverse("api:api-root")):
            return JsonResponse({"detail": _("Cần đăng nhập."), "request_id": request_id.current()}, status=401)
        return refused


def numbered(get_response: Handler) -> Handler:
    """Every request gets its id, in the log and in the answer; one that is sent along is believed of our own proxy only."""

    def answer(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(request_id.HEADER, "") if settings.BEHIND_PROXY else ""
        with request_id.answering(given) as number:
            response = get_response(request)
        response.headers[request_id.HEADER] = number
        return response

    return answer


def refused_methods_explained(get_response: Handler) -> Handler:
    """An address opened the wrong way gets words instead of an empty page."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        explained = errors.answer(request, errors.WRONG_WAY)
        explained.headers["Allow"] = response.headers["Allow"]
        return explained

    return answer


def nul_names_nothing(get_response: Handler) -> Handler:
    """An address with a NUL in it names nothing: the database has no text that holds one, and would fail instead of finding none.

    Forms refuse it in words; this is about units and dossiers named by the path.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        return get_response(request)

    return answer


def keep_nothing(get_response: Handler) -> Handler:
    """What the site shows is somebody's to see: neither a cache on the way keeps it nor the browser after sign-out.

    Inside WhiteNoise's middleware, so that static files keep their own Cache-Control.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return answer
