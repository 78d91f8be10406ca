"""The cast, for every test: two units side by side under the province, one commune under the first, and everyone who may look.

A stranger can sign in but answers for no unit. Sign in with ``client.force_login(head_a)``.
"""

import pytest

from accounts.models import Role, User
from agencies.models import Agency
from tests.factories.accounts import make_user
from tests.factories.agencies import make_agency


@pytest.fixture
def province(db: None) -> Agency:
    return make_agency("Tỉnh Kon Tum", code="62", level=Agency.Level.PROVINCE)


@pytest.fixture
def unit_a(province: Agency) -> Agency:
    return make_agency("UBND thành phố Kon Tum", code="608", level=Agency.Level.DISTRICT, parent=province)


@pytest.fixture
def commune_a(unit_a: Agency) -> Agency:
    return make_agency("UBND phường Quang Trung", code="23281", parent=unit_a)


@pytest.fixture
def unit_b(province: Agency) -> Agency:
    return make_agency("UBND huyện Đăk Tô", code="612", level=Agency.Level.DISTRICT, parent=province)


@pytest.fixture
def provincial_officer(db: None) -> User:
    return make_user("van-phong", Role.PROVINCIAL_OFFICE, full_name="Cán bộ Văn phòng")


@pytest.fixture
def head_a(unit_a: Agency) -> User:
    return make_user("thu-truong-a", Role.AGENCY_HEAD, unit_a, full_name="Thủ trưởng A")


@pytest.fixture
def head_b(unit_b: Agency) -> User:
    return make_user("thu-truong-b", Role.AGENCY_HEAD, unit_b, full_name="Thủ trưởng B")


@pytest.fixture
def inspector(db: None) -> User:
    return make_user("to-kiem-tra", Role.INSPECTOR, full_name="Tổ kiểm tra")


@pytest.fixture
def data_steward(db: None) -> User:
    return make_user("du-lieu", Role.DATA_STEWARD, full_name="Phụ trách dữ liệu")


@pytest.fixture
def administrator(db: None) -> User:
    return make_user("quan-tri", Role.ADMINISTRATOR, full_name="Quản trị hệ thống")


@pytest.fixture
def stranger(db: None) -> User:
    return make_user("nguoi-la", Role.AGENCY_HEAD, full_name="Người lạ")
