"""Doors to what a person keeps: saving the question a page shows, and forgetting it."""

from django.contrib import messages as notices
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.caller import caller
from accounts.forms import SavedViewForm
from accounts.services import view_delete, view_save
from kontum_tthc import clock


@require_POST
def saved_view_save(request: HttpRequest) -> HttpResponse:
    form = SavedViewForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            view_save(user=caller(request), page=given["page"], name=given["name"], query=form.question(), now=clock.now())
        except ValidationError as error:
            form.add_error("name", error.messages)
        else:
            notices.success(request, _("Đã lưu bộ lọc “%(name)s”.") % {"name": given["name"]})
            return redirect(reverse(given["page"]) + (f"?{given['query']}" if given["query"] else ""))
    return render(request, "accounts/saved_view.html", {"form": form}, status=422)


@require_POST
def saved_view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else's answers like a missing one."""
    view = view_delete(user=caller(request), pk=pk)
    if view is None:
        raise Http404
    notices.success(request, _("Đã xóa bộ lọc “%(name)s”.") % {"name": view})
    return redirect(view.address)
