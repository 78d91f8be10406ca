from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.caller import caller
from dossiers.first_run import first_run


def no_figures(request: HttpRequest, title: str) -> HttpResponse:
    """What any page of figures shows before the first night: what is missing, who can see to it."""
    return render(request, "reports/no_figures.html", {"title": title, "first_run": first_run(caller(request))})
