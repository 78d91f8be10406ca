"""Who may push dossiers by program, and what was pushed."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dossiers.models import ImportBatch, SourceSystem
from exchange.rules import RATES, KeyState, key_state


class Service(models.TextChoices):
    """What a system sends: the two bodies of the national exchange (domain/law.md §2), or pages of a list."""

    DOSSIERS = "DongBoHoSoMC", _("Đồng bộ hồ sơ (DongBoHoSoMC)")
    PROGRESS = "CapNhatTienDoHoSoMC", _("Cập nhật tiến độ (CapNhatTienDoHoSoMC)")
    PAGES = "TrangHoSo", _("Trang danh sách hồ sơ (kiểu iGate)")


class ApiKey(models.Model):
    """A secret one source system signs its requests with. Only its digest is kept; it is never deleted, only revoked."""

    system = models.ForeignKey(
        SourceSystem, db_index=False, on_delete=models.PROTECT, related_name="keys", help_text=_("Hệ thống nguồn được gửi")
    )
    name = models.CharField(max_length=100, help_text=_("Ai giữ khóa này, trên máy nào"))
    beginning = models.CharField(max_length=20, help_text=_("Mấy ký tự đầu, để nhận ra khóa"))
    # Reader of its index: every request, which shows nothing but the key.
    digest = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 của khóa"))
    services = ArrayField(models.CharField(max_length=20, choices=Service), help_text=_("Được gửi những gì"))
    per_minute = models.PositiveSmallIntegerField(
        default=60,
        validators=[MinValueValidator(RATES[0]), MaxValueValidator(RATES[1])],
        help_text=_("Số yêu cầu tối đa trong một phút"),
    )
    expires_on = models.DateField(null=True, blank=True, help_text=_("Ngày cuối cùng dùng được; để trống: không hết hạn"))
    created_by = models.CharField(max_length=200, help_text=_("Người cấp, chép thành chữ"))
    created_at = models.DateTimeField(help_text=_("Cấp lúc"))
    revoked_by = models.CharField(max_length=200, blank=True, help_text=_("Người thu hồi, chép thành chữ"))
    revoked_at = models.DateTimeField(null=True, blank=True, help_text=_("Thu hồi lúc"))

    class Meta:
        verbose_name = _("khóa kết nối")
        verbose_name_plural = _("các khóa kết nối")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(per_minute__range=RATES), name="apikey_rate_in_range"),
            models.CheckConstraint(condition=Q(services__len__gte=1), name="apikey_opens_something"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by="") | Q(revoked_at__isnull=False) & ~Q(revoked_by=""),
                name="apikey_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning})"

    def state(self, today: date) -> KeyState:
        return key_state(expires_on=self.expires_on, revoked=self.revoked_at is not None, today=today)


class PushRequest(models.Model):
    """One request, by the number its sender gave it: sent again, it is answered again and does nothing twice."""

    key = models.ForeignKey(ApiKey, db_index=False, on_delete=models.PROTECT, related_name="requests", help_text=_("Khóa đã gửi"))
    number = models.CharField(max_length=100, help_text=_("Mã yêu cầu bên gửi đặt (Idempotency-Key)"))
    service = models.CharField(max_length=20, choices=Service, help_text=_("Gửi gì"))
    digest = models.CharField(max_length=64, help_text=_("SHA-256 của nội dung và thời điểm số liệu"))
    received_at = models.DateTimeField(db_index=True, help_text=_("Nhận lúc"))  # reader: the latest ones on the keys' page
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="pushes", help_text=_("Lần nhập"))

    class Meta:
        verbose_name = _("yêu cầu đã nhận")
        verbose_name_plural = _("các yêu cầu đã nhận")
        ordering = ["-received_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["key", "number"], name="pushrequest_number_once")]

    def __str__(self) -> str:
        return self.number
