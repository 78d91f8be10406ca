"""The same dossiers told through every shape in turn: what a shape does not state must not overwrite what is known."""

import io
import itertools
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest

from dossiers.models import Dossier, DossierRevision, ImportBatch
from dossiers.services.intake_sql import COMPARED
from tests.factories.intake import (
    AS_OF,
    HEADER,
    csv_file,
    igate,
    json_file,
    make_world,
    national,
    national_file,
    row,
    take,
    xlsx_file,
)

pytestmark = pytest.mark.django_db

LONG = "UBND xã Đăk Long"
EVERYTHING = (*HEADER, "Đơn vị tiếp nhận", "Ngày từ chối", "Số văn bản gia hạn", "Ngày văn bản gia hạn")
# Each dossier by what a register says of it.
TOLD = (
    row(1, channel="Trực tuyến", note="Đã gọi điện"),
    row(2, status="5", stop_from="26/10/2022 09:00"),
    row(3, stop_from="26/10/2022 09:00", stop_to="28/10/2022 15:00", due="02/11/2022 17:00"),
    row(4, status="9", finished="28/10/2022 10:00"),
    row(5, status="10", finished="28/10/2022 10:00", returned="04/11/2022 16:00"),
    row(6, status="10", returned="04/11/2022 16:00"),
    row(7, status="3", **{"Ngày từ chối": "25/10/2022 08:30"}),
    row(8, status="7", finished="27/10/2022 08:30", note="Xin rút"),
    row(9, due="14/11/2022 17:00", **{"Số văn bản gia hạn": "12/GH", "Ngày văn bản gia hạn": "27/10/2022"}),
    row(10, procedure="1.000002", due="24/10/2022 23:59:59"),
    row(11, agency=LONG, **{"Đơn vị tiếp nhận": "UBND huyện Đăk Hà"}),
    row(12, procedure="", field="", officer="Trần Thị Bình##Lê Văn Chung"),
    row(13, field="Nuôi ong", due=""),
)
NATIONAL = {
    "MaHoSo": "Mã hồ sơ", "MaTTHC": "Mã TTHC", "TenTTHC": "Tên thủ tục hành chính", "TenLinhVuc": "Lĩnh vực",
    "KenhThucHien": "Kênh thực hiện", "ChuHoSo": "Chủ hồ sơ", "TrangThaiHoSo": "Trạng thái", "DonViXuLy": "Đơn vị xử lý",
    "NoiNopHoSo": "Đơn vị tiếp nhận", "GhiChu": "Ghi chú",
}  # fmt: skip
NATIONAL_DATES = {
    "NgayTiepNhan": "Ngày tiếp nhận", "NgayHenTra": "Ngày hẹn trả", "NgayKetThucXuLy": "Ngày kết thúc xử lý",
    "NgayTra": "Ngày trả kết quả", "NgayTuChoi": "Ngày từ chối",
}  # fmt: skip


def compact(text: str) -> str:
    """yyyyMMddHHmmss of dd/MM/yyyy HH:mm[:ss]."""
    return (text[6:10] + text[3:5] + text[:2] + text[11:].replace(":", "")).ljust(14, "0") if text else ""


def iso(text: str) -> str | None:
    return f"{text[6:10]}-{text[3:5]}-{text[:2]}T{text[11:].ljust(8, ':')[:5]}:{text[17:] or '00'}.000+0700" if text else None


def as_national(told: dict[str, Any]) -> dict[str, Any]:
    stop = {
        "NgayBoSung": compact(told.get("Ngày yêu cầu bổ sung", "")),
        "NgayTiepNhanBoSung": compact(told.get("Ngày nhận bổ sung", "")),
    }
    return {
        **national(),
        **{name: told.get(column, "") for name, column in NATIONAL.items()},
        **{name: compact(told.get(column, "")) for name, column in NATIONAL_DATES.items()},
        "DanhSachHoSoBoSung": [stop] if stop["NgayBoSung"] else [],
    }


def as_igate(told: dict[str, Any]) -> dict[str, Any]:
    return igate(
        code=told["Mã hồ sơ"],
        dossierStatus={"name": told["Trạng thái"]},
        applyMethod={"name": told["Kênh thực hiện"]},
        procedure={"code": told["Mã TTHC"], "sector": {"name": told["Lĩnh vực"]}},
        agency={"name": told["Đơn vị xử lý"], "parent": {"name": told.get("Đơn vị tiếp nhận")}},
        acceptedDate=iso(told["Ngày tiếp nhận"]),
        appointmentDate=iso(told["Ngày hẹn trả"]),
        completedDate=iso(told.get("Ngày kết thúc xử lý", "")),
        returnedDate=iso(told.get("Ngày trả kết quả", "")),
        currentTask=[{"assignee": {"fullname": name}} for name in told["Cán bộ xử lý"].split("##")],
    )


def without(*names: str) -> tuple[str, ...]:
    return tuple(name for name in EVERYTHING if name not in names)


SHAPES: dict[str, Callable[[], io.BytesIO]] = {
    "everything": lambda: csv_file(TOLD, header=EVERYTHING),
    "workbook": lambda: xlsx_file(TOLD, header=EVERYTHING, titles=2),
    "national": lambda: national_file(map(as_national, TOLD)),
    "igate": lambda: json_file({"content": [as_igate(told) for told in TOLD]}),
    "no stops": lambda: csv_file(TOLD, header=without("Ngày yêu cầu bổ sung", "Ngày nhận bổ sung", "Ngày từ chối")),
    "no ends": lambda: csv_file(TOLD, header=without("Ngày kết thúc xử lý", "Ngày trả kết quả", "Ngày từ chối", "Ghi chú")),
    "least": lambda: csv_file(TOLD, header=("Mã hồ sơ", "Đơn vị xử lý", "Ngày tiếp nhận", "Trạng thái", "Mã TTHC")),
}


def tell(shapes: Iterable[str], day: int = 0) -> list[ImportBatch]:
    """One file a day."""
    moments = (AS_OF + timedelta(days=n) for n in itertools.count(day))
    return [take(SHAPES[shape](), as_of=at, now=at) for shape, at in zip(shapes, moments, strict=False)]


def revisions() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for code, changed in DossierRevision.objects.order_by("pk").values_list("code", "changed"):
        found.setdefault(code[-4:], []).append(changed)
    return found


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    make_world()


@pytest.mark.parametrize("turn", range(len(SHAPES) - 1))
def test_once_told_in_full_no_shape_in_any_order_brings_a_second_revision(turn: int) -> None:
    others = [name for name in SHAPES if name != "everything"]
    first, *rest = tell(["everything", *others[turn:], *others[:turn], "everything"])
    assert (first.new, first.rejected) == (len(TOLD), 0), list(first.issues.values_list("message", flat=True))
    assert {code: changed for code, (_new, *changed) in revisions().items() if changed} == {}
    assert [(batch.unchanged, batch.changed, batch.rejected) for batch in rest] == [(len(TOLD), 0, 0)] * (len(others) + 1)


@pytest.mark.parametrize(
    "order", [("igate", "least", "national"), ("national", "no ends", "igate"), ("least", "igate", "no stops")]
)
def test_shapes_complete_one_another_and_then_change_nothing(order: tuple[str, ...]) -> None:
    tell([*order, "everything"])
    known = list(Dossier.objects.order_by("code").values(*COMPARED))
    counted = DossierRevision.objects.count()
    again = tell([*order, *reversed(order), "everything"], day=4)
    assert DossierRevision.objects.count() == counted, revisions()
    assert [batch.changed for batch in again] == [0] * len(again)
    assert list(Dossier.objects.order_by("code").values(*COMPARED)) == known


def test_a_row_of_another_shape_is_judged_once_and_then_known_by_its_words() -> None:
    tell(["everything", "igate"])
    hashes = dict(Dossier.objects.values_list("code", "row_hash"))
    moved = dict(Dossier.objects.values_list("code", "data_as_of"))
    assert set(moved.values()) == {AS_OF}
    tell(["igate"], day=2)
    assert dict(Dossier.objects.values_list("code", "row_hash")) == hashes


def test_the_same_cells_under_a_header_with_the_column_are_other_words() -> None:
    """An officer is known; a file without the column leaves it, a file with an empty column takes it away."""
    nobody = {**row(), "Cán bộ xử lý": ""}
    tell(["everything"])
    columns = [name for name in HEADER if name != "Cán bộ xử lý"]
    for day, header, officer in ((1, columns, "Trần Thị Bình"), (2, HEADER, "")):
        at = AS_OF + timedelta(days=day)
        take(csv_file([{**nobody, "Kênh thực hiện": "Trực tuyến"}], header=header), kind="delta", as_of=at, now=at)
        assert Dossier.objects.get(code=nobody["Mã hồ sơ"]).officer == officer
