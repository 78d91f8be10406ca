from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("<int:pk>/mo/", views.open_notice, name="open"),
    path("cong-van/<slug:slug>/", views.about_letter, name="about_letter"),
]
