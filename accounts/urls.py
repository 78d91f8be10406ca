"""Signing in, out, one's own password and saved views. allauth's sign-up and e-mail flows are not offered: no address."""

from allauth.account import views
from django.urls import path

from accounts.views import saved_view_delete, saved_view_save

urlpatterns = [
    path("dang-nhap/", views.login, name="account_login"),
    path("dang-xuat/", views.logout, name="account_logout"),
    path("doi-mat-khau/", views.password_change, name="account_change_password"),
    path("dat-mat-khau/", views.password_set, name="account_set_password"),
    path("ngung-dung/", views.account_inactive, name="account_inactive"),
    path("bo-loc/", saved_view_save, name="saved_view_save"),
    path("bo-loc/<int:pk>/xoa/", saved_view_delete, name="saved_view_delete"),
]
