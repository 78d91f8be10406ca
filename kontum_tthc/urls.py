"""Every address of the site. Rooms own their paths; this file only mounts them."""

from django.urls import include, path

from kontum_tthc import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("tai-khoan/", include("accounts.urls")),
]
