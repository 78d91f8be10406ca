"""The units of the province, dated: they merge, split and are renamed; the figures keep the name of their time."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Agency(models.Model):
    """A department, board, people's committee or land-registration branch."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Sở, ban, ngành cấp tỉnh")
        DISTRICT = "district", _("Huyện, thành phố")
        COMMUNE = "commune", _("Xã, phường, thị trấn")

    code = models.CharField(max_length=30, unique=True, help_text=_("Mã đơn vị"))
    name = models.CharField(max_length=200, help_text=_("Tên đầy đủ"))
    local_name = models.CharField(max_length=200, blank=True, help_text=_("Cách viết tại địa phương"))
    level = models.CharField(max_length=10, choices=Level, help_text=_("Cấp"))
    type = models.CharField(max_length=60, help_text=_("Loại đơn vị"))
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", help_text=_("Đơn vị cấp trên")
    )
    valid_from = models.DateField(null=True, blank=True, help_text=_("Hoạt động từ ngày; trống là từ trước khi có số liệu"))
    valid_to = models.DateField(null=True, blank=True, help_text=_("Hoạt động đến hết ngày; trống là còn hoạt động"))
    code_system = models.CharField(max_length=60, help_text=_("Mã thuộc danh mục nào"))
    source = models.TextField(help_text=_("Nguồn"))
    verified = models.BooleanField(help_text=_("Đã xác minh; không phải suy luận"))
    remark = models.CharField(max_length=200, blank=True, help_text=_("Mức độ xác minh, như nguồn ghi"))
    sort_key = models.CharField(max_length=250, help_text=_("Khóa xếp theo vần tiếng Việt"))
    search_key = models.CharField(max_length=500, help_text=_("Tên không dấu để tìm"))

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị")
        ordering = ["sort_key", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="agency_valid_period",
                violation_error_message=_("Ngày kết thúc trước ngày bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgencyPath(models.Model):
    """Closure of the tree: every agency with each of its ancestors and itself (scope ``area`` = all under it)."""

    ancestor = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="below", help_text=_("Đơn vị trên"))
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="above", help_text=_("Đơn vị dưới hoặc chính nó"))

    class Meta:
        verbose_name = _("quan hệ trực thuộc")
        verbose_name_plural = _("quan hệ trực thuộc")
        constraints = [models.UniqueConstraint(fields=["ancestor", "agency"], name="agencypath_once")]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.agency_id}"


class AgencyAlias(models.Model):
    """A way a unit's name is written in files. The same alias may point to several units: then it decides nothing alone."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="aliases", help_text=_("Đơn vị"))
    text = models.CharField(max_length=250, help_text=_("Cách viết"))
    key = models.CharField(max_length=250, db_index=True, help_text=_("Khóa so khớp (agencies/rules.py)"))
    source = models.CharField(max_length=200, help_text=_("Ai thêm, từ đâu"))

    class Meta:
        verbose_name = _("tên gọi khác")
        verbose_name_plural = _("tên gọi khác")
        constraints = [models.UniqueConstraint(fields=["agency", "key"], name="agencyalias_once")]

    def __str__(self) -> str:
        return self.text


class AgencySuccession(models.Model):
    """Who answers for a unit's dossiers once it has ended. Dates and history of the dossiers do not change."""

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions", help_text=_("Đơn vị kết thúc"))
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="inheritances", help_text=_("Đơn vị kế thừa"))
    effective_on = models.DateField(help_text=_("Từ ngày"))
    source = models.TextField(help_text=_("Văn bản hoặc nguồn"))

    class Meta:
        verbose_name = _("kế thừa")
        verbose_name_plural = _("kế thừa")
        constraints = [models.UniqueConstraint(fields=["predecessor", "successor"], name="agencysuccession_once")]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Membership(models.Model):
    """Which unit a person answers for: that unit and all under it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", help_text=_("Người dùng")
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships", help_text=_("Đơn vị"))

    class Meta:
        verbose_name = _("đơn vị phụ trách")
        verbose_name_plural = _("đơn vị phụ trách")
        constraints = [models.UniqueConstraint(fields=["user", "agency"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.agency}"


class CalendarFeed(models.Model):
    """A person's secret calendar address. Only the key's digest is kept: who lost the address asks for a new one."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed", help_text=_("Người dùng")
    )
    # Reader of its index: the calendar program that asks, who has no session.
    digest = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 của khóa trong địa chỉ"))
    created_at = models.DateTimeField(help_text=_("Cấp lúc"))

    class Meta:
        verbose_name = _("địa chỉ lịch")
        verbose_name_plural = _("địa chỉ lịch")

    def __str__(self) -> str:
        return str(self.user)
