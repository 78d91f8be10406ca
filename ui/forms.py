"""Form widgets that print themselves: Django renders a template per option, too slow for 150 units on every page."""

from typing import Any

from django.forms import Select
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe


class LeanSelect(Select):
    """A ``<select>`` of flat choices."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = "".join(
            f'<option value="{escape(key)}"{" selected" if str(key) == chosen else ""}>{escape(label)}</option>'
            for key, label in self.choices
        )
        final = {"class": "form-select", **self.attrs, **(attrs or {})}
        attributes = "".join(format_html(' {}="{}"', key, text) for key, text in final.items() if text not in (None, False))
        return format_html('<select name="{}"{}>{}</select>', name, mark_safe(attributes), mark_safe(options))  # noqa: S308
