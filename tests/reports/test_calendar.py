"""Due dates as a calendar: read back with the library that other programs' makers test against."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar, Event

from accounts.caller import signature
from accounts.models import Role, User
from accounts.services import account_change
from agencies.models import Agency
from agencies.services import calendar_key_give, memberships_set
from dossiers.models import Dossier, ImportBatch, SweepRun
from journal.models import Entry
from kontum_tthc import nightly
from tests.factories.agencies import make_agency
from tests.factories.dossiers import make_batch, midnight, moment, observe
from tests.reports.conftest import NIGHT
from tests.reports.pages import listed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("swept")]
TOMORROW = NIGHT + timedelta(days=1)
NOW = moment(TOMORROW, 7, 30)


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """How often a key was asked."""
    cache.clear()


@pytest.fixture
def key(head_a: User) -> str:
    return calendar_key_give(user=head_a, now=NOW, actor="A")


def there(key: str) -> str:
    return f"/lich-han-tra.ics?khoa={key}"


def fetched(client: Client, key: str) -> Calendar:
    answer = client.get(there(key))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(answer.content)
    assert isinstance(found, Calendar)
    return found


def days(calendar: Calendar) -> dict[tuple[date, str], Event]:
    """By due date and the unit's code, which the uid ends with."""
    return {(event.start, str(event.uid).split("@")[0].rsplit("-", 1)[1]): event for event in calendar.events}


def due(unit: Agency, code: str, on: date) -> None:
    """One more dossier in the file the night has read."""
    observe(ImportBatch.objects.get(), code, unit, received=date(2022, 10, 31), due=on)


def test_each_due_date_of_a_unit_is_one_event_of_the_whole_day(client: Client, key: str, commune_a: Agency) -> None:
    due(commune_a, "C-SOON", TOMORROW)
    found = days(fetched(client, key))
    assert list(found) == [(NIGHT, "608"), (TOMORROW, "23281"), (TOMORROW, "608")]
    event = found[NIGHT, "608"]
    assert (event.start, event.end) == (NIGHT, TOMORROW)
    assert event.summary == "1 hồ sơ đến hạn – UBND thành phố Kon Tum"
    assert event.description is not None
    assert event.description.splitlines()[:2] == ["A-TODAY (Hệ thống cũ)", ""]
    assert str(event["TRANSP"]) == "TRANSPARENT"


def test_it_needs_no_session_and_begins_none(client: Client, key: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(there(key))
    assert answer.status_code == 200
    assert not answer.cookies
    assert not [query for query in captured if "django_session" in query["sql"]]


def test_no_name_of_a_person_stands_in_it(client: Client, key: str) -> None:
    Dossier.objects.filter(code="A-TODAY").update(officer="Lê Thị Hoa", applicant="Bạch Văn Chủ")
    text = client.get(there(key)).content.decode().replace("\r\n ", "")
    assert "A-TODAY" in text
    assert "Hoa" not in text
    assert "Bạch" not in text


def test_an_event_links_to_a_list_of_exactly_its_dossiers(client: Client, head_a: User, key: str) -> None:
    events = days(fetched(client, key)).values()
    client.force_login(head_a)
    for event in events:
        site, address = str(event["URL"]).split("/ho-so/")
        assert site == "http://testserver"
        assert f"{listed(client, '/ho-so/' + address)} hồ sơ đến hạn" in str(event.summary)


def test_lines_are_folded_within_75_bytes_and_never_inside_a_letter(client: Client, key: str) -> None:
    name = "Chi nhánh Văn phòng Đăng ký đất đai thành phố Kon Tum, thuộc Sở Tài nguyên và Môi trường; tỉnh"
    Agency.objects.filter(code="608").update(name=name)
    lines = client.get(there(key)).content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1])  # a letter cut in two cannot be decoded
    assert days(fetched(client, key))[NIGHT, "608"].summary == f"1 hồ sơ đến hạn – {name}"


def test_it_says_what_google_and_outlook_ask_for(client: Client, key: str) -> None:
    calendar = fetched(client, key)
    named = ("VERSION", "CALSCALE", "METHOD", "X-WR-CALNAME", "NAME", "X-PUBLISHED-TTL")
    assert [str(calendar[name]) for name in named] == [
        "2.0",
        "GREGORIAN",
        "PUBLISH",
        "Hạn trả kết quả hồ sơ",
        "Hạn trả kết quả hồ sơ",
        "PT6H",
    ]
    text = client.get(there(key)).content.decode()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in text
    assert "DTSTART;VALUE=DATE:20221107" in text
    assert not calendar.errors
    assert not any(event.errors or "DTSTAMP" not in event for event in calendar.events)


def test_a_changed_count_keeps_its_event_and_what_is_done_leaves(client: Client, key: str, unit_a: Agency) -> None:
    before = days(fetched(client, key))
    batch = make_batch(midnight(TOMORROW))
    for code in ("A-SOON", "A-SOON-2"):
        observe(batch, code, unit_a, received=date(2022, 10, 31), due=TOMORROW)
    observe(batch, "A-TODAY", unit_a, received=date(2022, 10, 31), due=NIGHT, status=10, ended=NIGHT)
    nightly.run(as_of=TOMORROW, now=moment(TOMORROW + timedelta(days=1), 0, 15), trigger="command")
    after = days(fetched(client, key))
    assert list(after) == [(TOMORROW, "608")]
    changed = after[TOMORROW, "608"]
    assert changed.uid == before[TOMORROW, "608"].uid
    assert changed.summary == "2 hồ sơ đến hạn – UBND thành phố Kon Tum"
    assert changed.stamp > before[TOMORROW, "608"].stamp


def test_more_than_a_hundred_codes_are_counted_not_listed(client: Client, key: str, unit_a: Agency) -> None:
    for number in range(101):
        due(unit_a, f"A-{number:03}", NIGHT + timedelta(days=2))
    event = days(fetched(client, key))[NIGHT + timedelta(days=2), "608"]
    assert event.description is not None
    lines = event.description.splitlines()
    assert lines[99:101] == ["A-099 (Hệ thống cũ)", "và 1 hồ sơ khác"]
    assert str(event.summary).startswith("101 hồ sơ")


def test_what_the_person_answers_for_is_looked_up_each_time(client: Client, head_a: User, key: str, unit_b: Agency) -> None:
    due(unit_b, "B-SOON", TOMORROW)
    memberships_set(user=head_a, agencies=[unit_b], actor="quản trị")
    assert list(days(fetched(client, key))) == [(TOMORROW, "612")]
    memberships_set(user=head_a, agencies=[], actor="quản trị")
    assert fetched(client, key).events == []


def test_a_role_that_sees_the_province_does_not_widen_it(client: Client, head_a: User, key: str, unit_b: Agency) -> None:
    due(unit_b, "B-SOON", TOMORROW)
    before = list(days(fetched(client, key)))
    head_a.role = Role.PROVINCIAL_OFFICE
    account_change(account=head_a, actor="quản trị")
    assert list(days(fetched(client, key))) == before


def test_an_unknown_a_withdrawn_and_a_locked_accounts_key_answer_alike(client: Client, head_a: User, head_b: User) -> None:
    locked = calendar_key_give(user=head_b, now=NOW, actor="B")
    head_b.is_active = False
    account_change(account=head_b, actor="quản trị")
    client.force_login(head_a)
    withdrawn = client.post("/lich-han-tra/dia-chi/").context["address"].split("khoa=")[1]
    assert client.get(there(withdrawn)).status_code == 200
    client.post("/lich-han-tra/thu-hoi/")
    answers = [Client().get(there(one), headers={"X-Request-Id": "0" * 8}) for one in (withdrawn, locked, "khong-co")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    texts = {answer.content.replace(str(answer.headers.get("X-Request-Id", "")).encode() or b"\0", b"") for answer in answers}
    assert len(texts) == 1


def test_what_has_not_changed_is_not_sent_again(client: Client, head_a: User, key: str, commune_a: Agency) -> None:
    address = there(key)
    first = client.get(address)
    assert first.headers["Cache-Control"] == "private, no-cache"
    known = {"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": first.headers["Last-Modified"]}
    for asked in known:
        again = client.get(address, headers=asked)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert client.head(address).headers["ETag"] == first.headers["ETag"]
    due(commune_a, "C-SOON", TOMORROW)
    changed = client.get(address, headers=known[0])
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_asking_too_often_is_told_so_whether_the_key_opens_anything_or_not(client: Client, key: str) -> None:
    for asked, usual in ((key, 200), ("khong-co", 404)):
        answers = [client.get(there(asked)) for _again in range(61)]
        assert {answer.status_code for answer in answers[:60]} == {usual}
        assert (answers[60].status_code, answers[60].headers["Retry-After"]) == (429, "3600")
        assert "hỏi lại sau" in answers[60].content.decode()


def test_before_the_first_night_the_calendar_is_empty(client: Client, key: str) -> None:
    SweepRun.objects.all().delete()
    calendar = fetched(client, key)
    assert (calendar.events, str(calendar["DESCRIPTION"])) == ([], "Chưa có số liệu.")


def test_it_costs_the_same_queries_for_10_and_100_units(client: Client, key: str, unit_a: Agency) -> None:
    spent = []
    client.get(there(key))
    for many in (10, 90):
        for number in range(many):
            due(make_agency(f"Xã {many} {number}", parent=unit_a), f"{many}-{number}", TOMORROW)
        with CaptureQueriesContext(connection) as captured:
            assert len(fetched(client, key).events) > many
        spent.append(len(captured))
    assert spent[0] == spent[1]
    assert spent[0] <= 12


def test_the_page_gives_the_address_once_renews_and_withdraws_it(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    assert "Chưa có địa chỉ nào" in client.get("/lich-han-tra/").content.decode()
    given = client.post("/lich-han-tra/dia-chi/")
    address = given.context["address"]
    assert address.startswith("http://testserver/lich-han-tra.ics?khoa=")
    assert address in given.content.decode()
    assert "no-store" in given.headers["Cache-Control"]
    assert address not in client.get("/lich-han-tra/").content.decode()
    renewed = client.post("/lich-han-tra/dia-chi/").context["address"]
    assert [client.get(one).status_code for one in (address, renewed)] == [404, 200]
    assert client.post("/lich-han-tra/thu-hoi/").headers["Location"] == "/lich-han-tra/"
    assert client.get(renewed).status_code == 404
    written = Entry.objects.filter(event__startswith="calendar_key").order_by("seq").values_list("event", "actor", "subject")
    assert list(written) == [
        (event, signature(head_a), head_a.username)
        for event in ("calendar_key_given", "calendar_key_renewed", "calendar_key_withdrawn")
    ]


def test_who_answers_for_no_unit_is_told_why_there_is_no_calendar(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    page = client.get("/lich-han-tra/").content.decode()
    assert "Hãy nhờ quản trị hệ thống giao đơn vị" in page
    assert "/lich-han-tra/dia-chi/" not in page
    assert client.post("/lich-han-tra/dia-chi/").status_code == 403


def test_the_feed_is_the_one_page_of_this_room_open_without_signing_in(client: Client) -> None:
    sign_in = "/tai-khoan/dang-nhap/?next="
    for address in ("/lich-han-tra/", "/lich-han-tra/dia-chi/", "/lich-han-tra/thu-hoi/"):
        assert client.post(address).headers["Location"].startswith(sign_in)
    assert client.get(there("khong-co")).status_code == 404
    assert client.post(there("khong-co")).status_code == 405
