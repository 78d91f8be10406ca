from django.urls import path

from drafting.views import draft_again, drafting, template_file, template_page, template_reset

app_name = "drafting"
urlpatterns = [
    path("", drafting, name="page"),
    path("<int:pk>/tai-ve.docx", draft_again, name="again"),
    path("mau/", template_page, name="template"),
    path("mau/co-san/", template_reset, name="template_reset"),
    path("mau/tai-ve.docx", template_file, name="template_file"),
]
