"""Reading what a draft needs: the units words can mean on a day, the drafts, the letters known already."""

from collections.abc import Mapping
from datetime import date

from agencies.selectors import agencies_on, agency_index
from directives.rules.reading_units import Group, Units

# What each group is made of, by the kind of unit (data/agencies_2022.csv).
KINDS: Mapping[Group, tuple[str, ...]] = {
    "departments": ("văn phòng", "sở", "thanh tra", "ban"),
    "boards": ("ban quản lý",),
    "districts": ("thành phố", "thị xã", "huyện"),
    "rural_districts": ("huyện",),
    "communes": ("xã", "phường", "thị trấn"),
    "branches": ("chi nhánh VPĐKĐĐ",),
}


def units_on(on: date) -> Units:
    """Everything a letter of that day can mean by a unit's name or a group's."""
    units = list(agencies_on(on).order_by("pk").values_list("pk", "type"))
    groups = {group: [pk for pk, kind in units if kind in kinds] for group, kinds in KINDS.items()}
    return Units(agency_index(), groups, on)
