"""People who sign in, and the one role each has."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    PROVINCIAL_OFFICE = "provincial_office", _("Văn phòng UBND tỉnh")
    AGENCY_HEAD = "agency_head", _("Thủ trưởng đơn vị")
    INSPECTOR = "inspector", _("Tổ kiểm tra")
    DATA_STEWARD = "data_steward", _("Phụ trách dữ liệu")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


class User(AbstractUser):
    """A person. What the role allows is in ``agencies/rules.py``; which units, in ``agencies.Membership``."""

    first_name = None  # type: ignore[assignment]  # Vietnamese names are written whole
    last_name = None  # type: ignore[assignment]  # Vietnamese names are written whole
    full_name = models.CharField(_("họ và tên"), max_length=150, blank=True, help_text=_("Viết đầy đủ"))
    role = models.CharField(
        _("vai trò"), max_length=20, choices=Role, default=Role.AGENCY_HEAD, help_text=_("Quyết định được xem và làm gì")
    )

    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)
