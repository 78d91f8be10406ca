from django.urls import path

from directives.views import letters

app_name = "directives"
urlpatterns = [
    path("", letters.directive_list, name="list"),
    path("<slug:slug>/", letters.directive_detail, name="detail"),
]
