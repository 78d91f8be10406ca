"""The ranking's column of explained dossiers: beside the count, asked for, each number leading to its list."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from directives.services.explanations import explanation_accept
from dossiers.models import Dossier, SweepRun
from tests.factories.dossiers import moment
from tests.factories.explanations import explain
from tests.factories.figures import NIGHT
from tests.reports.test_view_ranking import shown

pytestmark = pytest.mark.django_db
PAGE = "/xep-hang/?cot=rank,name,total,explained"
LINK = re.compile(r'href="(/giai-trinh/ho-so/[^"]+)">(\d+)</a>')


@pytest.fixture(autouse=True)
def accepted(swept: SweepRun, head_a: User, head_b: User, provincial_officer: User) -> None:
    """Two of unit A's three, its commune's only one; unit B's only waits."""
    at = moment(NIGHT, 9)
    for user, codes in ((head_a, ["A-LATE", "A-OLD"]), (head_a, ["C-LATE"]), (head_b, ["B-LATE"])):
        said = explain(user, list(Dossier.objects.filter(code__in=codes).values_list("pk", flat=True)), now=at)
        if user == head_a:
            explanation_accept(explanation=said, remark="", user=provincial_officer, now=at)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [2, 1, 3]),  # A, its commune, all
        ("&pham_vi=area", [3, 1, 3]),
        ("&cap=district", [2, 2]),
        ("&cap=district&pham_vi=area", [3]),  # no list is cut to a level and widened at once
        ("&he_thong=new", []),
        ("&linh_vuc=Hộ tịch", [1, 1]),
    ],
)
def test_each_number_leads_to_a_list_of_that_many(
    client: Client, provincial_officer: User, query: str, numbers: list[int]
) -> None:
    client.force_login(provincial_officer)
    links = LINK.findall(client.get(PAGE + query).content.decode())
    assert [int(number) for _address, number in links] == numbers
    for address, number in links:
        assert f"<strong>{number}</strong> hồ sơ" in client.get(unescape(address)).content.decode()


def test_the_ranking_itself_stays_by_the_overdue_count(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    assert shown(client, PAGE) == ["608", "23281", "612"]
    assert shown(client, PAGE + "&sap_xep=explained") == ["612", "23281", "608"]


def test_who_does_not_ask_for_the_column_pays_nothing_for_it(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    client.get(PAGE)
    asked = []
    for address in ("/xep-hang/?q=kon", PAGE + "&q=kon"):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked.append(len(queries))
    assert asked[1] - asked[0] == 2  # the journal's head, as the night is kept; the counts
