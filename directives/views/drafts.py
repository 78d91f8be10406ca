"""Doors to letters being read: bringing one in, looking at what was found, confirming it. For the provincial office alone."""

from datetime import date
from typing import Any

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.caller import caller, signature
from accounts.models import User
from agencies.access import require
from agencies.rules import Capability
from directives import draft_pages
from directives.documents import MAX_BYTES, DocumentError, letter_text, plain_text
from directives.forms.drafts import DraftForms, LetterForm, UploadForm
from directives.models import LetterDraft
from directives.rules.proposals import proposals
from directives.rules.reading_found import Reading
from directives.rules.reading_text import reference_of
from directives.selectors.drafts import drafts_listed, letters_known, reading_of, unit_names, units_on
from directives.services.drafts import KnownError, draft_confirm, draft_open
from kontum_tthc import clock


@require_http_methods(["GET", "POST"])
def drafts(request: HttpRequest) -> HttpResponse:
    """The drafts, and the form that makes one."""
    user = caller(request)
    require(user, Capability.MANAGE_LETTERS)
    if request.method == "POST":
        return _upload(request, user)
    return _drafts_page(request, UploadForm())


def _upload(request: HttpRequest, user: User) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _drafts_page(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        text = letter_text(file.read(MAX_BYTES + 1)) if file else plain_text(form.cleaned_data["text"])
    except DocumentError as error:
        form.add_error("file" if file else "text", str(error))
        return _drafts_page(request, form, status=422)
    draft = draft_open(text=text, file_name=file.name if file else "", now=clock.now(), actor=signature(user))
    return redirect("directives:draft", pk=draft.pk)


def _drafts_page(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    return render(request, "directives/drafts.html", {"form": form, "drafts": drafts_listed()}, status=status)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read beside the text; sent back, it becomes a letter, or gets one more row."""
    user = caller(request)
    require(user, Capability.MANAGE_LETTERS)
    read = get_object_or_404(LetterDraft.objects.select_related("directive"), pk=pk)
    page = _page(request, read)
    if request.method == "GET" or read.directive or "them" in request.POST:
        return render(request, "directives/draft.html", page)
    forms: DraftForms = page["forms"]
    if not forms.is_valid():
        return render(request, "directives/draft.html", page, status=422)
    try:
        directive = draft_confirm(draft=read, letter=forms.confirmed(), actor=signature(user))
    except KnownError as error:
        return render(request, "directives/draft.html", {**page, "same": error.directive}, status=422)
    notices.success(request, _("Đã ghi nhận công văn. Danh sách tại mốc và kết quả xét được lập trong lần rà soát đêm tới."))
    return redirect("directives:detail", slug=directive.slug)


def _page(request: HttpRequest, read: LetterDraft) -> dict[str, Any]:
    reading = reading_of(read)
    units = units_on(_day(request, reading))
    typed = [value for name, value in request.POST.items() if name.endswith("reference") and isinstance(value, str)]
    cited = [each.reference for each in reading.cited] + ([reading.reference.text] if reading.reference else [])
    known = letters_known({*map(reference_of, typed), *cited})
    more = str(request.POST.get("them", ""))
    forms = DraftForms(proposals(reading, units), units, known=known, data=request.POST or None, more=more)
    forms.name_units(unit_names(forms.units_meant()))
    return {
        "draft": read,
        "segments": draft_pages.segments(read.text, reading),
        "kinds": draft_pages.KINDS,
        "warnings": draft_pages.warnings(reading, units, known),
        "forms": forms,
        "same": known.get(forms.reference),
    }


def _day(request: HttpRequest, reading: Reading) -> date:
    """The day whose units are meant: as sent, as read, else the present one."""
    sent = LetterForm(request.POST)
    sent.is_valid()
    read = reading.issued.day if reading.issued else None
    return sent.cleaned_data.get("issued_on") or read or clock.today()
