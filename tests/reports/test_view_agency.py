"""A unit's page: its backlog behind the figures, what falls due, the letters that concern it; missing for others."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency, AgencySuccession
from directives.models import Directive, DirectiveAddressee, DirectiveFigure
from directives.services.explanations import explanation_accept
from dossiers.models import Dossier, Procedure
from kontum_tthc import nightly
from tests.factories.agencies import make_agency
from tests.factories.dossiers import make_batch, midnight, moment, observe
from tests.factories.explanations import explain
from tests.factories.figures import NIGHT, count
from tests.reports.pages import listed, number_links

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("swept")]


@pytest.fixture
def letter(unit_a: Agency) -> Directive:
    """Quotes one figure of the night, one of a date without a night."""
    found = Directive.objects.create(
        reference="3812/UBND-TTHCC",
        slug="3812",
        issued_on=date(2022, 11, 10),
        issuer="UBND tỉnh",
        subject="…",
        source="thử",
        verified=True,
    )
    figures = ((NIGHT, 857), (date(2022, 10, 24), 900))
    for day, value in figures:
        DirectiveFigure.objects.create(directive=found, agency=unit_a, system_id="old", as_of=day, value=value, quote="…")
    return found


def test_a_head_opens_the_own_unit_and_those_under_it_only(
    client: Client, provincial_officer: User, head_a: User, head_b: User, stranger: User
) -> None:
    seen = {}
    for user in (provincial_officer, head_a, head_b, stranger):
        client.force_login(user)
        seen[user.username] = [client.get(f"/don-vi/{code}/").status_code for code in ("608", "23281", "612", "62")]
    assert seen == {
        "van-phong": [200, 200, 200, 200],
        "thu-truong-a": [200, 200, 404, 404],
        "thu-truong-b": [404, 404, 200, 404],
        "nguoi-la": [404, 404, 404, 404],
    }
    client.force_login(head_a)
    assert client.get("/don-vi/khong-co/").status_code == 404
    assert client.get("/don-vi/608%00/").status_code == 404


@pytest.mark.parametrize(("scope", "overdue"), [("own", 3), ("area", 4)])
@pytest.mark.parametrize("person", ["provincial_officer", "head_a"])
def test_every_number_leads_to_a_list_of_exactly_that_many(
    client: Client, request: pytest.FixtureRequest, person: str, scope: str, overdue: int
) -> None:
    client.force_login(request.getfixturevalue(person))
    answer = client.get("/don-vi/608/", {"pham_vi": scope})
    assert answer.context["headlines"][0].value == overdue
    links = number_links(answer.content.decode())
    assert len(links) > 10
    assert [(address, listed(client, address)) for address, _ in links] == links


def test_procedures_and_officers_with_most_overdue_come_first(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    backlog = client.get("/don-vi/608/").context["backlog"]
    assert [(one.key, one.label, one.overdue) for one in backlog.procedures] == [
        ("1.001193", "Đăng ký khai sinh", 2),
        ("1.000656", "Đăng ký khai tử", 1),
    ]
    assert [(one.key, one.overdue) for one in backlog.officers] == [("Lê Thị Hoa", 2), ("", 1)]


def test_a_procedure_whose_time_limit_is_inferred_is_marked(client: Client, head_a: User) -> None:
    limit = Procedure.objects.create(
        code="1.001193",
        name="Đăng ký khai sinh",
        field="Hộ tịch",
        level="xã",
        source="thử",
        verified=False,
        remark="nguồn không ghi",
    )
    Dossier.objects.filter(procedure_code="1.001193").update(procedure=limit)
    client.force_login(head_a)
    answer = client.get("/don-vi/608/")
    assert [(one.key, one.verified, one.remark) for one in answer.context["backlog"].procedures] == [
        ("1.001193", False, "nguồn không ghi"),
        ("1.000656", True, ""),
    ]
    assert "thời hạn suy luận" in answer.content.decode()


def test_the_place_of_a_unit_links_to_what_the_caller_may_open(client: Client, provincial_officer: User, head_a: User) -> None:
    seen = {}
    for user in (provincial_officer, head_a):
        client.force_login(user)
        place = client.get("/don-vi/608/").context["place"]
        seen[user.username] = (place.parent.agency.code, place.parent.linked, place.below, place.people)
    assert seen == {
        "van-phong": ("62", True, 1, ("Thủ trưởng A",)),
        "thu-truong-a": ("62", False, 1, ("Thủ trưởng A",)),
    }


def test_a_unit_that_ended_names_who_answers_for_it_now(
    client: Client, provincial_officer: User, head_a: User, unit_a: Agency, unit_b: Agency
) -> None:
    AgencySuccession.objects.create(predecessor=unit_a, successor=unit_b, effective_on=NIGHT, source="thử")
    Agency.objects.filter(pk=unit_a.pk).update(valid_to=NIGHT - timedelta(days=1))
    User.objects.filter(pk=head_a.pk).update(full_name="")
    client.force_login(head_a)
    answer = client.get("/don-vi/608/")
    assert (answer.context["place"].heir.agency, answer.context["place"].heir.linked) == (unit_b, False)
    assert answer.context["place"].people == ("thu-truong-a",)
    assert "Đơn vị kế thừa" in answer.content.decode()
    client.force_login(provincial_officer)
    assert '<a href="/don-vi/612/?ngay=2022-11-07">UBND huyện Đăk Tô</a>' in client.get("/don-vi/608/").content.decode()
    assert client.get("/don-vi/612/").context["place"].heir is None


def test_what_falls_due_is_shown_for_ten_working_days(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    ahead = client.get("/don-vi/608/").context["desk"].strip
    assert [(one.first, one.count) for one in ahead[:2]] == [(NIGHT, 1), (NIGHT + timedelta(days=1), 1)]
    assert (ahead[-1].last, ahead[-1].count) == (date(2022, 11, 21), 0)
    assert len([one for one in ahead if one.kind == "work"]) == 11


def test_the_desk_says_whose_work_and_of_which_day_it_is(
    client: Client, head_a: User, provincial_officer: User, settings: Settings
) -> None:
    settings.CLOCK_PINNED_AT = moment(NIGHT + timedelta(days=1), 7, 30)
    told = []
    for user in (head_a, provincial_officer):
        client.force_login(user)
        told.append(client.get("/don-vi/608/").content.decode())
    assert "Việc của tôi hôm nay, thứ 3 08/11/2022" in told[0]
    assert "Đưa vào lịch của tôi" in told[0]
    assert "Việc của đơn vị hôm nay, thứ 3 08/11/2022" in told[1]
    assert "Đưa vào lịch của tôi" not in told[1]
    assert "Hạn 07/11 đã qua, chưa xong" in told[0]
    settings.CLOCK_PINNED_AT = moment(NIGHT + timedelta(days=60), 7, 30)
    assert "Việc của đơn vị, thứ 2 07/11/2022" in client.get("/don-vi/608/").content.decode()


def test_no_applicant_is_named_on_the_page(client: Client, head_a: User) -> None:
    Dossier.objects.update(applicant="Bạch Văn Chủ")
    client.force_login(head_a)
    assert "Bạch" not in client.get("/don-vi/608/", {"pham_vi": "area"}).content.decode()


def test_the_scope_goes_on_to_the_printed_list(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    for scope, query in (("own", "?ngay=2022-11-07"), ("area", "?pham_vi=area&amp;ngay=2022-11-07")):
        assert f'href="/don-vi/608/viec-trong-ngay/{query}"' in client.get("/don-vi/608/", {"pham_vi": scope}).content.decode()


def test_letters_that_quote_or_address_the_unit_stand_with_our_figure(
    client: Client, head_a: User, head_b: User, unit_a: Agency, letter: Directive
) -> None:
    client.force_login(head_a)
    DirectiveFigure.objects.create(directive=letter, agency=unit_a, system_id="new", as_of=NIGHT, value=464, quote="…")
    (found,) = client.get("/don-vi/608/").context["letters"]
    assert [(one.as_of, one.system, one.value, one.ours) for one in found.figures] == [
        (date(2022, 10, 24), "old", 900, None),  # no night
        (NIGHT, "old", 857, 3),
        (NIGHT, "new", 464, None),  # no file of that system
    ]
    client.force_login(head_b)
    assert client.get("/don-vi/612/").context["letters"] == []
    addressed = DirectiveAddressee.objects.create(directive=letter, label="Ủy ban nhân dân các huyện, thành phố")
    addressed.agencies.add(Agency.objects.get(code="612"), unit_a)
    (found,) = client.get("/don-vi/612/").context["letters"]
    assert (found.directive, found.figures) == (letter, ())


def test_a_letters_figure_is_held_against_ours_now(client: Client, head_a: User, unit_a: Agency, letter: Directive) -> None:
    """A night later one more dossier is late; the system brought a newer file, so the change may be told."""
    later = NIGHT + timedelta(days=1)
    batch = make_batch(midnight(later))
    observe(batch, "A-TODAY", unit_a, received=date(2022, 10, 31), due=NIGHT)
    nightly.run(as_of=later, now=moment(later + timedelta(days=1), 0, 15), trigger="command")
    client.force_login(head_a)
    (found,) = client.get("/don-vi/608/").context["letters"]
    assert [(one.ours, one.now, one.since, one.stuck) for one in found.figures] == [(None, 4, None, False), (3, 4, 1, False)]
    (then,) = client.get("/don-vi/608/", {"ngay": NIGHT.isoformat()}).context["letters"]
    assert [(one.ours, one.now, one.since) for one in then.figures] == [(None, 3, None), (3, None, None)]


def test_without_a_newer_file_a_letters_figure_shows_no_progress(client: Client, head_a: User, letter: Directive) -> None:
    Dossier.objects.filter(code="A-LATE").update(ended_on=NIGHT + timedelta(days=1))
    later = NIGHT + timedelta(days=1)
    nightly.run(as_of=later, now=moment(later + timedelta(days=1), 0, 15), trigger="command")
    client.force_login(head_a)
    answer = client.get("/don-vi/608/")
    figure = answer.context["letters"][0].figures[1]
    assert (figure.stuck, figure.since) == (True, 0)  # one done, one newly late
    cells = answer.content.decode().split('id="cong-van"')[1]
    assert "không có tệp mới" in cells


def test_what_was_explained_stands_beside_the_figure_and_links_to_its_list(
    client: Client, head_a: User, provincial_officer: User
) -> None:
    numbers, said_at = dict(Dossier.objects.values_list("code", "pk")), moment(NIGHT, 9)
    for code in ("A-LATE", "C-LATE"):
        said = explain(head_a, [numbers[code]], now=said_at)
        explanation_accept(explanation=said, remark="", user=provincial_officer, now=said_at)
    explain(head_a, [numbers["A-OLD"]], now=said_at)
    client.force_login(head_a)
    for scope, accepted, total in (("own", 1, 3), ("area", 2, 4)):
        answer = client.get("/don-vi/608/", {"pham_vi": scope})
        assert answer.context["ranking"].total.now.total == total
        lists = re.findall(r'href="(/giai-trinh/ho-so/[^"]+)">(\d+)</a>', answer.content.decode())
        assert [int(number) for _address, number in lists] == [accepted, 1]
        for address, number in lists:
            assert f"<strong>{number}</strong> hồ sơ" in client.get(unescape(address)).content.decode()


def test_a_date_without_a_night_says_so(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    page = client.get("/don-vi/608/", {"ngay": "2022-11-20"}).content.decode()
    assert "Chưa có số liệu ngày 20/11/2022" in page
    assert "Chưa có số liệu ngày 01/01/1" in client.get("/don-vi/608/", {"ngay": "0001-01-01"}).content.decode()
    assert client.get("/don-vi/608/", {"pham_vi": "tất cả"}).status_code == 422


def test_the_page_costs_the_same_queries_for_10_and_100_units(
    client: Client, head_a: User, unit_a: Agency, letter: Directive
) -> None:
    client.force_login(head_a)
    client.get("/don-vi/608/")
    spent = []
    for batch in (10, 90):
        for number in range(batch):
            count(make_agency(f"Xã {batch} {number}", parent=unit_a), "old", number)
        with CaptureQueriesContext(connection) as captured:
            client.get("/don-vi/608/", {"pham_vi": "area"})
        spent.append(len(captured))
    # the first page, and: the unit, whether it is the caller's; letters, their figures, known days, counts; the place 4;
    # working calendar 2; newest date, its seal; the desk's due dates, oldest, due, stopped and their number; the backlog 2;
    # how many are explained, with the journal's head; the days on offer; what letters demand: orders with the unit, checks,
    # answers, lists, letters, dossiers by letters outlived
    assert spent == [47, 47]
