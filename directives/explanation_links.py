"""The one way to link to overdue dossiers by what was said of them: a number and the list behind it use the same words."""

from urllib.parse import urlencode

from django.urls import reverse


def answers_url(**words: object) -> str:
    """Words of ``directives/filters.AnswerFilter``; empty ones are left out."""
    query = urlencode({name: str(value) for name, value in words.items() if value not in (None, "")})
    return reverse("explanations:dossiers") + (f"?{query}" if query else "")
