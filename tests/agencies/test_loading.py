"""The dated tree from the files: once, again without a trace, and with a correction."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings

from agencies.models import Agency, AgencyAlias, AgencyPath, AgencySuccession
from agencies.selectors import agencies_in, agencies_on, responsible_agency
from agencies.services import GENERATED, agencies_load, alias_add
from agencies.sources import AgencyRow, MergerRow, read_agencies, read_aliases, read_mergers
from journal.diff import Changes
from journal.models import Entry

pytestmark = pytest.mark.django_db

DATA = settings.BASE_DIR / "data"
LETTER, LAST, FIRST = date(2022, 11, 10), date(2025, 6, 30), date(2025, 7, 1)


def load(rows: list[AgencyRow] | None = None, mergers: list[MergerRow] | None = None) -> Changes:
    return agencies_load(
        agencies=read_agencies(DATA / "agencies_2022.csv") if rows is None else rows,
        mergers=read_mergers(DATA / "mergers_2025.csv") if mergers is None else mergers,
        aliases=read_aliases(DATA / "agency_aliases.csv") if rows is None else [],
        actor="thử",
    )


def test_the_real_files_give_the_units_of_each_time() -> None:
    load()
    assert agencies_on(LETTER).count() == 146
    assert agencies_on(LAST).count() == 146
    assert agencies_on(FIRST).filter(level="commune").count() == 40
    assert agencies_on(FIRST).filter(level="district", code_system="GSO").count() == 0
    assert AgencySuccession.objects.count() == 102
    assert Agency.objects.get(code="612").remark == "Kết thúc hoạt động; không có một đơn vị kế thừa duy nhất"
    new = Agency.objects.get(code="2025-23284")
    assert (new.name, new.level, new.valid_from, new.parent) == ("UBND phường Đăk Cấm", "commune", FIRST, None)


def test_the_closure_holds_each_unit_with_itself_and_all_above_it() -> None:
    load()
    city = Agency.objects.get(code="608")
    assert agencies_in(city, "area").count() == 22
    assert agencies_in(city, "own").get() == city
    assert set(AgencyPath.objects.filter(agency__code="23281").values_list("ancestor__code", flat=True)) == {"62", "608", "23281"}
    assert agencies_in(Agency.objects.get(code="62"), "area").count() == 146


def test_units_are_listed_by_the_vietnamese_alphabet() -> None:
    load()
    names = list(agencies_on(LETTER).filter(level="district", code_system="GSO").values_list("name", flat=True))
    assert [name.removeprefix("UBND huyện ") for name in names] == [
        "Đăk Glei",
        "Đăk Hà",
        "Đăk Tô",
        "Ia H'Drai",
        "Kon Plông",
        "Kon Rẫy",
        "Ngọc Hồi",
        "Sa Thầy",
        "Tu Mơ Rông",
        "UBND thành phố Kon Tum",
    ]


def test_loading_again_changes_nothing_and_leaves_no_entry() -> None:
    assert load()
    before = (Entry.objects.count(), AgencyAlias.objects.count(), AgencyPath.objects.count())
    assert not load()
    assert (Entry.objects.count(), AgencyAlias.objects.count(), AgencyPath.objects.count()) == before


def row(code: str, name: str, parent: str = "") -> AgencyRow:
    return AgencyRow(code, name, "", "district", "huyện", parent, "GSO", "thử", verified=True)


def test_a_correction_is_journalled_field_by_field_and_moves_the_tree() -> None:
    rows = [row("1", "UBND huyện A"), row("2", "UBND huyện Bê"), row("3", "UBND xã C", parent="1")]
    load(rows, [])
    added = alias_add(agency=Agency.objects.get(code="2"), text="Bê cũ", actor="An")
    changes = load([rows[0], replace(rows[1], name="UBND huyện Bê mới"), replace(rows[2], parent="2")], [])
    assert changes.changed["2"]["name"] == ["UBND huyện Bê", "UBND huyện Bê mới"]
    assert "parent_id" in changes.changed["3"]
    assert "1" not in changes.changed
    assert "2: Bê" in changes.removed
    assert [agency.code for agency in agencies_in(Agency.objects.get(code="2"), "area")] == ["2", "3"]
    assert AgencyAlias.objects.exclude(source=GENERATED).get() == added
    entry = Entry.objects.order_by("seq").last()
    assert entry is not None
    assert (entry.event, entry.actor) == ("reference_changed", "thử")
    assert json.loads(entry.body)["changed"]["2"]["name"] == ["UBND huyện Bê", "UBND huyện Bê mới"]


def test_a_corrected_successor_takes_the_place_of_the_wrong_one() -> None:
    moves = read_mergers(DATA / "mergers_2025.csv")
    load(mergers=moves)
    right = next(move for move in moves if move.new_code != moves[0].new_code)
    corrected = [replace(moves[0], new_code=right.new_code, new_name=right.new_name), *moves[1:]]
    changes = load(mergers=corrected)
    wrong = f"{moves[0].old_code} → {moves[0].new_id}"
    assert (changes.added, changes.removed) == ((f"{moves[0].old_code} → {right.new_id}",), (wrong,))
    old = Agency.objects.get(code=moves[0].old_code)
    assert responsible_agency(old, FIRST) == Agency.objects.get(code=right.new_id)
    assert not load(mergers=corrected)


def test_what_the_source_did_not_confirm_stays_marked() -> None:
    load()
    office = Agency.objects.get(code="KT-STP")
    assert (office.verified, office.remark) == (False, "suy luận từ danh mục chuẩn, chưa đối chiếu")
    assert Agency.objects.filter(code="KT-TTPVHCC", verified=False, remark__contains="cấp trên là suy luận").exists()
