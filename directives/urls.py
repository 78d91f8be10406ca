from django.urls import path

from directives.views import answers, drafts, explanations, following, letters

app_name = "directives"
urlpatterns = [
    path("", letters.directive_list, name="list"),
    # A number and a symbol make every slug, so that none is "ban-doc".
    path("ban-doc/", drafts.drafts, name="drafts"),
    path("ban-doc/<int:pk>/", drafts.draft, name="draft"),
    path("<slug:slug>/", letters.directive_detail, name="detail"),
    path("<slug:slug>/danh-sach/", following.cohort, name="cohort"),
    path("<slug:slug>/yeu-cau/<int:number>/", following.order, name="order"),
    path("<slug:slug>/yeu-cau/<int:number>/<str:code>/", following.answer, name="answer"),
]

explanation_urls = (
    [
        path("", explanations.desk, name="desk"),
        path("ho-so/", answers.dossier_list, name="dossiers"),
        path("ho-so/<str:system>/<path:code>/", explanations.of_dossier, name="of_dossier"),
        path("viet/", answers.write, name="write"),
        path("xet/", explanations.decide, name="decide"),
        path("yeu-cau/<slug:slug>/", explanations.call, name="call"),
        path("<int:pk>/", explanations.detail, name="detail"),
        path("<int:pk>/tep/", explanations.attachment, name="attachment"),
        path("<int:pk>/tra-loi-lai/", answers.again, name="again"),
    ],
    "explanations",
)
