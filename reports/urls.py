from django.urls import path

from reports.views.agency import agency_page
from reports.views.overview import overview
from reports.views.ranking import ranking_page

app_name = "reports"
urlpatterns = [
    path("", overview, name="overview"),
    path("xep-hang/", ranking_page, name="ranking"),
    path("don-vi/<str:code>/", agency_page, name="agency"),
]
