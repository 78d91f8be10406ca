"""Every address of the site. Rooms own their paths; this file only mounts them."""

from django.urls import include, path

urlpatterns = [
    path("tai-khoan/", include("allauth.account.urls")),
]
