"""Roles instead of Django's permissions: the admin asks ``user.has_perm(…)``, the role answers."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from accounts.models import User
from agencies.access import can
from agencies.rules import Capability

# Nothing that is evidence or reference can be edited here; accounts are locked, never deleted.
ADMINISTRATOR = frozenset(
    {
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "agencies.view_agency",
        "agencies.view_agencyalias",
        "agencies.add_agencyalias",
        "agencies.delete_agencyalias",
        "dossiers.view_procedure",
        "journal.view_entry",
    }
)


class RoleBackend(BaseBackend):
    def has_perm(self, user_obj: AbstractBaseUser | AnonymousUser, perm: str, obj: Model | None = None) -> bool:
        return perm in ADMINISTRATOR and isinstance(user_obj, User) and can(user_obj, Capability.MANAGE_USERS)

    def has_module_perms(self, user_obj: AbstractBaseUser | AnonymousUser, app_label: str) -> bool:
        """Whether the administrator's start page lists the room."""
        return any(self.has_perm(user_obj, perm) for perm in ADMINISTRATOR if perm.startswith(f"{app_label}."))
