"""``{% load ui %}``: how values look. Filters print one value; tags print a component of ``templates/ui/``."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django import template
from django.template.context import RenderContext
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ui import drawings, formats, graphics
from ui.charts import Chart
from ui.definitions import DEFINITIONS
from ui.states import FRESH, SCOPES, STATES, SYSTEMS, Mark

register = template.Library()

register.filter("vi_int", formats.integer)
register.filter("vi_decimal", formats.decimal)
register.filter("percent", formats.percent)
register.filter("vi_date", formats.day)
register.filter("vi_datetime", formats.moment)
register.filter("lateness", formats.lateness)
register.filter("duration", formats.duration)


@register.filter
def system_name(code: str) -> str:
    """``old`` → ``Hệ thống cũ``."""
    return str(SYSTEMS[code])


@register.filter
def scope_word(code: str) -> str:
    """``area`` → ``toàn địa bàn``."""
    return str(SCOPES[code])


@register.filter
def state_word(state: str) -> str:
    """``due_soon`` → ``Sắp đến hạn``."""
    return str(STATES[state].word)


@register.filter
def delta(value: int | None, good: str = "fewer") -> SafeString:
    """A signed number; the style sheet adds arrow and tone. ``good``: ``fewer`` (default), ``more``, ``none``."""
    if value is None:
        return format_html('<span class="delta unknown">{}</span>', formats.change(None))
    return format_html('<span class="{}">{}</span>', delta_css(value, good), formats.signed(value) if value else 0)


def delta_css(value: int, good: str = "fewer") -> str:
    """The classes of an element that holds a signed number alone."""
    if value == 0:
        return "delta same"
    better = {"fewer": value < 0, "more": value > 0, "none": None}[good]
    tone = {True: "better", False: "worse", None: "same"}[better]
    return f"delta {tone} {'down' if value < 0 else 'up'}"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing cut out of the text's colour (tools/assets.py); nothing to hear unless it has a label."""
    if label:
        return format_html('<span class="icon i-{}" role="img" aria-label="{}"></span>', name, label)
    return format_html('<span class="icon i-{}"></span>', name)


@register.simple_tag(takes_context=True)
def block_text(context: template.Context, name: str) -> SafeString:
    """The text of a block, once more: the page's title stands in <title> and in <h1>."""
    render_context: RenderContext = context.render_context
    block = render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return mark_safe(" ".join(strip_tags(block.nodelist.render(context)).split()))  # noqa: S308  # already rendered with autoescape


@register.inclusion_tag("ui/chip.html")
def due_chip(state: str, days: int | None = None) -> dict[str, Mark | str]:
    """A dossier's state; with ``days`` (working days late, negative before) it says how many instead of the bare word.

    0 says nothing of a state: a dossier due on a Friday is overdue on the Saturday by no working day.
    """
    mark = STATES[state]
    dated = bool(days) and state in ("overdue", "in_time", "due_soon")
    return {"mark": mark, "text": formats.sentence(formats.lateness(days)) if dated else str(mark.word)}


@register.inclusion_tag("ui/chip.html")
def freshness(data_as_of: datetime | None, days_behind: int | None, reconstructed: bool = False) -> dict[str, Mark | str]:
    """How far a system's data reach, as the night judged it (dossiers.selectors.runs.Freshness)."""
    if data_as_of is None or days_behind is None:
        return {"mark": FRESH["missing"], "text": str(FRESH["missing"].word)}
    if reconstructed:
        return {"mark": FRESH["reconstructed"], "text": str(FRESH["reconstructed"].word)}
    return {"mark": FRESH["old" if days_behind else "fresh"], "text": formats.sentence(formats.reach(data_as_of, days_behind))}


@register.simple_tag
def term(name: str, text: str = "") -> SafeString:
    """A word of ``ui/definitions.py`` that says what it means when pressed; ``text`` stands there instead where given."""
    said = DEFINITIONS[name]
    seen = text or formats.sentence(str(said.word))
    return format_html('<button type="button" class="term" aria-expanded="false" title="{}">{}</button>', said.meaning, seen)


@register.inclusion_tag("ui/steps.html")
def steps(sentences: Iterable[object]) -> dict[str, Iterable[object]]:
    """A reasoning in numbered sentences (texts, or things with a ``text``), such as how a deadline was counted."""
    return {"sentences": sentences}


@register.inclusion_tag("ui/stat.html")
def stat(
    label: str,
    value: int | str | None,
    change: int | None = None,
    since: str = "",
    url: str = "",
    tone: str = "",
    good: str = "fewer",
) -> dict[str, object]:
    """A key figure: label, value, optional change since something, the whole linking to the list it counts."""
    text = value if isinstance(value, str) else formats.integer(value)
    return {"label": label, "value": text, "change": change, "since": since, "url": url, "tone": tone, "good": good}


@register.inclusion_tag("ui/system_pair.html")
def system_pair(old: int | None, new: int | None, old_url: str = "", new_url: str = "") -> dict[str, object]:
    """The two systems' counts side by side, always in this order."""
    return {
        "parts": [
            {"code": "old", "name": SYSTEMS["old"], "value": old, "url": old_url},
            {"code": "new", "name": SYSTEMS["new"], "value": new, "url": new_url},
        ]
    }


@register.simple_tag
def age_bar(counts: Sequence[int]) -> str:
    """Overdue dossiers by age, youngest first: five counts (up to 5, 6–10, 11–30, 31–90, over 90 working days)."""
    return drawings.age_bar(tuple(counts)) or formats.UNKNOWN


@register.inclusion_tag("ui/age_legend.html")
def age_legend() -> dict[str, object]:
    return {"ages": zip(graphics.AGE_KEYS, formats.AGE_LABELS, strict=True)}


@register.simple_tag
def sparkline(values: Iterable[int | None], label: str) -> str:
    """A small line over days; ``label`` says of what, the ends are spoken with it."""
    return drawings.spark(tuple(values), label) or _("không có số liệu")


@register.inclusion_tag("ui/empty.html")
def empty_state(title: str, text: str = "", icon: str = "inbox", url: str = "", action: str = "") -> dict[str, str]:
    """Why there is nothing here and what to do about it."""
    return {"title": title, "text": text, "icon": icon, "url": url, "action": action}


@register.inclusion_tag("ui/progress.html")
def progress(value: int | None, most: int, label: str) -> dict[str, object]:
    """A bar with its figures in words; ``value`` None while nothing is known yet."""
    return {"value": value, "most": most, "label": label}


@register.inclusion_tag("ui/chart.html")
def chart(chart: Chart) -> dict[str, Chart]:
    """A drawing with the table of its figures; the page's ``scripts`` block must load ``dist/charts.js``."""
    return {"chart": chart}
