"""Who may see which unit, per role."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import Role, User
from agencies.access import agency_or_404, can, require, visible_agencies
from agencies.models import Agency
from agencies.rules import CAPABILITIES, Capability, allows

pytestmark = pytest.mark.django_db


def test_every_role_has_its_line_in_the_table() -> None:
    assert set(CAPABILITIES) == {str(role) for role in Role}


def test_an_unknown_role_may_nothing() -> None:
    assert not any(allows("khách", capability) for capability in Capability)


@pytest.mark.parametrize("name", ["provincial_officer", "inspector", "data_steward", "administrator"])
def test_provincial_roles_see_every_unit(name: str, commune_a: Agency, unit_b: Agency, request: pytest.FixtureRequest) -> None:
    user: User = request.getfixturevalue(name)
    assert visible_agencies(user).count() == Agency.objects.count() == 4


def test_a_head_sees_the_unit_and_all_under_it_and_no_neighbour(
    head_a: User, unit_a: Agency, commune_a: Agency, unit_b: Agency
) -> None:
    assert set(visible_agencies(head_a)) == {unit_a, commune_a}
    assert agency_or_404(head_a, commune_a.code) == commune_a
    with pytest.raises(Http404):
        agency_or_404(head_a, unit_b.code)


def test_a_stranger_sees_no_unit(stranger: User, unit_a: Agency) -> None:
    assert not visible_agencies(stranger).exists()
    with pytest.raises(Http404):
        agency_or_404(stranger, unit_a.code)


def test_a_locked_account_has_no_capability(administrator: User) -> None:
    require(administrator, Capability.MANAGE_USERS)
    administrator.is_active = False
    assert not can(administrator, Capability.MANAGE_USERS)
    with pytest.raises(PermissionDenied):
        require(administrator, Capability.MANAGE_USERS)


def test_only_administrators_manage_users(head_a: User, provincial_officer: User, inspector: User, data_steward: User) -> None:
    for user in (head_a, provincial_officer, inspector, data_steward):
        assert not can(user, Capability.MANAGE_USERS)
