"""Who answers for which unit: the other way round from ``access.visible_agencies``."""

import pytest

from accounts.models import Role, User
from agencies.models import Agency
from agencies.rules import Capability, roles_with
from agencies.selectors import people_allowed, people_answering
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db


def test_the_roles_with_a_capability_are_those_it_allows() -> None:
    assert roles_with(Capability.EXPLAIN) == {Role.AGENCY_HEAD}
    assert roles_with(Capability.DECIDE_EXPLANATION) == {Role.PROVINCIAL_OFFICE}


def test_a_unit_is_answered_for_by_its_head_and_by_the_head_of_the_unit_above(
    head_a: User, head_b: User, unit_a: Agency, commune_a: Agency, unit_b: Agency, stranger: User
) -> None:
    own = make_user("phuong", Role.AGENCY_HEAD, commune_a)
    found = people_answering([unit_a.pk, commune_a.pk, unit_b.pk], Capability.EXPLAIN)
    assert found == {unit_a.pk: {head_a.pk}, commune_a.pk: {head_a.pk, own.pk}, unit_b.pk: {head_b.pk}}


def test_who_is_locked_out_or_has_another_role_answers_for_nothing(unit_a: Agency, head_a: User) -> None:
    make_user("van-phong-608", Role.PROVINCIAL_OFFICE, unit_a)
    User.objects.filter(pk=head_a.pk).update(is_active=False)
    assert people_answering([unit_a.pk], Capability.EXPLAIN) == {}
    assert head_a not in people_allowed(Capability.EXPLAIN)
