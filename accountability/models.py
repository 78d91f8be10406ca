"""The written criteria by which units are listed for a review of responsibility, in all their versions."""

from typing import Any

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def _number(least: int, most: int, text: Any) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(validators=[MinValueValidator(least), MaxValueValidator(most)], help_text=text)


class Criteria(models.Model):
    """One version; its number is its key. The newest is in force; none is ever changed or taken out."""

    periods = _number(1, 12, _("Xét bao nhiêu tháng gần nhất đã kết thúc"))
    late_periods = _number(1, 12, _("Trong đó ít nhất bao nhiêu tháng có hồ sơ quá hạn lúc cuối tháng"))
    floor = _number(1, 1000, _("Từ bao nhiêu hồ sơ quá hạn trở lên thì tính"))
    letters = _number(1, 20, _("Hồ sơ tồn qua ít nhất bao nhiêu văn bản"))
    least = _number(1, 3, _("Đáp ứng ít nhất bao nhiêu tiêu chí thì đưa vào danh sách"))
    reason = models.TextField(help_text=_("Vì sao đặt các mức này, theo ý kiến hay văn bản nào"))
    decided_by = models.CharField(max_length=150, help_text=_("Người quyết định"))
    decided_at = models.DateTimeField(help_text=_("Lúc quyết định"))

    class Meta:
        verbose_name = _("tiêu chí xem xét trách nhiệm")
        verbose_name_plural = _("các phiên bản tiêu chí xem xét trách nhiệm")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(late_periods__lte=F("periods")),
                name="criteria_months_within",
                violation_error_message=_("Số tháng có hồ sơ quá hạn không thể nhiều hơn số tháng xét."),
            ),
            models.CheckConstraint(
                condition=Q(periods__range=(1, 12), late_periods__gte=1, floor__gte=1, letters__gte=1, least__range=(1, 3)),
                name="criteria_in_range",
            ),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete | pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.pk} ({self.decided_at:%d/%m/%Y})"
