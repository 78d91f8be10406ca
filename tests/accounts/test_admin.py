"""/quan-tri/: only administrators enter; accounts and aliases change through the services; evidence is only read."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from agencies.models import Agency, AgencyAlias
from agencies.services import alias_add
from journal.models import Entry
from journal.selectors import entry_text

pytestmark = pytest.mark.django_db

PASSWORD = "mot-mat-khau-du-dai"
PAGES = [
    "/quan-tri/",
    "/quan-tri/accounts/user/",
    "/quan-tri/accounts/user/add/",
    "/quan-tri/agencies/agency/",
    "/quan-tri/agencies/agencyalias/",
    "/quan-tri/agencies/agencyalias/add/",
    "/quan-tri/dossiers/procedure/",
    "/quan-tri/journal/entry/",
]


@pytest.fixture
def site(client: Client, administrator: User) -> Client:
    client.force_login(administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def texts() -> list[str]:
    return [entry_text(entry) for entry in Entry.objects.all()]


@pytest.mark.parametrize("path", PAGES)
def test_an_administrator_opens_every_page_and_none_needs_inline_code(site: Client, path: str, unit_a: Agency) -> None:
    response = site.get(path)
    assert response.status_code == 200
    html = response.content.decode()
    assert not re.search(r"<script(?![^>]*\b(?:src|type=\"application/json\"))[^>]*>\s*\S", html)
    assert not re.search(r"\s(?:style|on\w+)=\"", html)


def test_the_start_page_lists_what_there_is_to_do_in_vietnamese(site: Client) -> None:
    html = site.get("/quan-tri/").content.decode()
    for path in PAGES[1:]:
        assert f'href="{path}"' in html or path == "/quan-tri/accounts/user/add/"
    for words in ("Quản trị hệ thống", "Nhật ký chứng cứ", "Tên gọi khác", "Thủ tục hành chính"):
        assert words in html
    assert "django.contrib" not in html


@pytest.mark.parametrize("name", ["provincial_officer", "head_a", "inspector", "data_steward", "stranger"])
def test_no_other_role_enters(client: Client, name: str, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(name))
    for path in PAGES:
        assert client.get(path, follow=True).status_code == 403


@pytest.mark.parametrize("path", [*PAGES, "/quan-tri/login/"])
def test_whoever_is_not_signed_in_is_sent_to_the_one_sign_in_page_and_back(client: Client, path: str) -> None:
    response = client.get(path, follow=True)
    back = "/quan-tri/" if path == "/quan-tri/login/" else path
    assert response.redirect_chain[-1] == (f"{reverse('account_login')}?next={back}", 302)
    assert response.status_code == 200


def test_signing_out_and_changing_ones_password_lead_to_the_common_pages(site: Client) -> None:
    assert site.post("/quan-tri/logout/")["Location"] == reverse("account_logout")
    assert site.get("/quan-tri/password_change/")["Location"] == reverse("account_change_password")


def person(**changes: object) -> dict[str, object]:
    return {
        "username": "binh",
        "full_name": "Trần Bình",
        "role": Role.AGENCY_HEAD,
        "is_active": "on",
        "new_password": "",
        **changes,
    }


def test_a_person_is_made_with_units_in_one_go(site: Client, unit_a: Agency, unit_b: Agency) -> None:
    form = person(new_password=PASSWORD, agencies=[unit_a.pk, unit_b.pk])
    response = site.post("/quan-tri/accounts/user/add/", form)
    assert response.status_code == 302
    account = User.objects.get(username="binh")
    assert account.check_password(PASSWORD)
    assert account.memberships.count() == 2
    by = "Quản trị hệ thống (quan-tri)"
    assert texts() == [
        f"{by} tạo người dùng binh, vai trò Thủ trưởng đơn vị.",
        f"{by} đổi đơn vị phụ trách của binh: thêm [608, 612], bớt [].",
    ]


def test_a_person_without_a_password_or_with_a_weak_one_is_not_made(site: Client) -> None:
    for password, says in (("", "Người dùng mới cần một mật khẩu"), ("ngan", "12 k")):
        response = site.post("/quan-tri/accounts/user/add/", person(new_password=password))
        assert says in response.content.decode()
    assert not User.objects.filter(username="binh").exists()


def test_role_units_and_password_change_on_one_page_each_with_its_entry(site: Client, head_a: User, unit_b: Agency) -> None:
    form = person(username=head_a.username, role=Role.INSPECTOR, new_password=PASSWORD, agencies=[unit_b.pk])
    assert site.post(f"/quan-tri/accounts/user/{head_a.pk}/change/", form).status_code == 302
    assert [entry.event for entry in Entry.objects.all()] == ["role_changed", "password_set", "membership_changed"]
    head_a.refresh_from_db()
    assert head_a.role == Role.INSPECTOR
    assert head_a.check_password(PASSWORD)


def test_saving_a_person_unchanged_leaves_no_entry_and_keeps_the_password(site: Client, head_a: User, unit_a: Agency) -> None:
    head_a.set_password(PASSWORD)
    head_a.save()
    form = person(username=head_a.username, full_name=head_a.full_name, agencies=[unit_a.pk])
    assert site.post(f"/quan-tri/accounts/user/{head_a.pk}/change/", form).status_code == 302
    head_a.refresh_from_db()
    assert head_a.check_password(PASSWORD)
    assert not Entry.objects.exists()


def test_a_locked_person_is_out_at_once(site: Client, head_a: User) -> None:
    other = Client()
    other.force_login(head_a)
    form = person(username=head_a.username, full_name=head_a.full_name)
    form.pop("is_active")
    site.post(f"/quan-tri/accounts/user/{head_a.pk}/change/", form)
    assert other.get("/quan-tri/").status_code == 302
    assert "khóa người dùng thu-truong-a" in texts()[0]


def test_the_last_administrator_stays(site: Client, administrator: User) -> None:
    path = f"/quan-tri/accounts/user/{administrator.pk}/change/"
    form = person(username=administrator.username, role=Role.INSPECTOR)
    assert "quản trị hệ thống cuối cùng" in site.post(path, form).content.decode()
    User.objects.create(username="thay-the", role=Role.ADMINISTRATOR)
    assert site.post(path, form).status_code == 302


def test_nobody_is_deleted(site: Client, head_a: User) -> None:
    assert site.post(f"/quan-tri/accounts/user/{head_a.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=head_a.pk).exists()


def test_an_alias_is_added_and_taken_back(site: Client, unit_b: Agency) -> None:
    site.post("/quan-tri/agencies/agencyalias/add/", {"agency": unit_b.pk, "text": "Một cửa Đăk Tô"})
    alias = AgencyAlias.objects.get(agency=unit_b)
    assert (alias.key, alias.source) == ("motcuadakto", "Quản trị hệ thống (quan-tri)")
    again = site.post("/quan-tri/agencies/agencyalias/add/", {"agency": unit_b.pk, "text": "một cửa ĐẮK TÔ"})
    assert "được hiểu như nhau" in again.content.decode()
    site.post(f"/quan-tri/agencies/agencyalias/{alias.pk}/delete/", {"post": "yes"})
    assert not AgencyAlias.objects.exists()
    assert [entry.event for entry in Entry.objects.all()] == ["alias_changed", "alias_changed"]


def test_several_aliases_taken_back_at_once_leave_one_entry_each(site: Client, unit_b: Agency) -> None:
    for text in ("Một", "Hai"):
        alias_add(agency=unit_b, text=text, actor="An")
    chosen = list(AgencyAlias.objects.values_list("pk", flat=True))
    form = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    site.post("/quan-tri/agencies/agencyalias/", form)
    assert not AgencyAlias.objects.exists()
    assert Entry.objects.filter(event="alias_changed").count() == 4


def test_evidence_and_reference_lists_offer_nothing_to_change(site: Client, unit_a: Agency) -> None:
    alias = alias_add(agency=unit_a, text="Một cửa", actor="An")
    entry = Entry.objects.get()
    for path in ("journal/entry/add/", f"journal/entry/{entry.pk}/delete/", "agencies/agency/add/", "dossiers/procedure/add/"):
        assert site.get(f"/quan-tri/{path}").status_code == 403
    for path in (f"journal/entry/{entry.pk}/change/", f"agencies/agency/{unit_a.pk}/change/"):
        assert site.get(f"/quan-tri/{path}").status_code == 200
        assert site.post(f"/quan-tri/{path}", {}).status_code == 403
    assert site.post(f"/quan-tri/agencies/agencyalias/{alias.pk}/change/", {"text": "Khác"}).status_code == 403


def test_evidence_is_listed_by_kind_with_vietnamese_names_only(site: Client, unit_a: Agency, head_a: User) -> None:
    alias_add(agency=unit_a, text="Một cửa", actor="An")
    html = site.get("/quan-tri/journal/entry/?su-viec=alias_changed").content.decode()
    assert "An đổi tên gọi khác của 608" in html
    assert "đổi đơn vị phụ trách" in html
    for header in ("Số thứ tự", "Thời điểm ghi", "Người hoặc tiến trình thực hiện"):
        assert header in html
    assert ">alias_changed<" not in html
    assert "0 nhật ký" in site.get("/quan-tri/journal/entry/?su-viec=night_done").content.decode()
