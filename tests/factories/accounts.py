"""People for tests."""

from accounts.models import User
from agencies.models import Agency, Membership


def make_user(username: str, role: str, *agencies: Agency, full_name: str = "") -> User:
    """A person with a role, answering for the units given; sign in with ``client.force_login(user)``."""
    user = User(username=username, role=role, full_name=full_name or username)
    user.set_unusable_password()
    user.save()
    Membership.objects.bulk_create([Membership(user=user, agency=agency) for agency in agencies])
    return user
