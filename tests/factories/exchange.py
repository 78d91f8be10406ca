"""Keys for tests, and requests signed by them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.test import Client

from accounts.models import Role, User
from exchange.models import ApiKey, Service
from exchange.services import key_give
from tests.factories.accounts import make_user
from tests.factories.intake import NOW

PATHS = {
    Service.DOSSIERS: "/api/v1/dong-bo-ho-so",
    Service.PROGRESS: "/api/v1/cap-nhat-tien-do",
    Service.PAGES: "/api/v1/trang-ho-so",
}


def make_key(
    *,
    system: str = "old",
    services: Sequence[str] = tuple(Service),
    per_minute: int = 1000,
    expires_on: date | None = None,
    now: datetime = NOW,
) -> tuple[ApiKey, str]:
    giver = User.objects.filter(username="cap-khoa").first() or make_user("cap-khoa", Role.ADMINISTRATOR)
    return key_give(
        system=system,
        name="Trục LGSP",
        services=services,
        per_minute=per_minute,
        expires_on=expires_on,
        user=giver,
        now=now,
    )


def push(secret: str, service: Service, body: object, number: str = "yeu-cau-0001", question: str = "") -> Any:
    """The answer to a body (JSON, or bytes as they are) sent with a key."""
    sent = {"Idempotency-Key": number} if number else {}
    if secret:
        sent["Authorization"] = f"Bearer {secret}"
    return Client().post(PATHS[service] + question, body, content_type="application/json", headers=sent)


def national_body(*items: dict[str, Any]) -> dict[str, Any]:
    return {"service": "DongBoHoSoMC", "isUpdating": False, "data": list(items)}


def progress_body(*items: dict[str, Any]) -> dict[str, Any]:
    return {"service": "CapNhatTienDoHoSoMC", "data": list(items)}
