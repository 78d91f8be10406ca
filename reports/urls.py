from django.urls import path

from reports.views.agency import agency_page, agency_worklist, mine
from reports.views.calendar import calendar_feed, calendar_give, calendar_page, calendar_withdraw
from reports.views.overview import overview
from reports.views.ranking import ranking_download, ranking_page

app_name = "reports"
urlpatterns = [
    path("", overview, name="overview"),
    path("xep-hang/", ranking_page, name="ranking"),
    path("xep-hang/tai-ve.xlsx", ranking_download, name="ranking_download"),
    path("viec-cua-toi/", mine, name="mine"),
    path("don-vi/<str:code>/", agency_page, name="agency"),
    path("don-vi/<str:code>/viec-trong-ngay/", agency_worklist, name="worklist"),
    path("lich-han-tra/", calendar_page, name="calendar"),
    path("lich-han-tra/dia-chi/", calendar_give, name="calendar_give"),
    path("lich-han-tra/thu-hoi/", calendar_withdraw, name="calendar_withdraw"),
    path("lich-han-tra.ics", calendar_feed, name="calendar_feed"),
]
