from django.db import models
from django.utils.translation import gettext_lazy as _


class TimeUnit(models.TextChoices):
    WORKING_DAY = "working_day", _("ngày làm việc")
    DAY = "day", _("ngày")
    WORKING_HOUR = "working_hour", _("giờ làm việc")
    HOUR = "hour", _("giờ")
    WEEK = "week", _("tuần")
    MONTH = "month", _("tháng")
    SAME_DAY = "same_day", _("trong ngày")
    UNSTATED = "unstated", _("không nêu")


class Procedure(models.Model):
    """An administrative procedure with its legal time limit. Never convert one unit into another (law.md §0.1)."""

    class StopPolicy(models.TextChoices):
        PAUSE = "pause", _("thời gian chờ không tính vào thời hạn")
        RESTART = "restart", _("thời hạn tính lại từ đầu sau khi nhận đủ hồ sơ")

    code = models.CharField(max_length=60, unique=True, help_text=_("Mã thủ tục hành chính"))
    local_code = models.CharField(max_length=60, blank=True, db_index=True, help_text=_("Mã dùng tại địa phương năm 2022"))
    name = models.TextField(help_text=_("Tên thủ tục"))
    field = models.CharField(max_length=120, help_text=_("Lĩnh vực"))
    level = models.CharField(max_length=60, help_text=_("Cấp thực hiện năm 2022, như nguồn ghi"))
    time_limit = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True, help_text=_("Thời hạn giải quyết"))
    time_unit = models.CharField(max_length=12, choices=TimeUnit, default=TimeUnit.UNSTATED, help_text=_("Đơn vị thời hạn"))
    time_text = models.CharField(max_length=300, blank=True, help_text=_("Thời hạn, như nguồn ghi"))
    cutoff = models.TimeField(null=True, blank=True, help_text=_("Mốc giờ của thủ tục giải quyết trong ngày"))
    stop_policy = models.CharField(
        max_length=8, choices=StopPolicy, default=StopPolicy.PAUSE, help_text=_("Cách tính khi yêu cầu bổ sung")
    )
    financial_stops = models.BooleanField(default=True, help_text=_("Nghĩa vụ tài chính (6) có dừng đồng hồ"))
    source = models.TextField(help_text=_("Nguồn"))
    verified = models.BooleanField(help_text=_("Đã xác minh; không phải suy luận"))
    remark = models.TextField(blank=True, help_text=_("Mức độ xác minh và ghi chú, như nguồn ghi"))

    class Meta:
        verbose_name = _("thủ tục hành chính")
        verbose_name_plural = _("thủ tục hành chính")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(time_unit__in=["unstated", "same_day"]) | models.Q(time_limit__gt=0),
                name="procedure_limit_positive",
                violation_error_message=_("Thời hạn phải lớn hơn 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
