"""The province the demo plays in: its units with how much each receives, and the matters brought to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal

from dossiers.rules.deadlines import TimeLimit
from worktime.rules import WorkCalendar

# What is received and finished at each level, in percent of all. The margins are the parameter file's
# ``level_share`` and ``field_share_volume`` (a test adds them up); the inside of the table is inferred.
JOINT: Mapping[tuple[str, str], float] = {
    ("commune", "Chứng thực"): 34,
    ("commune", "Hộ tịch"): 17,
    ("commune", "Đất đai"): 1,
    ("commune", "Bảo trợ xã hội, người có công, lao động"): 3,
    ("district", "Chứng thực"): 6,
    ("district", "Hộ tịch"): 2,
    ("district", "Đất đai"): 8,
    ("district", "Bảo trợ xã hội, người có công, lao động"): 3,
    ("district", "Hộ kinh doanh, doanh nghiệp"): 3,
    ("district", "Đường bộ (GPLX), xây dựng, lý lịch tư pháp"): 3,
    ("province", "Hộ tịch"): 1,
    ("province", "Đất đai"): 8,
    ("province", "Bảo trợ xã hội, người có công, lao động"): 2,
    ("province", "Hộ kinh doanh, doanh nghiệp"): 1,
    ("province", "Đường bộ (GPLX), xây dựng, lý lịch tư pháp"): 4,
    ("province", "Khác"): 4,
}
GROUP_OF_FIELD = {
    "Chứng thực": "Chứng thực",
    "Hộ tịch": "Hộ tịch",
    "Hộ tịch (liên thông)": "Hộ tịch",
    "Đất đai": "Đất đai",
    "Đăng ký biện pháp bảo đảm": "Đất đai",
    "Bảo trợ xã hội": "Bảo trợ xã hội, người có công, lao động",
    "Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)": "Hộ kinh doanh, doanh nghiệp",
    "Thành lập và hoạt động của doanh nghiệp": "Hộ kinh doanh, doanh nghiệp",
    "Đường bộ": "Đường bộ (GPLX), xây dựng, lý lịch tư pháp",
    "Hoạt động xây dựng": "Đường bộ (GPLX), xây dựng, lý lịch tư pháp",
    "Lý lịch tư pháp": "Đường bộ (GPLX), xây dựng, lý lịch tư pháp",
}
# Which provincial unit answers for which field.
DEPARTMENTS = {
    "Hộ tịch": ("KT-STP",),
    "Lý lịch tư pháp": ("KT-STP",),
    "Đất đai": ("KT-VPDKDD", "KT-STNMT"),
    "Đăng ký biện pháp bảo đảm": ("KT-VPDKDD",),
    "Bảo trợ xã hội": ("KT-SLDTBXH",),
    "Thành lập và hoạt động của doanh nghiệp": ("KT-SKHDT",),
    "Đường bộ": ("KT-SGTVT",),
}
# Matters of departments outside the reference list of procedures: named, never given an invented code.
UNLISTED = (
    ("KT-SCT", "Lưu thông hàng hóa trong nước", "Cấp Giấy chứng nhận đủ điều kiện làm đại lý bán lẻ xăng dầu", 15),
    ("KT-SNNPTNT", "Trồng trọt và bảo vệ thực vật", "Cấp Giấy chứng nhận đủ điều kiện buôn bán phân bón", 10),
    ("KT-SXD", "Quy hoạch xây dựng", "Cung cấp thông tin quy hoạch xây dựng", 10),
    ("KT-STTTT", "Xuất bản, in và phát hành", "Cấp giấy phép xuất bản tài liệu không kinh doanh", 10),
    ("KT-SVHTTDL", "Du lịch", "Cấp thẻ hướng dẫn viên du lịch nội địa", 10),
    ("KT-SKHCN", "Hoạt động khoa học và công nghệ", "Cấp Giấy chứng nhận đăng ký hoạt động khoa học và công nghệ", 10),
    ("KT-SGDDT", "Văn bằng, chứng chỉ", "Cấp bản sao văn bằng, chứng chỉ từ sổ gốc", 1),
    ("KT-SYT", "Hành nghề khám bệnh, chữa bệnh", "Cấp chứng chỉ hành nghề khám bệnh, chữa bệnh", 30),
    ("KT-SNV", "Tổ chức phi chính phủ, hội", "Phê duyệt điều lệ hội", 20),
    ("KT-STC", "Quản lý công sản", "Thanh toán chi phí liên quan đến bán tài sản trên đất", 20),
    ("KT-SNGV", "Lãnh sự, hội nghị quốc tế", "Cho phép tổ chức hội nghị, hội thảo quốc tế", 15),
    ("KT-BQLKKT", "Đầu tư tại khu kinh tế", "Điều chỉnh Giấy chứng nhận đăng ký đầu tư", 10),
    ("KT-BDT", "Công tác dân tộc", "Công nhận người có uy tín trong đồng bào dân tộc thiểu số", 20),
    ("KT-TTT", "Khiếu nại, tố cáo", "Giải quyết khiếu nại lần đầu tại cấp tỉnh", 30),
    ("KT-VPUB", "Hành chính tổng hợp", "Xác nhận sao lục văn bản của Ủy ban nhân dân tỉnh", 3),
)
# Relative weight of what a district's units receive: towns more, mountain districts less (inferred).
DISTRICT_WEIGHT = {"608": 30, "610": 7, "611": 11, "612": 12, "613": 6, "614": 6, "615": 12, "616": 9, "617": 4, "618": 3}
BRANCH = "chi nhánh VPĐKĐĐ"


@dataclass(frozen=True, slots=True)
class Unit:
    """``kind``: commune, district, branch or province; ``district`` is the GSO code of the district it lies in, or ""."""

    code: str
    name: str
    kind: str
    type: str
    district: str
    ambiguous: bool = False  # another unit has the same name: files must add the district


@dataclass(frozen=True, slots=True)
class Matter:
    """A procedure as the demo's officers handle it. ``limit`` None: no time limit is stated, the receipt promises 3 days."""

    code: str
    name: str
    field: str
    limit: TimeLimit | None
    units: frozenset[str]  # kinds of unit, or codes of provincial units
    policy: str = "pause"
    cutoff: time | None = None
    financial_stops: bool = True

    @property
    def group(self) -> str:
        return GROUP_OF_FIELD.get(self.field, "Khác")


@dataclass(frozen=True)
class World:
    units: Sequence[Unit]
    matters: Sequence[Matter]
    calendar: WorkCalendar
    handled: Mapping[str, Mapping[str, tuple[Matter, ...]]] = field(init=False)  # unit code → group → matters

    def __post_init__(self) -> None:
        handled = {
            unit.code: _grouped(m for m in self.matters if unit.kind in m.units or unit.code in m.units) for unit in self.units
        }
        object.__setattr__(self, "handled", handled)

    def unit(self, code: str) -> Unit:
        return next(unit for unit in self.units if unit.code == code)


def _grouped(matters: Iterable[Matter]) -> dict[str, tuple[Matter, ...]]:
    groups: dict[str, tuple[Matter, ...]] = {}
    for matter in matters:
        groups[matter.group] = (*groups.get(matter.group, ()), matter)
    return groups


def handling_units(level: str, field_name: str) -> frozenset[str]:
    """Who handles a listed procedure, from its ``level`` as the source writes it ("xã/huyện", "huyện (CN VPĐKĐĐ)/tỉnh")."""
    kinds: set[str] = set()
    for part in level.split("/"):
        if part == "xã":
            kinds.add("commune")
        elif part == "huyện":
            kinds.add("district")
        elif part.startswith("huyện"):
            kinds.add("branch")
        elif part == "tỉnh":
            kinds.update(DEPARTMENTS.get(field_name, ()))
    return frozenset(kinds)


def unlisted_matters() -> list[Matter]:
    from_table = ((name, field_name, days, {code}) for code, field_name, name, days in UNLISTED)
    return [
        Matter("", name, field_name, TimeLimit(Decimal(days), "working_day"), frozenset(units))
        for name, field_name, days, units in from_table
    ]


def unit_weight(unit: Unit, communes_in: Mapping[str, int]) -> float:
    """How much of its level's dossiers a unit receives, against the others of its level."""
    if unit.kind == "province":
        return {"KT-VPDKDD": 6.0, "KT-STNMT": 2.0}.get(unit.code, 1.0)
    weight = DISTRICT_WEIGHT[unit.district]
    if unit.kind == "commune":
        town = 2.5 if unit.type in ("phường", "thị trấn") else 1.0
        return weight * town / communes_in[unit.district]
    return weight * (1.5 if unit.kind == "branch" else 1.0)
