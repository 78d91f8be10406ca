"""Deciding on the criteria; putting on record that a file of facts was made."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accountability.models import Criteria
from accountability.selectors import criteria_in_force
from accounts.caller import signature
from accounts.models import User
from agencies.access import require
from agencies.rules import Capability
from journal import services as journal

LIMITS = ("periods", "late_periods", "floor", "letters", "least")


@transaction.atomic
def criteria_decide(*, limits: Mapping[str, int], reason: str, user: User, now: datetime) -> Criteria:
    """A new version, in force at once. ``limits``: a number for each of LIMITS. Raises ValidationError, PermissionDenied."""
    require(user, Capability.PREPARE_REVIEWS)
    made = Criteria(**limits, reason=reason.strip(), decided_by=signature(user), decided_at=now)
    made.full_clean()
    held = criteria_in_force()
    if all(getattr(held, name) == limits[name] for name in LIMITS):
        raise ValidationError(_("Các mức vừa nhập giống hệt phiên bản đang áp dụng."))
    made.save(force_insert=True)
    journal.review_criteria_decided(actor=made.decided_by, number=made.pk, limits=dict(limits), reason=made.reason)
    return made


@transaction.atomic
def file_made(*, content: bytes, name: str, agency: str, as_of: date, seal: str, criteria: Criteria, user: User) -> None:
    """``agency``: the unit's code, "" when the file is about all units."""
    require(user, Capability.PREPARE_REVIEWS)
    digest = sha256(content).hexdigest()
    journal.review_file_made(
        actor=signature(user), agency=agency, as_of=as_of, seal=seal, criteria=criteria.pk, name=name, sha256=digest
    )
