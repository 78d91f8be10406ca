"""The ranking as a file: units, columns and order as on screen, the total last, and what it is of in its head."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from journal.models import Entry
from journal.selectors import night_seal
from tests.factories.dossiers import moment
from tests.factories.figures import NIGHT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("swept")]
FILE = "/xep-hang/tai-ve.xlsx"


@pytest.fixture(autouse=True)
def morning(settings: Settings) -> None:
    settings.CLOCK_PINNED_AT = moment(NIGHT + timedelta(days=1), 7, 30)


def downloaded(client: Client, query: str = "") -> tuple[dict[str, str], list[list[Any]]]:
    answer = client.get(f"{FILE}?{query}")
    assert answer.status_code == 200
    lines = [list(line) for line in openpyxl.load_workbook(BytesIO(answer.getvalue())).active.values]
    blank = next(place for place, line in enumerate(lines) if not any(line))
    return {str(line[0]): str(line[1]) for line in lines[1:blank]}, lines[blank + 1 :]


def test_units_stand_as_on_screen_with_every_figure_as_a_figure(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    _facts, (heads, *rows) = downloaded(client)
    first, total = (dict(zip(heads, row, strict=True)) for row in (rows[0], rows[-1]))
    assert [row[1] for row in rows] == ["UBND thành phố Kon Tum", "UBND phường Quang Trung", "UBND huyện Đăk Tô", "Tổng cộng"]
    assert (first["Hạng"], first["Mã đơn vị"], first["Tổng quá hạn"], first["Hệ thống mới"]) == (1, "608", 3, None)
    assert (first["Đang xử lý"], first["Tỷ lệ quá hạn (%)"]) == (6, 50)
    assert first["Lâu nhất (ngày hạn)"].date() == date(2022, 2, 7)
    assert first["Quá hạn đến 5 ngày làm việc"] == 2
    assert first["So với hôm trước (06/11): không có số liệu"] is None  # not known, not zero
    assert (total["Hạng"], total["Mã đơn vị"], total["Tổng quá hạn"]) == (None, None, 5)


def test_columns_order_and_conditions_are_those_asked_for(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    facts, (heads, *rows) = downloaded(client, "cot=total,due_today&sap_xep=name&cap=district")
    assert heads == ["Hạng", "Đơn vị", "Mã đơn vị", "Tổng quá hạn", "Đến hạn hôm nay"]
    assert [row[2] for row in rows] == ["612", "608", None]
    assert facts["Điều kiện"] == "Cấp: Huyện, thành phố"
    assert facts["Thứ tự"] == "Đơn vị, tăng dần"
    assert facts["Mã số liệu"] == night_seal(NIGHT) != ""
    assert facts["Hệ thống mới"] == "chưa có dữ liệu"
    assert facts["Người tải"] == "Cán bộ Văn phòng (van-phong), lúc 07:30 08/11/2022"


def test_a_head_takes_away_the_own_units_only_and_no_record_is_needed(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    before = Entry.objects.count()
    _facts, (_heads, *rows) = downloaded(client)
    assert [row[2] for row in rows] == ["608", "23281", None]
    assert Entry.objects.count() == before


def test_wrong_words_are_refused_and_a_day_without_figures_leads_to_the_page(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    for wrong in ("cot=pin", "linh_vuc=Hộ tich"):
        assert client.get(f"{FILE}?{wrong}").status_code == 422
    answer = client.get(f"{FILE}?ngay=2022-12-24")
    assert answer.headers["Location"] == "/xep-hang/?ngay=2022-12-24"


def test_the_link_asks_for_exactly_what_the_page_shows(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    html = client.get("/xep-hang/", {"cap": "district", "cot": "total"}).content.decode()
    assert 'href="/xep-hang/tai-ve.xlsx?cap=district&amp;cot=rank,name,total"' in html
