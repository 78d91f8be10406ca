"""Doors to the letters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.caller import caller
from agencies.access import can
from agencies.rules import Capability
from directives.charts import chain_graph
from directives.models import Directive
from directives.presenters import sheet
from directives.selectors.explanations import calls_seen, calls_standing
from directives.selectors.letters import citation_chain, citations, directives_listed, quoted_figures
from directives.views.following import follow_page
from dossiers.first_run import first_run
from dossiers.selectors.runs import latest_day
from kontum_tthc import clock


@require_GET
def directive_list(request: HttpRequest) -> HttpResponse:
    user, letters = caller(request), directives_listed()
    page = {"directives": letters, "managing": can(user, Capability.MANAGE_LETTERS)}
    page |= {"first_run": None if letters else first_run(user)}
    return render(request, "directives/list.html", page)


@require_GET
def directive_detail(request: HttpRequest, slug: str) -> HttpResponse:
    user, directive = caller(request), get_object_or_404(Directive, slug=slug)
    today = latest_day()
    figures = quoted_figures(directive=directive, user=user, today=today)
    page = {
        "directive": directive,
        "sheet": sheet(directive.text),
        "graph": chain_graph(citation_chain(directive=directive, user=user), citations()),
        "figures": figures,
        "quotes": dict.fromkeys(line.figure.quote for line in figures),
        "whole_province": can(user, Capability.SEE_PROVINCE),
        "addressees": directive.addressees.prefetch_related("agencies"),
        "today": today,
        "calls": calls_standing(calls=calls_seen(user).filter(directive=directive), now=clock.now()),
        "explaining": can(user, Capability.EXPLAIN),
        "deciding": can(user, Capability.DECIDE_EXPLANATION),
        "sees_notices": can(user, Capability.SEE_NOTICES),
    }
    page |= follow_page(request, directive)
    return render(request, "directives/detail.html", page, status=422 if page["follow_wrong"] else 200)
