"""Letters for tests."""

from collections.abc import Iterable
from datetime import date

from agencies.models import Agency
from directives.models import Directive, DirectiveCitation, DirectiveFigure


def make_directive(
    reference: str, issued_on: date, *, cites: Iterable[Directive] = (), text: str = "", **columns: str
) -> Directive:
    """A letter of the province; its slug is the reference in small letters."""
    directive = Directive.objects.create(
        reference=reference,
        slug=reference.lower().replace("/", "-"),
        issued_on=issued_on,
        text=text,
        verified=bool(text),
        **{"issuer": "Ủy ban nhân dân tỉnh", "subject": "hồ sơ quá hạn", "source": "tests", **columns},
    )
    DirectiveCitation.objects.bulk_create(DirectiveCitation(citing=directive, cited=cited) for cited in cites)
    return directive


def quote_figure(directive: Directive, agency: Agency, system: str, as_of: date, value: int) -> DirectiveFigure:
    return DirectiveFigure.objects.create(
        directive=directive, agency=agency, system_id=system, as_of=as_of, value=value, quote=f"{agency} có {value} hồ sơ"
    )
