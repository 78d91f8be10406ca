"""Letters being read: opening a draft, and making it a letter once a person has confirmed what was read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.rules import fold
from directives.models import Directive, DirectiveAddressee, DirectiveCitation, DirectiveFigure, LetterDraft, Obligation
from directives.rules.reading import read
from directives.selectors.drafts import READING
from journal import services as journal
from ui.formats import day


@dataclass(frozen=True, slots=True)
class Cited:
    """A letter cited. The day is needed of one nobody knows yet."""

    reference: str
    issued_on: date | None = None
    issuer: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom the letter addresses; ``agencies``: the units the words mean."""

    label: str
    agencies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    agency: int
    system: str
    as_of: date
    value: int
    quote: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """``kind``: of Obligation; ``system`` empty for both."""

    sentence: str
    addressee: str
    partner: str
    agencies: tuple[int, ...]
    kind: str
    system: str
    percent: int | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a person says a letter says."""

    reference: str
    issued_on: date
    issuer: str
    signer: str
    subject: str
    cited: Sequence[Cited] = ()
    addressees: Sequence[Addressed] = ()
    figures: Sequence[Counted] = ()
    obligations: Sequence[Ordered] = ()


class KnownError(Exception):
    """The letter is there already, with its text; nothing was changed."""

    def __init__(self, directive: Directive) -> None:
        super().__init__(directive.reference)
        self.directive = directive


@transaction.atomic
def draft_open(*, text: str, file_name: str, now: datetime, actor: str) -> LetterDraft:
    """Read a clean text and keep what was found. The same text again opens the draft that is there."""
    digest = sha256(text.encode()).hexdigest()
    known = LetterDraft.objects.filter(sha256=digest).first()
    if known:
        return known
    draft = LetterDraft.objects.create(
        file_name=file_name,
        sha256=digest,
        text=text,
        found=READING.dump_python(read(text), mode="json"),
        created_at=now,
        created_by=actor,
    )
    journal.letter_read(actor=actor, draft=draft.pk, file_name=file_name or _("toàn văn dán vào"), sha256=digest)
    return draft


@transaction.atomic
def draft_confirm(*, draft: LetterDraft, letter: Confirmed, actor: str) -> Directive:
    """Write the letter down with all its parts, in one transaction with the journal.

    A letter known only because another cites it gets its text now. Raises KnownError when the letter is there with its text.
    """
    draft = LetterDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.directive:
        raise KnownError(draft.directive)
    directive = _directive(draft, letter)
    _cite(directive, letter.cited)
    for to in letter.addressees:
        DirectiveAddressee.objects.create(directive=directive, label=to.label).agencies.set(to.agencies)
    DirectiveFigure.objects.bulk_create(
        DirectiveFigure(
            directive=directive,
            agency_id=each.agency,
            system_id=each.system,
            as_of=each.as_of,
            value=each.value,
            quote=each.quote,
        )
        for each in letter.figures
    )
    _oblige(directive, letter.obligations)
    draft.directive = directive
    draft.save(update_fields=["directive"])
    counts = {name: len(getattr(letter, name)) for name in ("cited", "addressees", "figures", "obligations")}
    journal.letter_confirmed(actor=actor, reference=directive.reference, draft=draft.pk, sha256=draft.sha256, counts=counts)
    return directive


def _directive(draft: LetterDraft, letter: Confirmed) -> Directive:
    """The letter, new or known by citation only until now."""
    known = Directive.objects.select_for_update().filter(reference=letter.reference).first()
    if known and known.text:
        raise KnownError(known)
    directive = known or Directive(reference=letter.reference, slug=_free_slug(letter.reference))
    directive.issued_on, directive.issuer = letter.issued_on, letter.issuer
    directive.signer, directive.subject = letter.signer, letter.subject
    directive.text, directive.verified, directive.remark = draft.text, True, ""
    directive.source = _("Công văn số %(reference)s ngày %(day)s") % {"reference": letter.reference, "day": day(letter.issued_on)}
    directive.save()
    return directive


def _free_slug(reference: str) -> str:
    """The letter's place in addresses; references that differ in signs alone get different ones."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(reference)).strip("-")
    taken = set(Directive.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(name for name in (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))) if name not in taken)


def _cite(directive: Directive, cited: Sequence[Cited]) -> None:
    """Join the letter to those it cites; one nobody knows is written down as known by this citation only."""
    for each in cited:
        letter = Directive.objects.filter(reference=each.reference).first() or _known_by_citation(directive, each)
        DirectiveCitation.objects.get_or_create(citing=directive, cited=letter)


def _known_by_citation(citing: Directive, cited: Cited) -> Directive:
    if cited.issued_on is None:
        raise ValueError(f"A letter nobody knows is cited without its day: {cited.reference}")
    words: Mapping[str, str] = {"reference": citing.reference, "day": day(citing.issued_on)}
    return Directive.objects.create(
        reference=cited.reference,
        slug=_free_slug(cited.reference),
        issued_on=cited.issued_on,
        issuer=cited.issuer,
        subject=cited.subject,
        source=_("Dẫn tại Công văn số %(reference)s ngày %(day)s") % words,
        verified=False,
        remark=_("Chưa có toàn văn; biết qua Công văn số %(reference)s") % words,
    )


def _oblige(directive: Directive, obligations: Sequence[Ordered]) -> None:
    for number, order in enumerate(obligations, start=1):
        Obligation.objects.create(
            directive=directive,
            number=number,
            sentence=order.sentence,
            addressee=order.addressee,
            partner=order.partner,
            kind=order.kind,
            system_id=order.system or None,
            percent=order.percent,
            due_on=order.due_on,
        ).agencies.set(order.agencies)
