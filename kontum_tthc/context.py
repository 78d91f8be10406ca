"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from kontum_tthc import clock


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"demo": settings.DEMO, "now": clock.now()}
