"""A draft as its page shows it: the text with what was found marked in it, and what a person must look at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.models import Directive
from directives.rules.reading_found import Figure, Order, Reading
from directives.rules.reading_text import Piece
from directives.rules.reading_units import Units
from ui.formats import integer

KINDS: Mapping[str, Promise] = {
    "identity": gettext_lazy("số, nơi và ngày ban hành"),
    "organ": gettext_lazy("cơ quan, người ký"),
    "subject": gettext_lazy("trích yếu"),
    "addressed": gettext_lazy("nơi gửi, nơi nhận"),
    "cited": gettext_lazy("văn bản được dẫn"),
    "order": gettext_lazy("yêu cầu"),
    "who": gettext_lazy("bên thực hiện, phối hợp"),
    "deadline": gettext_lazy("thời hạn"),
    "demand": gettext_lazy("chỉ tiêu xét được bằng số liệu"),
    "figure": gettext_lazy("số liệu quá hạn"),
    "note": gettext_lazy("chú thích"),
}


@dataclass(frozen=True, slots=True)
class Segment:
    """Some text with the finding it belongs to. ``label`` only where the finding begins; ``anchors``: places that begin here."""

    text: str
    kind: str = ""
    label: str | Promise = ""
    anchors: tuple[str, ...] = ()


def segments(text: str, reading: Reading) -> list[Segment]:
    """The whole text in order. Where findings lie in one another the innermost shows."""
    spans = sorted({(piece.start, piece.end, kind) for kind, piece in found(reading) if piece.start < piece.end})
    cuts = sorted({0, len(text), *(cut for start, end, _kind in spans for cut in (start, end))})
    parts: list[Segment] = []
    waiting, covering = iter(spans), list[tuple[int, int, str]]()
    following = next(waiting, None)
    for start, end in pairwise(cuts):
        begun = []
        while following and following[0] == start:
            begun.append(following)
            following = next(waiting, None)
        covering = [span for span in covering if span[1] > start] + begun
        inner = min(covering, key=lambda span: (span[1] - span[0], -span[0]), default=None)
        anchors = tuple(f"t{span[0]}-{span[1]}" for span in begun)
        kind = inner[2] if inner else ""
        parts.append(Segment(text[start:end], kind, KINDS[kind] if inner and inner[0] == start else "", anchors))
    return parts


def found(reading: Reading) -> Iterator[tuple[str, Piece]]:
    """Every finding's piece with its kind."""
    signer = reading.signer
    groups: dict[str, Sequence[Piece | None]] = {
        "identity": (reading.reference, reading.place, reading.issued.words if reading.issued else None),
        "organ": (reading.superior, reading.issuer, *((signer.name, signer.office, *signer.capacity) if signer else ())),
        "subject": (reading.subject,),
        "addressed": (*reading.addressees, *reading.recipients),
        "cited": [piece for cited in reading.cited for piece in cited.mentions],
        "order": [order.words for order in reading.orders],
        "who": [piece for order in reading.orders for piece in (order.addressee, order.partner)],
        "deadline": [deadline.words for order in reading.orders for deadline in order.deadlines],
        "demand": [demand.words for order in reading.orders for demand in order.demands],
        "figure": [piece for figure in reading.figures for piece in (figure.words, figure.unit)],
        "note": [piece for note in reading.notes for piece in (note.words, note.at)],
    }
    return ((kind, piece) for kind, pieces in groups.items() for piece in pieces if piece)


def warnings(reading: Reading, units: Units, known: Mapping[str, Directive]) -> list[str]:
    """What was not found or not understood, each in a sentence."""
    return [*_missing(reading), *_unclear_units(reading, units), *_unclear_figures(reading), *_undated(reading, known)]


def _missing(reading: Reading) -> Iterator[str]:
    parts = {
        _("Không tìm thấy số, ký hiệu."): reading.reference,
        _("Không tìm thấy ngày ban hành."): reading.issued,
        _("Không tìm thấy cơ quan ban hành."): reading.issuer,
        _("Không tìm thấy trích yếu (V/v)."): reading.subject,
        _("Không tìm thấy nơi gửi đến (Kính gửi)."): reading.addressees,
        _("Không tìm thấy yêu cầu nào."): reading.orders,
        _("Không tìm thấy nơi nhận."): reading.recipients,
        _("Không tìm thấy người ký."): reading.signer,
    }
    yield from (sentence for sentence, part in parts.items() if not part)
    if reading.issued and reading.issued.day is None:
        yield _("Ngày “%(words)s” không có trong lịch.") % {"words": reading.issued.words.text}


def _unclear_units(reading: Reading, units: Units) -> Iterator[str]:
    """Words of addressees that mean no unit, or not one alone; each once."""
    named = chain(reading.addressees, (order.addressee for order in reading.orders), (each.unit for each in reading.figures))
    words = dict.fromkeys(unknown for piece in named if piece for unknown in units.meant(piece.text).unknown)
    yield from (_("Chưa rõ là đơn vị nào: “%(words)s”.") % {"words": each} for each in words)
    for order in reading.orders:
        if order.addressee is None:
            yield _("Yêu cầu “%(words)s” không nêu bên thực hiện.") % {"words": shortened(order)}


def shortened(order: Order) -> str:
    words = order.words.text.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")


def _unclear_figures(reading: Reading) -> Iterator[str]:
    for figure in reading.figures:
        number = integer(figure.value)
        if figure.corrects is not None:
            yield _("Số %(number)s là số đính chính, thay số %(old)s.") % {"number": number, "old": integer(figure.corrects)}
        lacking = [word for word, part in _parts(figure).items() if not part]
        if lacking:
            yield _("Số %(number)s trong “%(words)s” chưa rõ: %(what)s.") % {
                "number": number,
                "words": figure.sentence,
                "what": ", ".join(lacking),
            }


def _parts(figure: Figure) -> dict[str, object]:
    return {_("đơn vị"): figure.unit, _("hệ thống"): figure.system, _("ngày số liệu"): figure.as_of}


def _undated(reading: Reading, known: Mapping[str, Directive]) -> Iterator[str]:
    for cited in reading.cited:
        if cited.issued_on is None and cited.reference not in known:
            yield _("Văn bản %(reference)s được dẫn mà không ghi ngày.") % {"reference": cited.reference}
