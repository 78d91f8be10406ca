"""Addresses of the dossiers, the imports and the nights; mounted at the root."""

from django.urls import path

from dossiers.views import dossiers

app_name = "dossiers"
urlpatterns = [
    path("ho-so/", dossiers.dossier_list, name="list"),
]
