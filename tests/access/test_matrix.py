"""Every address × every role: what the table says is what the site answers, and what is one unit's never reaches another."""

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from kontum_tthc.celery import app
from tests.access.conftest import CANARIES, World
from tests.access.matrix import ADMIN_PAGES, ADMINISTRATOR, DOORS, HEAD_A, HEAD_B, OUTSIDE, ROLES, STEWARD, STRANGER

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


RANKINGS = ("reports:overview", "reports:ranking", "api:ranking_of_units")
PROBES = ("q=himyen", "q=himyen-0001&ngay=2022-11-07", "q=himyen&tinh_trang=overdue", "tuoi=5&pham_vi=area")
PARAMETER = re.compile(r"\(\?P<(\w+)>.*?\)|<(?:\w+:)?(\w+)>")
SAMPLES = {"object_id": "0", "content_type_id": "0", "app_label": "accounts", "url": "khong-co"}


def places(resolver: URLResolver, space: str = "", route: str = "/") -> Iterator[tuple[str, str]]:
    """Every address of the site: its name (the pattern when it has none) and an example, parameters filled with SAMPLES."""
    for entry in resolver.url_patterns:
        here = PARAMETER.sub(lambda found: SAMPLES.get(found[1] or found[2], "0"), str(entry.pattern))
        here = route + here.strip("^$")
        if isinstance(entry, URLPattern):
            yield space + (entry.name or str(entry.pattern)), here
        else:
            yield from places(entry, f"{space}{entry.namespace}:" if entry.namespace else space, here)


def address(name: str, world: World) -> str:
    made = {f"@{part}": str(value) for part, value in asdict(world).items()}
    return reverse(name, kwargs={key: made.get(value, value) for key, value in DOORS[name].kwargs.items()})


def body(answer: HttpResponseBase) -> str:
    """The whole answer as text, without what is every answer's own; of a workbook, the text of its parts."""
    content = answer.getvalue()
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as parts:
            content = b"".join(parts.read(part) for part in parts.namelist())
    text = html.unescape(content.decode()).replace(answer.headers["X-Request-ID"], "")
    if "json" in answer.headers["Content-Type"]:
        return json.dumps(json.loads(text), ensure_ascii=False)
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", text)


def test_every_address_is_in_the_table() -> None:
    known = {name for name, _route in places(get_resolver()) if not name.startswith("admin:")}
    assert known == set(DOORS)


@pytest.mark.parametrize("role", ROLES)
def test_every_door_answers_as_the_table_says(role: str, world: World, people: SignIn) -> None:
    wrong = {}
    for name, door in DOORS.items():
        client = people(role)
        for method, expected in (("get", door.get[role]), ("post", door.post[role])):
            answer = getattr(client, method)(address(name, world))
            if answer.status_code != expected:
                wrong[f"{method} {name}"] = (answer.status_code, expected)
    assert wrong == {}


@pytest.mark.parametrize("role", OUTSIDE)
def test_whoever_is_not_signed_in_is_sent_to_sign_in(role: str, world: World, people: SignIn) -> None:
    for name, door in DOORS.items():
        if door.get[role] == 302 and name != "account_logout":
            there = address(name, world)
            assert people(role).get(there).headers["Location"] == f"{reverse('account_login')}?next={there}", name


@pytest.mark.parametrize("role", ROLES)
def test_the_administration_is_the_administrators_alone(role: str, world: World, people: SignIn) -> None:
    client, opened = people(role), set()
    for name, route in places(get_resolver()):
        if name.startswith("admin:"):
            answer = client.get(route, follow=True)
            if answer.status_code == 200 and answer.request["PATH_INFO"] == route:
                opened.add(name)
    assert opened == (ADMIN_PAGES if role == ADMINISTRATOR else set())


def test_a_foreign_dossier_or_unit_answers_word_for_word_like_a_missing_one(world: World, people: SignIn) -> None:
    client, missing = people(HEAD_B), "KHONG-CO"
    for name, foreign, other in (
        ("dossiers:detail", {"system": "old", "code": world.code}, {"system": "old", "code": missing}),
        ("reports:agency", {"code": "608"}, {"code": missing}),
        ("api:dossier_explained", {"system": "old", "code": world.code}, {"system": "old", "code": missing}),
        ("explanations:of_dossier", {"system": "old", "code": world.code}, {"system": "old", "code": missing}),
        ("explanations:detail", {"pk": world.explanation}, {"pk": 0}),
        ("explanations:attachment", {"pk": world.explanation}, {"pk": 0}),
        ("explanations:again", {"pk": world.explanation}, {"pk": 0}),
    ):
        answers = [client.get(reverse(name, kwargs=kwargs)) for kwargs in (foreign, other)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert body(answers[0]) == body(answers[1])
    acts = [client.post(reverse("saved_view_delete", args=[pk])) for pk in (world.view, 0)]
    acts += [client.post(reverse("dossiers:applicant", args=["old", code])) for code in (world.code, missing)]
    assert [act.status_code for act in acts] == [404] * 4
    assert body(acts[0]) == body(acts[1])
    assert body(acts[2]) == body(acts[3])


@pytest.mark.parametrize("role", [HEAD_B, STRANGER, *OUTSIDE])
def test_nothing_of_unit_a_reaches_those_it_does_not_concern(role: str, world: World, people: SignIn) -> None:
    client, found = people(role), []
    # Asked for by a part of it, so that an echo of the question is not mistaken for an answer.
    asked = [f"{reverse(name)}?{query}" for name in ("dossiers:list", "search") for query in PROBES]
    ranked = [f"{reverse(name)}?pham_vi={scope}" for name in RANKINGS for scope in ("own", "area")]
    for there in [address(name, world) for name in DOORS] + asked + ranked:
        answer = client.get(there, follow=True)
        text = unquote(body(answer)).replace(there, "")  # a page to sign in says where one wanted to go
        found += [(there, canary) for canary in CANARIES.values() if canary in text]
    assert found == []


def test_the_probes_find_the_dossier_for_those_who_may(world: World, people: SignIn) -> None:
    """Else the test above would prove nothing."""
    client = people(HEAD_A)
    for query in PROBES:
        assert CANARIES["code"] in body(client.get(f"{reverse('dossiers:list')}?{query}")), query
        if "q=" in query:
            assert CANARIES["code"] in body(client.get(f"{reverse('search')}?{query}")), query
    detail = body(client.get(address("dossiers:detail", world)))
    assert [name for name in ("code", "officer", "note", "procedure", "field") if CANARIES[name] not in detail] == []
    assert CANARIES["applicant"] not in detail  # shown for a stated reason only
    assert CANARIES["view"] in body(client.get(reverse("dossiers:list")))
    told = body(client.get(address("explanations:detail", world)))
    assert [name for name in ("explanation", "decision") if CANARIES[name] not in told] == []
    assert CANARIES["attachment"] in body(client.get(address("explanations:attachment", world)))
    assert CANARIES["answer"] in body(client.get(address("directives:order", world)))
    assert CANARIES["code"] in body(client.get(address("directives:cohort", world)))
    steward = people(STEWARD)
    assert CANARIES["file"] in body(steward.get(address("dossiers:imports", world)))
    assert CANARIES["issue"] in body(steward.get(address("dossiers:import_issues", world)))


def test_a_filter_by_a_foreign_officer_procedure_or_field_finds_nothing(world: World, people: SignIn) -> None:
    client = people(HEAD_B)
    for query in ({"can_bo": CANARIES["officer"]}, {"linh_vuc": CANARIES["field"]}, {"q": CANARIES["code"]}):
        answer = client.get(reverse("dossiers:list"), query)
        assert "Không có hồ sơ nào khớp" in answer.content.decode(), query
    assert client.get(reverse("dossiers:list"), {"don_vi": "608"}).status_code == 422


def test_reading_changes_nothing(world: World, people: SignIn) -> None:
    for role in ROLES:
        people(role)  # sign everybody in once
    before = row_counts()
    for role in ROLES:
        client = people(role)
        for name in DOORS:
            client.get(address(name, world), follow=True)
        for name, route in places(get_resolver()):
            if name.startswith("admin:"):
                client.get(route, follow=True)
    assert row_counts() == before
    with app.connection_for_read() as broker:
        assert broker.default_channel.basic_get("celery") is None


def row_counts() -> dict[str, int]:
    """Rows of every table but the sessions'."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            if table != "django_session":
                cursor.execute(f'SELECT count(*) FROM "{table}"')  # the database's own names
                counts[table] = cursor.fetchone()[0]
    return counts


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_carries_the_headers_that_protect_it(role: str, world: World, people: SignIn) -> None:
    client, bare = people(role), []
    for name in DOORS:
        answer = client.get(address(name, world), follow=True)
        policy = answer.headers.get("Content-Security-Policy", "")
        if not (
            "default-src 'self'" in policy
            and "unsafe" not in policy
            and "frame-ancestors 'none'" in policy
            and answer.headers.get("X-Content-Type-Options") == "nosniff"
            and answer.headers.get("Referrer-Policy") == "same-origin"
            and answer.headers.get("X-Frame-Options") == "DENY"
            and "no-store" in answer.headers.get("Cache-Control", "")
        ):
            bare.append((name, dict(answer.headers)))
    assert bare == []


BY_SESSION = [name for name in DOORS if not name.startswith("exchange-api:")]  # a key is in no browser's pocket


@pytest.mark.parametrize("name", [name for name in BY_SESSION if 405 not in DOORS[name].post.values()])
def test_every_act_refuses_a_form_that_is_not_ours(name: str, world: World, administrator: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator)
    assert client.post(address(name, world)).status_code == 403
