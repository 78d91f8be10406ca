"""The one way to link to the dossiers of a letter's lists, so that a number and the list behind it use the same words."""

from urllib.parse import urlencode

from django.urls import reverse


def cohort_url(slug: str, **words: object) -> str:
    """Words of ``directives/forms/following.py``; empty ones are left out."""
    query = urlencode({name: str(value) for name, value in words.items() if value not in (None, "")})
    return reverse("directives:cohort", args=[slug]) + (f"?{query}" if query else "")
