"""Typed readers of the environment: each refuses nonsense with a Vietnamese sentence naming the variable.

Every variable is listed with its meaning in docs/configuration.md.
"""

from datetime import datetime
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

_env = environ.Env()
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def text(name: str, default: str = "") -> str:
    return str(_env.str(name, default=default)).strip()


def boolean(name: str, *, default: bool) -> bool:
    value = text(name).lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value == "":
        return default
    raise ImproperlyConfigured(f"{name}: '{value}' không phải 1 hoặc 0.")


def integer(name: str, default: int, *, least: int, most: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name}: '{value}' không phải số nguyên từ {least} đến {most}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def moment(name: str) -> datetime | None:
    """An ISO 8601 moment; without an offset it is Vietnam time."""
    value = text(name)
    if not value:
        return None
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: '{value}' không phải thời điểm ISO 8601.") from error
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=VIETNAM)


def database(name: str) -> dict[str, object]:
    """Django's settings of one PostgreSQL database, from a URL; ``{}`` when unset (the checks then say so)."""
    value = text(name)
    if not value:
        return {}
    parsed = _env.db_url_config(value)
    if parsed.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name}: cần địa chỉ postgresql://…, đang là '{urlsplit(value).scheme}://…'.")
    return dict(parsed)


def redis_urls(name: str) -> tuple[str, str]:
    """(broker, cache) from one address, ``redis://host:port`` or ``unix:///path``: database 0 and 1."""
    value = text(name)
    parts = urlsplit(value)
    if parts.scheme == "unix" and parts.path:
        return f"redis+socket://{parts.path}?virtual_host=0", f"unix://{parts.path}?db=1"
    if parts.scheme in ("redis", "rediss") and parts.hostname:
        return tuple(urlunsplit((parts.scheme, parts.netloc, f"/{n}", parts.query, "")) for n in (0, 1))  # type: ignore[return-value]  # two of them
    if value:
        raise ImproperlyConfigured(f"{name}: cần redis://máy:cổng hoặc unix:///đường/dẫn, đang là '{value}'.")
    return "", ""
