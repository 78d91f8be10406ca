"""Signing in, out, and one's own password. Sign-up and e-mail flows of allauth are not offered, so they have no address."""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("dang-nhap/", views.login, name="account_login"),
    path("dang-xuat/", views.logout, name="account_logout"),
    path("doi-mat-khau/", views.password_change, name="account_change_password"),
    path("dat-mat-khau/", views.password_set, name="account_set_password"),
    path("ngung-dung/", views.account_inactive, name="account_inactive"),
]
