from django.urls import path

from directives import views

app_name = "directives"
urlpatterns = [
    path("", views.directive_list, name="list"),
    path("<slug:slug>/", views.directive_detail, name="detail"),
]
