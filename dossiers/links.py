"""The one way to link to a list of dossiers, so that a number and the list behind it use the same words."""

from urllib.parse import urlencode

from django.urls import reverse


def list_url(**params: object) -> str:
    """Address of the dossier list with these filters (parameter names of ``dossiers/filters.py``); empty ones are left out."""
    query = urlencode({name: str(value) for name, value in params.items() if value not in (None, "")})
    return reverse("dossiers:list") + (f"?{query}" if query else "")
