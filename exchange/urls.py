"""Addresses of the keys' page; the API's own are in ``api.py``."""

from django.urls import path

from exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.keys, name="keys"),
    path("<int:pk>/thu-hoi/", views.key_withdraw, name="revoke"),
]
