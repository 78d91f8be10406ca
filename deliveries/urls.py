from django.urls import path

from deliveries import views

app_name = "deliveries"
urlpatterns = [
    path("", views.schedule_page, name="schedule"),
    path("them/", views.expect, name="expect"),
    path("<int:pk>/sua/", views.change, name="change"),
    path("<int:pk>/dung/", views.stop, name="stop"),
]
