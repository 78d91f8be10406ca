"""Small drawings as SVG text: one printer each, for templates and for rows that are printed by the hundred.

No style attributes (the content policy); looks are in ``static/css/components.css``.
"""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ui.formats import integer
from ui.graphics import age_segments, sparkline
from ui.language import remembered


@remembered()
def age_bar(counts: tuple[int, ...]) -> SafeString:
    """Five counts of overdue dossiers, youngest first, as parts of one bar; ``""`` when there are none.

    A table has one in each row, so it is short: the oldest lies at the bottom over the whole width (components.css says so),
    every younger one over it up to where it ends; values of one word need no quotes.
    """
    parts = age_segments(counts)
    if not parts:
        return mark_safe("")
    spoken = "; ".join(f"{part.label}: {integer(part.count)}" for part in parts)
    below, *above = reversed(parts)
    bars = "".join(f"<rect class=age--{part.key} width={part.end}% />" for part in above)
    return mark_safe(  # noqa: S308  # ours
        f"<svg class=age-bar role=img><title>{spoken}</title><rect class=age--{below.key} />{bars}</svg>"
    )


@remembered()
def spark(values: tuple[int | None, ...], label: str = "") -> SafeString:
    """A small line over days, gaps where nothing is known; ``""`` when nothing is. ``label`` is spoken with both ends."""
    line = sparkline(values)
    if line is None:
        return mark_safe("")
    spoken = f"{escape(label)}: {line.summary}" if label else line.summary
    return mark_safe(  # noqa: S308  # escaped above
        f'<svg class=sparkline viewBox="0 0 96 24" role=img aria-label="{spoken}"><path d="{line.path}"/></svg>'
    )
