"""One person for each role, with a password everybody may know. Only where settings.DEMO is on (``load.check_allowed``)."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import Role, User
from accounts.services import account_add
from agencies.models import Agency
from agencies.services import memberships_set

PASSWORD = "minh-hoa-kon-tum-2022"  # noqa: S105  # printed at every start of the demo


@dataclass(frozen=True, slots=True)
class SignIn:
    """``agency``: code of the unit the person answers for, "" for roles that see the province."""

    username: str
    full_name: str
    role: Role
    agency: str = ""


SIGN_INS = (
    SignIn("vanphong", "Lê Thị Minh Hà", Role.PROVINCIAL_OFFICE),
    SignIn("tp.kontum", "Nguyễn Văn Thành", Role.AGENCY_HEAD, "608"),
    SignIn("dakto", "A Khâm", Role.AGENCY_HEAD, "612"),
    SignIn("so.tnmt", "Trần Quang Dũng", Role.AGENCY_HEAD, "KT-STNMT"),
    SignIn("thanhtra", "Phạm Ngọc Lan", Role.INSPECTOR),
    SignIn("dulieu", "Y Hlim", Role.DATA_STEWARD),
    SignIn("quantri", "Đỗ Đức Long", Role.ADMINISTRATOR),
)


def signins_create(*, actor: str) -> None:
    """Create the people who are missing; those who exist keep their password and their units."""
    known = set(User.objects.values_list("username", flat=True))
    for sign_in in SIGN_INS:
        if sign_in.username not in known:
            _create(sign_in, actor)


@transaction.atomic
def _create(sign_in: SignIn, actor: str) -> None:
    person = User(username=sign_in.username, full_name=sign_in.full_name, role=sign_in.role)
    account_add(account=person, password=PASSWORD, actor=actor)
    if sign_in.agency:
        memberships_set(user=person, agencies=[Agency.objects.get(code=sign_in.agency)], actor=actor)
