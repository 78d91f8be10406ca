"""Accounts are given, changed and locked by an administrator only; each act is journalled, with the actor's name as text.

What people keep for themselves (saved views) is theirs alone and no evidence.
"""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Role, SavedView, User
from journal import services as journal
from ui.addresses import normal

VIEWS_MOST = 20  # of one person, for one page
EDITED = ("username", "full_name", "email", "role", "is_active")


@transaction.atomic
def account_add(*, account: User, password: str, actor: str) -> User:
    """Store a new person with a first password. Raises ValidationError: name taken, role unknown, password too weak."""
    validate_password(password, account)
    account.set_password(password)
    account.full_clean()
    account.save(force_insert=True)
    journal.account_added(actor=actor, username=account.username, role=account.role, role_name=str(Role(account.role).label))
    return account


@transaction.atomic
def account_change(*, account: User, actor: str) -> User:
    """Store what differs from the database; a new role, a lock and an unlock are evidence."""
    known = User.objects.select_for_update().get(pk=account.pk)
    changed = [name for name in EDITED if getattr(known, name) != getattr(account, name)]
    account.save(update_fields=changed)
    if "role" in changed:
        journal.role_changed(
            actor=actor,
            username=account.username,
            old=known.role,
            new=account.role,
            old_name=str(Role(known.role).label),
            new_name=str(Role(account.role).label),
        )
    if "is_active" in changed:
        lock = journal.account_unlocked if account.is_active else journal.account_locked
        lock(actor=actor, username=account.username)
    return account


@transaction.atomic
def account_password_set(*, account: User, password: str, actor: str) -> User:
    """Give somebody a new password; their sessions end. People change their own at /tai-khoan/."""
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    journal.password_set(actor=actor, username=account.username)
    return account


@transaction.atomic
def view_save(*, user: User, page: str, name: str, query: str, now: datetime) -> SavedView:
    """Keep a page's question under a name. Raises ValidationError: name taken or empty, question too long, too many views."""
    User.objects.select_for_update().get(pk=user.pk)  # two saving at once would both pass the limit
    if user.saved_views.filter(page=page).count() >= VIEWS_MOST:
        raise ValidationError(_("Mỗi trang lưu được tối đa %(most)s bộ lọc. Hãy xóa bớt trước.") % {"most": VIEWS_MOST})
    view = SavedView(user=user, page=page, name=name.strip(), query=normal(query), created_at=now)
    view.full_clean()
    view.save(force_insert=True)
    return view


def view_delete(*, user: User, pk: int) -> SavedView | None:
    """Forget one of the person's own saved views; None when there is none of that number."""
    view = user.saved_views.filter(pk=pk).first()
    if view:
        user.saved_views.filter(pk=pk).delete()
    return view
