"""People who sign in, the one role each has, and the questions they keep."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
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


class SavedView(models.Model):
    """A question to a page, under a name its owner chose. It is nothing but an address, so it can be sent to others too."""

    class Page(models.TextChoices):
        """By the name of the page's address."""

        DOSSIERS = "dossiers:list", _("Hồ sơ")
        RANKING = "reports:ranking", _("Xếp hạng")

    user = models.ForeignKey(
        User, db_index=False, on_delete=models.CASCADE, related_name="saved_views", help_text=_("Người đã lưu")
    )
    page = models.CharField(max_length=20, choices=Page, help_text=_("Trang"))
    name = models.CharField(max_length=60, help_text=_("Tên bộ lọc"))
    query = models.CharField(max_length=1000, blank=True, help_text=_("Phần sau dấu ? của địa chỉ, viết theo một cách duy nhất"))
    created_at = models.DateTimeField(help_text=_("Thời điểm lưu"))

    class Meta:
        verbose_name = _("bộ lọc đã lưu")
        verbose_name_plural = _("các bộ lọc đã lưu")
        ordering = ["id"]
        constraints = [
            # Reader: what one person keeps of one page, by name.
            models.UniqueConstraint(
                fields=["user", "page", "name"],
                name="savedview_name_once",
                violation_error_message=_("Bạn đã có bộ lọc tên này. Hãy đặt tên khác, hoặc xóa bộ lọc cũ trước."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="savedview_named"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        return reverse(self.page) + (f"?{self.query}" if self.query else "")
