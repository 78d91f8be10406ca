"""What must be right before the product starts. Commands run these checks themselves; web, worker and beat through
``refuse_to_start``, for neither gunicorn nor Celery obeys Django's checks.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import ERROR, CheckMessage, Error, Tags, Warning, register, run_checks
from django.core.exceptions import ImproperlyConfigured

ZONE = "Asia/Ho_Chi_Minh"
LOOPBACK = {"localhost", "127.0.0.1", "::1", "[::1]"}
SECRET_LENGTH, SECRET_VARIETY = 50, 10
DEFAULT_SECRETS = ("django-insecure", "thay-bang")  # Django's own beginning, and .env.example's
ONE_MACHINE = "Trên một máy, «manage.py stack» tự lo việc này."


@register(Tags.security)
def services_named(**_: Any) -> list[CheckMessage]:
    """E001, E002, E010: where the data and the queue are; the sample's password is no password."""
    faults: list[CheckMessage] = []
    database = settings.DATABASES["default"]
    if not database.get("NAME"):
        faults.append(
            Error("Chưa đặt DATABASE_URL.", hint=f"Ví dụ postgresql://kontum@db/kontum. {ONE_MACHINE}", id="kontum.E001")
        )
    if not settings.CELERY_BROKER_URL:
        faults.append(Error("Chưa đặt REDIS_URL.", hint=f"Ví dụ redis://valkey:6379. {ONE_MACHINE}", id="kontum.E002"))
    if database.get("PASSWORD", "").startswith(DEFAULT_SECRETS):
        hint = "Đặt POSTGRES_PASSWORD riêng trước lần chạy đầu tiên."
        faults.append(Error("Mật khẩu PostgreSQL vẫn là giá trị mẫu, ai cũng biết.", hint=hint, id="kontum.E010"))
    return faults


@register(Tags.security)
def secret_kept(**_: Any) -> list[CheckMessage]:
    """E003: a signing key that nobody can guess or has read."""
    try:
        secret = settings.SECRET_KEY
    except ImproperlyConfigured:  # Django's answer to an empty one
        secret = ""
    if not secret:
        fault = "Chưa đặt KONTUM_SECRET_KEY."
    elif secret.startswith(DEFAULT_SECRETS):
        fault = "KONTUM_SECRET_KEY vẫn là giá trị mẫu, ai cũng biết."
    elif len(secret) < SECRET_LENGTH or len(set(secret)) < SECRET_VARIETY:
        fault = f"KONTUM_SECRET_KEY quá ngắn hoặc quá đều (cần ít nhất {SECRET_LENGTH} ký tự ngẫu nhiên)."
    else:
        return []
    return [Error(fault, hint="Tạo bằng: python3 -c 'import secrets; print(secrets.token_urlsafe(60))'", id="kontum.E003")]


@register(Tags.security)
def hosts_closed(**_: Any) -> list[CheckMessage]:
    """E004, E005, W007: who may call us by which name, and whether the way is encrypted."""
    hosts = settings.ALLOWED_HOSTS
    is_open = not hosts or any("*" in host for host in hosts)
    is_local = not is_open and LOOPBACK.issuperset(hosts)
    if settings.DEMO:
        remedy = "Bản minh hoạ có tài khoản ai cũng biết: chỉ mở cho chính máy này (localhost)."
        return [] if is_local else [Warning("Bản minh hoạ đang mở ra ngoài máy này.", hint=remedy, id="kontum.W007")]
    if is_open:
        hint = "Ghi đúng tên miền, cách nhau dấu phẩy; không dùng *."
        return [Error("KONTUM_HOSTS trống hoặc mở cho mọi tên miền.", hint=hint, id="kontum.E004")]
    if not settings.HTTPS and not is_local:
        hint = "Bỏ KONTUM_HTTPS=0, hoặc chỉ để localhost,127.0.0.1 trong KONTUM_HOSTS."
        return [Error("KONTUM_HTTPS=0 chỉ dùng được trên chính máy này.", hint=hint, id="kontum.E005")]
    return []


@register(Tags.security)
def clock_true(**_: Any) -> list[CheckMessage]:
    """E006, E009: outside the demo the time is the real one, and it is Vietnam's."""
    faults: list[CheckMessage] = []
    if settings.CLOCK_PINNED_AT and not settings.DEMO:
        faults.append(Error("KONTUM_CLOCK chỉ dùng trong bản minh hoạ.", hint="Bỏ KONTUM_CLOCK.", id="kontum.E006"))
    if settings.TIME_ZONE != ZONE or settings.CELERY_TIMEZONE != ZONE or not settings.USE_TZ:
        faults.append(Error(f"Múi giờ phải là {ZONE}: hạn trả tính theo giờ Việt Nam.", id="kontum.E009"))
    return faults


@register(Tags.files)
def data_directory_writable(**_: Any) -> list[CheckMessage]:
    """E008: uploaded files have somewhere to go."""
    wanted = Path(settings.DATA_DIR)
    if _can_be_written(wanted):
        return []
    return [Error(f"Không ghi được vào KONTUM_DATA_DIR ({wanted}).", hint="Chọn thư mục ghi được.", id="kontum.E008")]


@register(Tags.files)
def drop_directory_writable(**_: Any) -> list[CheckMessage]:
    """W011: files can be handed over; without it everything else still works."""
    wanted = Path(settings.DROP_DIR)
    if _can_be_written(wanted):
        return []
    hint = "Sửa quyền của thư mục (docs/deliveries.md); nộp tệp qua trang Nhập liệu vẫn dùng được."
    return [Warning(f"Không đọc hoặc không ghi được thư mục giao nộp KONTUM_DROP_DIR ({wanted}).", hint=hint, id="kontum.W011")]


def _can_be_written(wanted: Path) -> bool:
    """The folder, or the nearest one above it that exists."""
    nearest = next(folder for folder in (wanted, *wanted.parents) if folder.exists())
    return nearest.is_dir() and os.access(nearest, os.R_OK | os.W_OK | os.X_OK)


def refuse_to_start() -> None:
    """End the process, with every reason, when a check finds an error; warnings are only said."""
    found = run_checks()
    for line in _lines(found):
        print(line, file=sys.stderr)  # noqa: T201  # logging may not be set up yet, and the operator must see it
    if any(message.level >= ERROR for message in found):
        sys.exit("Không khởi động: sửa các lỗi trên (docs/configuration.md).")


def _lines(found: Iterable[CheckMessage]) -> Iterable[str]:
    return (f"{message.id}: {message.msg}" + (f" {message.hint}" if message.hint else "") for message in found)
