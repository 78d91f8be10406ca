"""Loading letters with their citations, addressees, orders and quoted figures; each change is journalled."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Agency
from directives.models import Directive, DirectiveAddressee, DirectiveCitation, DirectiveFigure, Obligation
from directives.selectors.drafts import references_confirmed
from directives.sources import Letter, Order
from journal.diff import Changes, table_sync
from journal.rules import JSON
from journal.services import reference_changed

COLUMNS = ("slug", "issued_on", "issuer", "signer", "subject", "text", "source", "verified", "remark")


class LetterError(ValueError):
    """A letter names a unit or a letter nobody knows; nothing was changed. The text is Vietnamese."""


@transaction.atomic
def directives_load(*, letters: Collection[Letter], actor: str) -> Changes:
    """Bring the letters to what the file says; agencies and systems must be there already.

    A letter that a person confirmed from its text stays as confirmed: the file knows less of it.
    """
    confirmed = references_confirmed()
    letters = [letter for letter in letters if letter.reference not in confirmed]
    wanted = {letter.reference: {name: getattr(letter, name) for name in COLUMNS} for letter in letters}
    changes = table_sync(Directive, "reference", wanted)
    directives = {directive.reference: directive for directive in Directive.objects.all()}
    agencies = dict(Agency.objects.values_list("code", "pk"))
    for letter in letters:
        _refuse_unknown(letter, agencies, directives)
        known, stated = _parts_known(directives[letter.reference]), _parts_stated(letter)
        if known != stated:
            _parts_replace(directives[letter.reference], letter, agencies, directives)
            changes |= Changes(changed={letter.reference: {name: [known[name], stated[name]] for name in stated}})
    if changes:
        reference_changed(actor=actor, subject=_("công văn"), changes=changes.as_dict())
    return changes


def _refuse_unknown(letter: Letter, agencies: Mapping[str, int], directives: Mapping[str, Directive]) -> None:
    addressed = [*(codes for _label, codes in letter.addressees), *(order.agencies for order in letter.orders)]
    named = {code for codes in addressed for code in codes} | {figure.agency for figure in letter.figures}
    missing = sorted(named - agencies.keys()) + [cited for cited in letter.cites if cited not in directives]
    if missing:
        raise LetterError(
            _("Công văn %(reference)s nêu mã đơn vị hoặc công văn chưa có: %(missing)s. Hãy bổ sung rồi nạp lại.")
            % {"reference": letter.reference, "missing": ", ".join(missing)}
        )


def _parts_stated(letter: Letter) -> dict[str, JSON]:
    return {
        "cites": sorted(letter.cites),
        "addressees": [[label, sorted(codes)] for label, codes in letter.addressees],
        "orders": [_order_told(each, each.agencies, each.system) for each in letter.orders],
        "figures": [[each.agency, each.system, each.as_of.isoformat(), each.value, each.quote] for each in letter.figures],
    }


def _order_told(order: Order | Obligation, agencies: Iterable[str], system: str) -> list[JSON]:
    due_on = order.due_on.isoformat() if order.due_on else ""
    return [order.sentence, order.addressee, order.partner, sorted(agencies), order.kind, system, order.percent, due_on]


def _parts_known(directive: Directive) -> dict[str, JSON]:
    figures = directive.figures.values_list("agency__code", "system_id", "as_of", "value", "quote")
    return {
        "cites": sorted(directive.citations.values_list("cited__reference", flat=True)),
        "addressees": [
            [to.label, sorted(agency.code for agency in to.agencies.all())]
            for to in directive.addressees.prefetch_related("agencies")
        ],
        "orders": [
            _order_told(each, (unit.code for unit in each.agencies.all()), each.system_id or "")
            for each in directive.obligations.prefetch_related("agencies")
        ],
        "figures": [[code, system, as_of.isoformat(), value, quote] for code, system, as_of, value, quote in figures],
    }


def _parts_replace(
    directive: Directive, letter: Letter, agencies: Mapping[str, int], directives: Mapping[str, Directive]
) -> None:
    for known in (directive.citations, directive.addressees, directive.figures):
        known.all().delete()
    DirectiveCitation.objects.bulk_create(
        [DirectiveCitation(citing=directive, cited=directives[cited]) for cited in letter.cites]
    )
    for label, codes in letter.addressees:
        DirectiveAddressee.objects.create(directive=directive, label=label).agencies.set([agencies[code] for code in codes])
    DirectiveFigure.objects.bulk_create(
        [
            DirectiveFigure(
                directive=directive,
                agency_id=agencies[each.agency],
                system_id=each.system,
                as_of=each.as_of,
                value=each.value,
                quote=each.quote,
            )
            for each in letter.figures
        ]
    )
    _orders_replace(directive, letter.orders, agencies)


def _orders_replace(directive: Directive, orders: Sequence[Order], agencies: Mapping[str, int]) -> None:
    """By their number, never anew: what was judged and answered so far belongs to them."""
    for number, order in enumerate(orders, start=1):
        columns = {name: getattr(order, name) for name in ("sentence", "addressee", "partner", "kind", "percent", "due_on")}
        columns |= {"system_id": order.system or None}
        obligation, _new = Obligation.objects.update_or_create(directive=directive, number=number, defaults=columns)
        obligation.agencies.set([agencies[code] for code in order.agencies])
    directive.obligations.filter(number__gt=len(orders)).delete()
