from django.urls import path, re_path

from accountability.views import review_all_file, review_criteria, review_file, review_list, review_pack

app_name = "accountability"
urlpatterns = [
    path("", review_list, name="list"),
    path("tai-ve.xlsx", review_all_file, name="all_file"),
    path("tieu-chi/", review_criteria, name="criteria"),
    path("<str:code>/", review_pack, name="pack"),
    re_path(r"^(?P<code>[^/]+)/tai-ve\.(?P<kind>xlsx|docx)$", review_file, name="file"),
]
