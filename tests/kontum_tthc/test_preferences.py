"""Theme and language are chosen by a press of a button, kept in the browser, and never guessed."""

import pytest
from django.core.cache import cache
from django.forms import DateField, DateTimeField
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils import formats, translation

from accounts.models import User
from kontum_tthc.preferences import LANGUAGE, THEME, spoken

LOGIN = "/tai-khoan/dang-nhap/"
THEMES, LANGUAGES = "/tuy-chon/giao-dien/", "/tuy-chon/ngon-ngu/"


@pytest.mark.django_db
def test_a_stranger_may_choose_and_comes_back_to_the_page_of_the_choice(client: Client) -> None:
    answer = client.post(LANGUAGES, {"choice": "en"}, headers={"referer": f"http://testserver{LOGIN}?next=/xep-hang/"})
    assert answer.status_code == 302
    assert answer["Location"] == f"http://testserver{LOGIN}?next=/xep-hang/"
    assert client.cookies["ngon_ngu"].value == "en"
    page = client.get(LOGIN)
    assert '<html lang="en">' in page.content.decode()
    assert page["Content-Language"] == "en"


@pytest.mark.django_db
def test_the_choice_outlives_the_session_and_no_script_reads_it(client: Client) -> None:
    cookie = client.post(THEMES, {"choice": "dark"}).cookies["giao_dien"]
    assert cookie["max-age"] == 365 * 24 * 3600
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("referer", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
@pytest.mark.django_db
def test_nobody_is_sent_to_another_site(client: Client, referer: str) -> None:
    assert client.post(THEMES, {"choice": "auto"}, headers={"referer": referer})["Location"] == "/"


@pytest.mark.parametrize(("address", "choice"), [(THEMES, "pink"), (THEMES, ""), (LANGUAGES, "fr"), (LANGUAGES, "dark")])
@pytest.mark.django_db
def test_what_is_not_on_offer_changes_nothing(client: Client, address: str, choice: str) -> None:
    answer = client.post(address, {"choice": choice})
    assert answer.status_code == 400
    assert "Không có dữ liệu nào bị thay đổi" in answer.content.decode()
    assert not {"giao_dien", "ngon_ngu"} & set(client.cookies)


@pytest.mark.django_db
def test_the_browser_s_own_language_is_not_asked(client: Client) -> None:
    page = client.get(LOGIN, headers={"accept-language": "en"})
    assert '<html lang="vi">' in page.content.decode()


@pytest.mark.parametrize("kept", ["fr", "vi-VN", "", "<script>"])
def test_a_cookie_that_means_nothing_counts_as_none(kept: str) -> None:
    request = HttpRequest()
    request.COOKIES = {"ngon_ngu": kept, "giao_dien": kept}
    assert (LANGUAGE.of(request), THEME.of(request)) == ("vi", "light")


def test_one_person_s_language_ends_with_the_answer() -> None:
    request = HttpRequest()
    request.COOKIES = {"ngon_ngu": "en"}
    heard: list[str | None] = []

    def view(request: HttpRequest) -> HttpResponse:
        heard.append(translation.get_language())
        return HttpResponse()

    spoken(view)(request)
    assert heard == ["en"]
    assert translation.get_language() == "vi"


@pytest.mark.django_db
def test_every_choice_is_a_button_the_present_one_pressed_and_languages_name_themselves(client: Client, head_a: User) -> None:
    cache.clear()
    client.force_login(head_a)
    client.cookies["giao_dien"] = "dark"
    page = client.get("/tai-khoan/dat-mat-khau/").content.decode()
    assert '<button type="submit" name="choice" value="dark" aria-pressed="true">Tối</button>' in page
    assert '<button type="submit" name="choice" value="auto" aria-pressed="false">Theo máy</button>' in page
    assert '<button type="submit" name="choice" value="vi" aria-pressed="true" lang="vi">Tiếng Việt</button>' in page
    assert '<button type="submit" name="choice" value="en" aria-pressed="false" lang="en">English</button>' in page


@pytest.mark.parametrize(
    ("theme", "link"),
    [
        ("light", ""),
        ("dark", 'href="/static/dist/dark.css" media="screen" data-dark'),
        ("auto", 'href="/static/dist/dark.css" media="screen and (prefers-color-scheme: dark)" data-dark'),
    ],
)
@pytest.mark.django_db
def test_the_theme_is_a_style_sheet_for_screens_alone(client: Client, theme: str, link: str) -> None:
    client.cookies["giao_dien"] = theme
    page = client.get(LOGIN).content.decode()
    assert link in page
    assert ("dark.css" in page) is bool(link)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_written_and_read_day_first_in_both_languages(language: str) -> None:
    with translation.override(language):
        assert DateField().clean("07/11/2022") == DateField().clean("2022-11-07")
        assert DateTimeField().clean("07/11/2022 17:00") == DateTimeField().clean("2022-11-07 17:00")
        assert formats.date_format(DateField().clean("07/11/2022")) == "07/11/2022"


def test_digits_are_grouped_as_each_language_does() -> None:
    grouped = {}
    for language in ("vi", "en"):
        with translation.override(language):
            grouped[language] = formats.number_format(1321.5, force_grouping=True)
    assert grouped == {"vi": "1.321,5", "en": "1,321.5"}
