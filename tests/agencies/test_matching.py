"""Which unit a text means: the real list of 2022, the real mergers of 2025, and never a guess."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from agencies.models import Agency
from agencies.rules import AgencyFacts, AgencyIndex, fold, match_key
from agencies.selectors import agency_index
from agencies.services import agencies_load
from agencies.sources import read_agencies, read_aliases, read_mergers

pytestmark = pytest.mark.django_db  # the index is built once, from the database

DATA = settings.BASE_DIR / "data"
LETTER = date(2022, 11, 10)
AFTER = date(2025, 8, 1)

Asked = tuple[str | None, str, list[str]]
Ask = Callable[..., Asked]


@pytest.fixture(scope="module")
def ask(django_db_setup: None, django_db_blocker: Any) -> Ask:
    """ask(text, on=…, hint=…) → (code found, reason, codes of the candidates), over the loaded real files."""
    with django_db_blocker.unblock(), transaction.atomic():
        agencies_load(
            agencies=read_agencies(DATA / "agencies_2022.csv"),
            mergers=read_mergers(DATA / "mergers_2025.csv"),
            aliases=read_aliases(DATA / "agency_aliases.csv"),
            actor="thử",
        )
        index, codes = agency_index(), dict(Agency.objects.values_list("pk", "code"))
        transaction.set_rollback(True)

    def answer(text: str, on: date = LETTER, hint: str = "") -> Asked:
        match = index.find(text, on=on, hint=hint)
        return (codes.get(match.agency_id or 0), match.reason, sorted(codes[pk] for pk in match.candidates))

    return answer


def test_no_two_different_names_of_the_real_list_share_a_key() -> None:
    names = defaultdict(set)
    for row in read_agencies(DATA / "agencies_2022.csv"):
        names[match_key(row.name)].add(fold(row.name))
    assert [found for found in names.values() if len(found) > 1] == []


def test_every_official_name_finds_its_unit_except_the_name_two_communes_share(ask: Ask) -> None:
    for row in read_agencies(DATA / "agencies_2022.csv"):
        code, reason, candidates = ask(row.name)
        if row.name == "UBND xã Đăk Long":
            assert (code, reason, candidates) == (None, "ambiguous", ["23368", "23504"])
        else:
            assert (code, reason) == (row.code, "exact"), row.name


@pytest.mark.parametrize(
    "text",
    [
        "UBND xã Đăk Long, huyện Đăk Hà",
        "UBND xã Đăk Long - UBND huyện Đăk Hà",
        "UBND huyện Đăk Hà - UBND xã Đăk Long",
        "Xã Đăk Long (huyện Đăk Hà)",
        "Xã Đăk Long huyện Đăk Hà",
        "X. Đắk Long, H. Đắk Hà, tỉnh Kon Tum",
        "Ủy ban nhân dân xã Đăk Long, huyện Đăk Hà, tỉnh Kon Tum",
        "xã Đăk Long huyện Đăk Hà tỉnh Kon Tum",
        "Đăk Long – Đăk Hà",
        "23504",
        "23504 - UBND xã Đăk Long",
    ],
)
def test_the_district_or_the_code_decides_between_the_two_dak_long(ask: Ask, text: str) -> None:
    assert ask(text)[0] == "23504"


def test_the_other_dak_long_is_found_by_its_own_district(ask: Ask) -> None:
    assert ask("UBND xã Đăk Long, huyện Đăk Glei")[0] == "23368"


def test_a_hint_decides_only_what_the_text_leaves_open(ask: Ask) -> None:
    assert ask("UBND xã Đăk Long", hint="UBND huyện Đăk Glei")[0] == "23368"
    assert ask("UBND xã Đăk Long", hint="23504")[0] == "23504"
    assert ask("UBND xã Đăk Long", hint="Bộ phận một cửa")[1] == "ambiguous"
    assert ask("UBND xã Đăk Long", hint="UBND huyện Sa Thầy")[1] == "ambiguous"
    assert ask("UBND xã Đăk Môn", hint="UBND huyện Sa Thầy")[0] == "23374"


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Đăk Hà", ["23425", "23500", "615"]),
        ("UBND Đăk Hà", ["23425", "23500", "615"]),
        ("Đắk Tô", ["23401", "612"]),
        ("Kon Tum", ["608", "62", "KT-UBND"]),
        ("Tu Mơ Rông", ["23422", "617"]),
        ("UBND xã Đăk Môn, huyện Sa Thầy", ["23374", "616"]),  # it lies in Đăk Glei: the text contradicts itself
        ("23504 - UBND xã Đăk Môn", ["23374", "23504"]),
    ],
)
def test_a_text_two_units_could_mean_is_never_guessed(ask: Ask, text: str, candidates: list[str]) -> None:
    assert ask(text) == (None, "ambiguous", candidates)


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        ("uỷ ban nhân dân tp.kontum", "608", "exact"),
        (unicodedata.normalize("NFD", "UBND huyện Đắk Tô"), "612", "exact"),
        ("UBND HUYỆN ÐĂK TÔ", "612", "exact"),
        ("H. Ia H’Drai", "618", "exact"),
        ("UBND thị trấn Đăk Hà", "23500", "exact"),
        ("TT Đăk Hà", "23500", "exact"),
        ("xã Hoà Bình", "23338", "exact"),
        ("xã Ya Ly", "23554", "exact"),
        ("Ngọc Hồi", "611", "alias"),
        ("Sở TN&MT", "KT-STNMT", "alias"),
        ("Sở Nội vụ tỉnh Kon Tum", "KT-SNV", "alias"),
        ("Sở Văn hoá, Thể thao và Du lịch", "KT-SVHTTDL", "exact"),
        ("Sở Lao động - Thương binh và Xã hội", "KT-SLDTBXH", "exact"),
        ("UBND tỉnh", "KT-UBND", "alias"),
        ("Ban Quản lý Khu kinh tế", "KT-BQLKKT", "alias"),
        ("Chi nhánh VPĐKĐĐ huyện Đăk Tô", "KT-CNVPDK-612", "exact"),
        ("Văn phòng Đăng ký đất đai - Chi nhánh huyện Đăk Tô", "KT-CNVPDK-612", "alias"),
        ("CN VPĐKĐĐ TP Kon Tum", "KT-CNVPDK-608", "exact"),
        ("kt-snv", "KT-SNV", "code"),
    ],
)
def test_spellings_seen_in_files_find_their_unit(ask: Ask, text: str, code: str, reason: str) -> None:
    assert ask(text)[:2] == (code, reason)


@pytest.mark.parametrize(
    "text", ["", "  ", "UBND", "UBND huyện Đăk Mil", "Phòng Tư pháp - UBND huyện Đăk Hà", "xã", "99999", "—"]
)
def test_what_nobody_knows_stays_unknown(ask: Ask, text: str) -> None:
    assert ask(text)[:2] == (None, "unknown")


def test_a_unit_that_ended_before_the_date_answers_ended_with_its_candidates(ask: Ask) -> None:
    assert ask("UBND huyện Đăk Tô", on=date(2025, 6, 30))[0] == "612"
    assert ask("UBND huyện Đăk Tô", on=date(2025, 7, 1)) == (None, "ended", ["612"])
    assert ask("UBND xã Đăk Long, huyện Đăk Hà", on=AFTER) == (None, "ended", ["23504"])


def test_a_code_used_again_means_the_unit_of_its_time(ask: Ask) -> None:
    assert ask("23284")[0] == "23284"
    assert ask("23284", on=AFTER)[0] == "2025-23284"
    assert ask("UBND phường Đăk Cấm") == (None, "unknown", ["2025-23284"])
    assert ask("UBND phường Đăk Cấm, tỉnh Quảng Ngãi", on=AFTER)[0] == "2025-23284"


def test_one_dak_long_remains_after_the_merger_and_the_name_decides_alone(ask: Ask) -> None:
    assert ask("UBND xã Đăk Long", on=AFTER)[:2] == ("2025-23368", "exact")


def test_answers_are_remembered_per_text_date_and_hint() -> None:
    index = AgencyIndex(
        [
            AgencyFacts(1, "a", ("Xã A",), valid_to=date(2022, 1, 1)),
            AgencyFacts(2, "b", ("Xã B",), aliases=("Xã Bê",)),
        ]
    )
    assert index.find("Xã A", on=date(2022, 1, 1)).agency_id == 1
    assert index.find("Xã A", on=date(2022, 1, 2)).reason == "ended"
    assert index.find("xã bê", on=LETTER) is index.find("xã bê", on=LETTER)
