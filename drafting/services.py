"""Making a draft; changing the template."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.caller import signature
from accounts.models import User
from agencies.access import require
from agencies.rules import Capability
from directives.models import Directive
from dossiers.selectors.dossiers import Listing
from drafting.models import LetterTemplate, MadeDraft
from drafting.rendering import checked, rendered
from drafting.selectors import letter_content, template_in_use
from drafting.template import built_in
from journal import services as journal


@transaction.atomic
def draft_make(
    *,
    night: Listing,
    codes: Collection[str],
    cited: Sequence[Directive],
    subject: str,
    due_on: date,
    since: date,
    user: User,
    now: datetime,
) -> MadeDraft:
    """Raises FiguresError, TemplateUnfitError, PermissionDenied. ``codes``: the units'; ``since``: annex I begins after it."""
    require(user, Capability.MANAGE_LETTERS)
    letter = letter_content(night=night, codes=codes, cited=cited, subject=subject, due_on=due_on, since=since)
    template = template_in_use()
    content = rendered(template_bytes(template), letter, on=timezone.localdate(now))
    digest = sha256(content).hexdigest()
    made = MadeDraft(
        run=night.run,
        template=template,
        subject=subject,
        units=[one.agency.code for one in letter.units],
        cited=[one.reference for one in cited],
        due_on=due_on,
        sha256=digest,
        made_by=signature(user),
        made_at=now,
    )
    made.file.save(f"{digest}.docx", ContentFile(content), save=False)
    made.save(force_insert=True)
    journal.letter_drafted(
        actor=made.made_by, number=made.pk, as_of=letter.as_of, seal=letter.seal, agencies=made.units, sha256=digest
    )
    return made


@transaction.atomic
def template_put(*, content: bytes, user: User, now: datetime) -> LetterTemplate:
    """In use from now on; no content goes back to the built-in one. Raises TemplateUnfitError, PermissionDenied."""
    require(user, Capability.MANAGE_LETTERS)
    made = LetterTemplate(made_by=signature(user), made_at=now)
    if content:
        checked(content)
        made.sha256 = sha256(content).hexdigest()
        made.file.save(f"{made.sha256}.docx", ContentFile(content), save=False)
    made.save(force_insert=True)
    journal.letter_template_changed(actor=made.made_by, number=made.pk, sha256=made.sha256)
    return made


def template_bytes(template: LetterTemplate | None) -> bytes:
    if template is None:
        return built_in()
    with template.file.open("rb") as source:
        return bytes(source.read())
