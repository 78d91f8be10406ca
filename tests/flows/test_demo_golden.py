"""Footnote 1 of Công văn 3812/UBND-TTHCC through the whole house: export files in at the front, the table out of every door."""

import json
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Count, F, Max
from django.test import Client

from accounts.models import User
from agencies.models import Agency
from demo.plan import LAST_DAY, SNAPSHOT
from directives.models import Baseline, CohortCount, Directive, Explanation, ObligationCheck
from dossiers.models import AgencyDayCount, Dossier, DossierRevision
from kontum_tthc.reference import reference_load
from notices.models import Notice
from reports.selectors.ranking import ranking

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
GOLDEN = [("608", 857, 464, 1321), ("612", 331, 271, 602)]
DAY = SNAPSHOT.isoformat()
HEAD = re.compile(r'<th scope="col"[^>]*data-brief="([^"]*)"')
CELLS = re.compile("<td[^>]*>(.*?)(?=<t[dh]|$)")
TAG = re.compile("<[^>]+>")


@pytest.fixture
def demo(db: None, settings: Any, tmp_path: Path) -> str:
    settings.MEDIA_ROOT = tmp_path / "files"
    reference_load(folder=settings.BASE_DIR / "data", actor="tests")
    out = StringIO()
    call_command("demo_load", root=tmp_path / "demo", stdout=out)
    return out.getvalue()


def test_the_letter_s_figures_come_out_of_every_door(demo: str) -> None:
    assert "857 / 464" in demo
    assert "331 / 271" in demo
    assert Dossier.objects.count() == pytest.approx(60_000, rel=0.01)
    assert DossierRevision.objects.count() > Dossier.objects.count() * 1.3
    office = Client()
    office.force_login(User.objects.get(username="vanphong"))
    for scope in ("own", "area"):
        by_selector = list(from_selector(scope))
        assert by_selector[0][0] == "608"
        assert by_selector[1][0] == "612"
        assert from_command(scope) == from_api(office, scope) == by_selector
        assert from_page(office, scope)[:2] == [(old, new, total) for _, old, new, total in by_selector[:2]]
    (address,) = re.findall('href="([^"]+)"', lines(office, "own")[0]["Hệ thống cũ"])
    assert "857" in office.get(unescape(address)).content.decode()
    assert len(office.get("/xep-hang/").content) < 1_000 * len(lines(office, "own"))  # 100 kB per 100 units
    own = list(from_selector("own"))
    assert own[:2] == GOLDEN
    assert all(old < 271 and new < 271 and total <= 90 for _, old, new, total in own[2:])
    the_lists_behind_the_figures_hold_as_many_and_balance()
    every_letter_has_its_lists_and_is_followed()
    units_were_told_have_answered_and_were_answered()


def the_lists_behind_the_figures_hold_as_many_and_balance() -> None:
    lists = Baseline.objects.filter(quoted__isnull=False, directive__reference="3812/UBND-TTHCC").select_related("agency")
    held = {(one.agency.code, one.system_id): (one.as_of, one.quoted, one.counted, one.members.count()) for one in lists}
    assert held == {
        (code, system): (SNAPSHOT, figure, figure, figure)
        for code, *figures in GOLDEN
        for system, figure in zip(("old", "new"), figures, strict=False)
    }
    counts = CohortCount.objects.filter(baseline__in=lists, as_of=LAST_DAY).select_related("baseline")
    assert len(counts) == 4
    for count in counts:
        published = {"agency": count.baseline.agency_id, "system": count.baseline.system_id, "as_of": LAST_DAY, "field": ""}
        assert count.stock == AgencyDayCount.objects.get(**published).overdue
        assert count.stock == count.overdue + count.inflow
        assert 0 < count.inflow < count.size
        assert 0 < count.finished < count.size


def every_letter_has_its_lists_and_is_followed() -> None:
    """The marks are the evenings before three letters, and the day the fourth one counts; each list every day since."""
    marks = Baseline.objects.values_list("directive__reference", "as_of", "dated_by", "inferred").distinct()
    assert set(marks) == {
        ("2624/UBND-TTHCC", date(2022, 8, 11), "night", True),
        ("3566/UBND-TTHCC", date(2022, 10, 23), "night", True),
        ("3573-CV/VPTU", date(2022, 10, 31), "night", True),
        ("3812/UBND-TTHCC", SNAPSHOT, "figures", False),
    }
    days = Baseline.objects.annotate(days=Count("counts"), last=Max("counts__as_of"))
    assert all((one.days, one.last) == ((LAST_DAY - one.as_of).days + 1, LAST_DAY) for one in days)
    assert CohortCount.objects.filter(as_of=LAST_DAY, unlisted__gt=0).exists()  # those the extracts lost are told apart
    judged = ObligationCheck.objects.filter(as_of=LAST_DAY).values_list("state", flat=True)
    assert set(judged) == {"fulfilled", "on_course", "behind"}


def units_were_told_have_answered_and_were_answered() -> None:
    """Each state and each letter occurs; one returned answer was given anew, one was not; none of it looks real."""
    said = Explanation.objects.annotate(count=Count("dossiers"))
    assert {one.state for one in said} == set(Explanation.State.values)
    assert {one.directive_id for one in said} == set(Directive.objects.values_list("pk", flat=True))
    assert [one.replaces is None for one in said].count(False) == 1
    assert said.filter(state="returned", replaced_by=None).count() == 1
    assert all(one.count > 1 and one.text.startswith("[Nội dung minh hoạ] ") for one in said)
    assert Explanation.objects.filter(submitted_at__date__gt=F("directive__calls__answer_by")).exists()  # late
    assert {one.opened_at is None for one in Notice.objects.all()} == {True, False}
    assert not Notice.objects.filter(directive__issued_on__gt=F("created_at__date")).exists()


def from_selector(scope: str) -> Iterator[tuple[str, int, int, int]]:
    for row in ranking(agencies=Agency.objects.all(), as_of=SNAPSHOT, scope=scope).rows:
        yield row.unit.code, row.now.old, row.now.new, row.now.total


def from_command(scope: str) -> list[tuple[str, int, int, int]]:
    out = StringIO()
    call_command("ranking", as_of=DAY, scope=scope, format="json", stdout=out)
    return rows_of(json.loads(out.getvalue()))


def from_api(client: Client, scope: str) -> list[tuple[str, int, int, int]]:
    return rows_of(client.get("/api/ranking", {"ngay": DAY, "pham_vi": scope}).json())


def rows_of(document: dict[str, Any]) -> list[tuple[str, int, int, int]]:
    return [(row["agency"], row["old"], row["new"], row["total"]) for row in document["rows"]]


def from_page(client: Client, scope: str) -> list[tuple[int, int, int]]:
    """Old, new and total of each unit's line, as a reader sees them."""
    return [
        (number(line["Hệ thống cũ"]), number(line["Hệ thống mới"]), number(line["Tổng quá hạn"])) for line in lines(client, scope)
    ]


def lines(client: Client, scope: str) -> list[dict[str, str]]:
    """The cells of each unit's line by what their head says."""
    answer = client.get("/xep-hang/", {"ngay": DAY, "pham_vi": scope}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    page = answer.content.decode()
    heads = HEAD.findall(page)
    found = [line for line in page.splitlines() if "<tr><td>" in line]
    return [dict(zip(heads, CELLS.findall(line)[1:], strict=True)) for line in found if "/don-vi/" in line]


def number(cell: str) -> int:
    return int(TAG.sub("", cell).replace(".", ""))
