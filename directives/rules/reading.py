"""Reading a letter: from its text to everything found in it, each with its place (Nghị định 30/2020/NĐ-CP, appendix I).

What is not found stays empty; nothing is supposed. A person confirms every finding.
"""

from dataclasses import dataclass
from itertools import pairwise

from directives.rules.reading_cited import marks_set, note_mark, read_cited, read_notes
from directives.rules.reading_figures import read_figures
from directives.rules.reading_foot import ANNEX, CAPACITY, RECEIVED, read_foot
from directives.rules.reading_found import Reading
from directives.rules.reading_head import ADDRESSED, NUMBER, PLACE_AND_DAY, PREAMBLE, read_addressees, read_head
from directives.rules.reading_orders import read_orders
from directives.rules.reading_outline import BARRED, lines, paragraphs
from directives.rules.reading_text import Page, Part, Piece, page_of, rx


@dataclass(frozen=True, slots=True)
class _Layout:
    """A letter cut into its parts. ``body``: paragraphs of running text; ``notes``, ``annex``: paragraphs too."""

    head: Part
    addressees: tuple[Piece, ...]
    body: list[Part]
    foot: Part
    notes: list[Part]
    annex: list[Part]


def read(text: str) -> Reading:
    """Everything found in a letter's text; places count the characters of ``text`` as given."""
    typed = page_of(text)
    laid = _layout(typed)
    page = typed.flowing([*laid.body, *laid.notes, *laid.annex])
    marks = marks_set(page, Part(laid.head.end, len(page.text)))
    head = read_head(page, laid.head)
    cited = read_cited(page, Part(0, len(page.text)))
    orders, closing = read_orders(page, [part for part in laid.body if not BARRED.search(page.words(part))])
    elsewhere = [piece for each in cited for piece in each.mentions]
    elsewhere += [deadline.words for order in orders for deadline in order.deadlines]
    recipients, signer = read_foot(page, laid.foot)
    return Reading(
        reference=head.reference,
        place=head.place,
        issued=head.issued,
        superior=head.superior,
        issuer=head.issuer,
        subject=head.subject,
        addressees=laid.addressees,
        cited=tuple(each for each in cited if head.reference is None or each.reference != head.reference.text),
        orders=orders,
        closing=closing,
        figures=read_figures(page, sorted([*laid.body, *laid.notes, *laid.annex], key=lambda part: part.start), elsewhere),
        notes=read_notes(page, laid.notes, marks),
        recipients=recipients,
        signer=signer,
    )


def _layout(page: Page) -> _Layout:
    addressed = ADDRESSED.search(page.text)
    head = Part(0, addressed.start() if addressed else _head_end(page))
    addressees, begin = read_addressees(page, addressed.end()) if addressed else ((), head.end)
    below = Part(begin, len(page.text))
    foot_start = _foot_start(page, below)
    annex = ANNEX.search(page.text, foot_start)
    annex_start = annex.start() if annex else len(page.text)
    cuts = (begin, foot_start, annex_start, len(page.text))
    parts = [part for start, end in pairwise(cuts) for part in paragraphs(page.text, Part(start, end))]
    marks = marks_set(page, below)
    notes = [part for part in parts if note_mark(page, part, marks)]
    running = [part for part in parts if not note_mark(page, part, marks)]
    foot = Part(foot_start, min([part.start for part in notes if part.start > foot_start] + [annex_start]))
    return _Layout(
        head=head,
        addressees=addressees,
        body=[part for part in running if part.start < foot_start],
        foot=foot,
        notes=notes,
        annex=[part for part in running if part.start >= annex_start],
    )


def _head_end(page: Page) -> int:
    """Without "Kính gửi": before the first line of running text below number and day."""
    known = [found.end() for pattern in (NUMBER, PLACE_AND_DAY) if (found := rx(pattern).search(page.text))]
    end = max(known, default=0)
    for line in lines(page.text, Part(end, len(page.text))):
        if PREAMBLE.match(page.words(line)):
            return line.start
    return end


def _foot_start(page: Page, body: Part) -> int:
    """Before "Nơi nhận" or the signer's office, whichever comes first."""
    found = (pattern.search(page.text, body.start) for pattern in (RECEIVED, CAPACITY))
    return min((match.start() for match in found if match), default=len(page.text))
