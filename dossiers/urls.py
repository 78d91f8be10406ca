"""Addresses of the dossiers, the imports and the nights; mounted at the root."""

from django.urls import path

from dossiers.views import dossiers, imports, nights, wordings

app_name = "dossiers"
urlpatterns = [
    path("ho-so/", dossiers.dossier_list, name="list"),
    path("ho-so/tai-ve.xlsx", dossiers.dossier_download, name="download"),
    # A code may hold a slash (the old system's are not of the national form), so the longer address comes first.
    path("ho-so/<str:system>/<path:code>/chu-ho-so/", dossiers.applicant, name="applicant"),
    path("ho-so/<str:system>/<path:code>/", dossiers.dossier_detail, name="detail"),
    path("nhap-lieu/", imports.imports, name="imports"),
    path("nhap-lieu/<int:pk>/", imports.import_detail, name="import"),
    path("nhap-lieu/<int:pk>/chay-lai/", imports.import_again, name="import_again"),
    path("nhap-lieu/<int:pk>/xac-nhan/", imports.import_confirm, name="import_confirm"),
    path("nhap-lieu/<int:pk>/huy/", imports.import_cancel, name="import_cancel"),
    path("nhap-lieu/<int:pk>/hoan-lai/", imports.import_revert, name="import_revert"),
    path("nhap-lieu/<int:pk>/cach-viet/", wordings.words, name="import_words"),
    path("nhap-lieu/<int:pk>/cot/", wordings.columns, name="import_columns"),
    path("nhap-lieu/<int:pk>/van-de.xlsx", imports.import_issues, name="import_issues"),
    path("ra-soat-dem/", nights.nights, name="nights"),
    path("ra-soat-dem/chay-bu/", nights.nights_run, name="nights_run"),
]
