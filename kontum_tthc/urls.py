"""Every address of the site. Rooms own their paths; this file only mounts them."""

from django.contrib import admin
from django.urls import include, path

from directives.urls import explanation_urls
from exchange.api import urls as exchange_urls
from kontum_tthc import gallery, health, palette, preferences
from kontum_tthc.api import api

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("", include("reports.urls")),
    path("nhap-lieu/ket-noi/", include("exchange.urls")),
    path("nhap-lieu/lich-giao-nop/", include("deliveries.urls")),
    path("", include("dossiers.urls")),
    path("api/v1/", exchange_urls),
    path("api/", api.urls),
    path("cong-van/soan-thao/", include("drafting.urls")),
    path("cong-van/", include("directives.urls")),
    path("giai-trinh/", include(explanation_urls)),
    path("thong-bao/", include("notices.urls")),
    path("ho-so-kiem-diem/", include("accountability.urls")),
    path("tim/", palette.search, name="search"),
    path("giao-dien/", gallery.gallery, name="gallery"),
    path("tuy-chon/giao-dien/", preferences.choose, {"preference": preferences.THEME}, name="theme"),
    path("tuy-chon/ngon-ngu/", preferences.choose, {"preference": preferences.LANGUAGE}, name="language"),
    path("tai-khoan/", include("accounts.urls")),
    path("quan-tri/", admin.site.urls),
]

handler400 = "kontum_tthc.errors.bad_request"
handler403 = "kontum_tthc.errors.permission_denied"
handler404 = "kontum_tthc.errors.page_not_found"
handler429 = "kontum_tthc.errors.too_many"  # allauth's
handler500 = "kontum_tthc.errors.server_error"
