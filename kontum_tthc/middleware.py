"""What every answer has in common: who may ask at all, and that nothing shown is kept on the way."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

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
            return JsonResponse({"detail": _("Cần đăng nhập.")}, status=401)
        return refused


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
