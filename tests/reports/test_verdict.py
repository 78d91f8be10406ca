"""The answer in words: what is more, what is less, and what nobody can say."""

from datetime import date, timedelta

import pytest

from agencies.models import Agency
from reports.selectors.ranking import ranking
from reports.verdict import Verdict, verdict
from tests.factories.directives import make_directive
from tests.factories.figures import NIGHT, count, night, systems, workdates

pytestmark = pytest.mark.django_db


def said(*, whole: bool = True) -> Verdict:
    return verdict(ranking(agencies=Agency.objects.all(), as_of=NIGHT), whole_province=whole)


@pytest.fixture
def nights() -> None:
    systems()
    workdates(date(2022, 1, 3), date(2022, 12, 30))
    for back in (0, 1, 7):
        night(NIGHT - timedelta(days=back))
    make_directive("3566/UBND-TTHCC", NIGHT - timedelta(days=7))


@pytest.mark.usefixtures("nights")
def test_the_sentence_says_how_many_where_and_who_has_most(unit_a: Agency, unit_b: Agency) -> None:
    for unit, old, new in ((unit_a, 857, 464), (unit_b, 331, 271)):
        count(unit, "old", old)
        count(unit, "new", new)
    assert said().sentences == (
        "Toàn tỉnh có 1.923 hồ sơ quá hạn lúc 24:00 ngày 07/11/2022: 1.188 trên hệ thống cũ, 735 trên hệ thống mới.",
        "Nhiều nhất là UBND thành phố Kon Tum (1.321), rồi đến UBND huyện Đăk Tô (602).",
    )
    assert said(whole=False).sentences[0].startswith("Các đơn vị bạn phụ trách có 1.923 hồ sơ quá hạn")


@pytest.mark.usefixtures("nights")
def test_fewer_is_better_more_is_worse_and_each_comparison_is_named(unit_a: Agency) -> None:
    count(unit_a, "old", 10)
    count(unit_a, "old", 8, NIGHT - timedelta(days=1))
    count(unit_a, "old", 15, NIGHT - timedelta(days=7))
    assert [(phrase.text, phrase.tone) for phrase in said().phrases] == [
        ("Tăng 2 so với hôm trước", "worse"),
        ("Giảm 5 so với 7 ngày trước", "better"),
        ("Giảm 5 từ 3566/UBND-TTHCC", "better"),
    ]


@pytest.mark.usefixtures("nights")
def test_one_unit_alone_is_not_said_to_have_most(unit_a: Agency) -> None:
    count(unit_a, "old", 10)
    Agency.objects.exclude(pk=unit_a.pk).update(valid_from=date(2023, 1, 1))
    assert len(said().sentences) == 1


def test_without_a_newer_file_nothing_is_said_to_be_fewer_or_unchanged(unit_a: Agency) -> None:
    systems()
    workdates(date(2022, 1, 3), date(2022, 12, 30))
    first = night(NIGHT - timedelta(days=1))
    night(old=first.finished_at, new=first.finished_at)
    count(unit_a, "old", 10)
    count(unit_a, "old", 12, NIGHT - timedelta(days=1))
    assert said().phrases == ()


def test_a_system_nothing_is_known_of_is_said_to_be_unknown(unit_a: Agency, unit_b: Agency) -> None:
    systems()
    night(old=None)
    count(unit_a, "new", 5)
    (first, second) = said().sentences
    assert first == "Toàn tỉnh có 5 hồ sơ quá hạn trên hệ thống mới lúc 24:00 ngày 07/11/2022; chưa có dữ liệu hệ thống cũ."
    assert second == "Nhiều nhất là UBND thành phố Kon Tum (5)."
