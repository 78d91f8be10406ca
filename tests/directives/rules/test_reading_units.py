"""Which units words mean: over the real list of 2022, groups by their usual names, and never a guess."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from agencies.models import Agency
from agencies.services import agencies_load
from agencies.sources import read_agencies, read_aliases, read_mergers
from directives.selectors.drafts import units_on

pytestmark = pytest.mark.django_db  # the units are read once, from the database

DATA = settings.BASE_DIR / "data"
Ask = Callable[[str], tuple[list[str], list[str]]]
DISTRICTS = ["608", "610", "611", "612", "613", "614", "615", "616", "617", "618"]


@pytest.fixture(scope="module")
def ask(django_db_setup: None, django_db_blocker: Any) -> Ask:
    """ask(words) → (codes in the order named, words that mean none)."""
    with django_db_blocker.unblock(), transaction.atomic():
        agencies_load(
            agencies=read_agencies(DATA / "agencies_2022.csv"),
            mergers=read_mergers(DATA / "mergers_2025.csv"),
            aliases=read_aliases(DATA / "agency_aliases.csv"),
            actor="thử",
        )
        units, codes = units_on(date(2022, 11, 10)), dict(Agency.objects.values_list("pk", "code"))
        transaction.set_rollback(True)

    def asked(words: str) -> tuple[list[str], list[str]]:
        meant = units.meant(words)
        return [codes[pk] for pk in meant.agencies], list(meant.unknown)

    return asked


ONE = [
    ("UBND thành phố Kon Tum", ["608"]),
    ("Ủy ban nhân dân huyện Đăk Tô", ["612"]),
    ("huyện Đắk Tô", ["612"]),
    ("UBND huyện Ia H'Drai", ["618"]),
    ("Chủ tịch UBND huyện Sa Thầy", ["616"]),
    ("Sở Nội vụ", ["KT-SNV"]),
    ("Giám đốc Sở Tài nguyên và Môi trường", ["KT-STNMT"]),
    ("Trưởng ban Ban Quản lý Khu kinh tế tỉnh", ["KT-BQLKKT"]),
    ("Chánh Thanh tra tỉnh", ["KT-TTT"]),
    ("Chánh Văn phòng UBND tỉnh", ["KT-VPUB"]),
    ("Văn phòng Ủy ban nhân dân tỉnh", ["KT-VPUB"]),
    ("Sở Văn hóa, Thể thao và Du lịch", ["KT-SVHTTDL"]),
    ("Sở Lao động - Thương binh và Xã hội", ["KT-SLDTBXH"]),
    ("Chi nhánh Văn phòng Đăng ký đất đai huyện Đăk Hà", ["KT-CNVPDK-615"]),
]
SEVERAL = [
    ("UBND thành phố Kon Tum, UBND huyện Đăk Tô", ["608", "612"]),
    ("UBND thành phố Kon Tum và UBND huyện Đăk Tô", ["608", "612"]),
    ("UBND các huyện: Đăk Tô, Đăk Hà, Sa Thầy", ["612", "615", "616"]),
    ("UBND các huyện Đăk Tô, Đăk Hà và thành phố Kon Tum", ["612", "615", "608"]),
    ("Các Sở: Tài nguyên và Môi trường, Văn hóa, Thể thao và Du lịch", ["KT-STNMT", "KT-SVHTTDL"]),
    ("các Sở Nội vụ, Tài chính; Thanh tra tỉnh", ["KT-SNV", "KT-STC", "KT-TTT"]),
    ("Sở Lao động - Thương binh và Xã hội, Sở Tư pháp", ["KT-SLDTBXH", "KT-STP"]),
    ("Sở Thông tin và Truyền thông và UBND các huyện, thành phố", ["KT-STTTT", *DISTRICTS]),
]


@pytest.mark.parametrize(("words", "codes"), ONE + SEVERAL)
def test_names_are_matched(ask: Ask, words: str, codes: list[str]) -> None:
    assert ask(words) == (codes, [])


GROUPS = [
    ("Ủy ban nhân dân các huyện, thành phố", 10),
    ("UBND các huyện, thành phố", 10),
    ("Chủ tịch Ủy ban nhân dân các huyện, thành phố", 10),
    ("UBND các huyện", 9),
    ("Các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh", 19),
    ("Thủ trưởng các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh", 19),
    ("Các sở, ban, ngành", 20),
    ("các sở, ban ngành thuộc tỉnh", 20),
    ("Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các huyện, thành phố", 30),
    ("các sở, ban, ngành, Ủy ban nhân dân các huyện, thành phố", 30),
    ("Ủy ban nhân dân các xã, phường, thị trấn", 102),
    ("các Chi nhánh Văn phòng Đăng ký đất đai", 10),
]


@pytest.mark.parametrize(("words", "size"), GROUPS)
def test_a_group_means_its_units(ask: Ask, words: str, size: int) -> None:
    codes, unknown = ask(words)
    assert (len(codes), unknown) == (size, [])
    assert len(set(codes)) == size


def test_the_heads_letter_3812_names_are_its_thirty_addressees(ask: Ask) -> None:
    heads = (
        "Thủ trưởng các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh; Trưởng ban Ban Quản lý Khu kinh tế tỉnh và Chủ tịch"
        " Ủy ban nhân dân các huyện, thành phố"
    )
    codes, unknown = ask(heads)
    assert unknown == []
    assert (len(codes), codes[19], codes[20:]) == (30, "KT-BQLKKT", DISTRICTS)


UNKNOWN = [
    ("Thủ trưởng các đơn vị nêu trên", [], ["Thủ trưởng các đơn vị nêu trên"]),
    ("UBND các huyện, thành phố có hồ sơ quá hạn", [], ["UBND các huyện", "thành phố có hồ sơ quá hạn"]),
    ("UBND các huyện (trừ huyện Sa Thầy)", [], ["UBND các huyện (trừ huyện Sa Thầy)"]),
    ("UBND xã Đăk Long", [], ["UBND xã Đăk Long"]),  # there are two
    ("UBND các xã, thị trấn", [], ["UBND các xã", "thị trấn"]),  # of which district?
    ("Ban Cán sự đảng Ủy ban nhân dân tỉnh", [], ["Ban Cán sự đảng Ủy ban nhân dân tỉnh"]),
    ("toàn tỉnh", [], ["toàn tỉnh"]),
    ("Sở Nội vụ, Công an tỉnh", ["KT-SNV"], ["Công an tỉnh"]),
    ("UBND xã Đăk Long, huyện Đăk Hà", ["23504"], []),
    ("", [], []),
]


@pytest.mark.parametrize(("words", "codes", "unknown"), UNKNOWN)
def test_what_may_mean_another_or_none_is_told_as_unknown(ask: Ask, words: str, codes: list[str], unknown: list[str]) -> None:
    assert ask(words) == (codes, unknown)
