import unicodedata
from random import Random

import pytest
from django.conf import settings

from agencies.models import Agency
from agencies.selectors import agency_index
from demo.plan import SNAPSHOT
from demo.reference import aliases_read
from demo.spelling import dirty, variants
from demo.world import World
from dossiers.rules.cells import clean
from kontum_tthc.reference import reference_load

pytestmark = pytest.mark.django_db


def test_every_way_of_writing_a_unit_still_names_that_unit_alone(world: World, rng: Random) -> None:
    reference_load(folder=settings.BASE_DIR / "data", actor="tests")
    index, aliases = agency_index(), aliases_read()
    ids = dict(Agency.objects.values_list("code", "pk"))
    for unit in world.units:
        above = world.unit(unit.district).name if unit.kind == "commune" else ""
        for text in variants(unit, above, aliases.get(unit.code, ())):
            for written in (text, clean(dirty(rng, text))):
                assert index.find(written, on=SNAPSHOT).agency_id == ids[unit.code], written


def test_a_town_has_many_spellings(world: World) -> None:
    assert {"UBND thành phố Kon Tum", "Ủy ban nhân dân thành phố Kon Tum", "UBND TP Kon Tum", "UBND TP. Kon Tum"} <= set(
        variants(world.unit("608"), "")
    )
    assert {"UBND huyện Đắk Tô", "UBND huyện Dak Tô", "UBND H. Đăk Tô"} <= set(variants(world.unit("612"), ""))


def test_a_name_two_communes_share_always_comes_with_its_district(world: World) -> None:
    twins = [unit for unit in world.units if unit.ambiguous]
    assert len(twins) == 2
    for twin in twins:
        above = world.unit(twin.district).name
        assert all("," in text for text in variants(twin, above))


def test_dirt_is_only_skin_deep(rng: Random) -> None:
    text = "Ủy ban nhân dân huyện Đăk Tô"
    seen = {dirty(rng, text) for _ in range(500)}
    assert len(seen) == 4
    assert {" ".join(unicodedata.normalize("NFC", each).split()) for each in seen} == {text}
