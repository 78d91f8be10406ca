"""The official calendar as dated data: which days are off, which Saturdays are worked, and who ordered it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarYear(models.Model):
    """A year whose days off are loaded. Outside these years nothing is computed."""

    year = models.PositiveSmallIntegerField(primary_key=True, help_text=_("Năm đã nạp lịch nghỉ"))

    class Meta:
        verbose_name = _("năm lịch")
        verbose_name_plural = _("năm lịch")

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that differs from the plain week: off on a weekday, or worked on a weekend."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("nghỉ lễ, nghỉ bù hoặc hoán đổi")
        MAKEUP = "makeup", _("ngày làm bù")

    date = models.DateField(primary_key=True, help_text=_("Ngày"))
    kind = models.CharField(max_length=10, choices=Kind, help_text=_("Nghỉ hay làm bù"))
    name = models.CharField(max_length=200, help_text=_("Tên ngày nghỉ hoặc ngày làm bù"))
    source = models.TextField(help_text=_("Văn bản hoặc nguồn"))
    verified = models.BooleanField(help_text=_("Đã đối chiếu với văn bản công bố"))
    remark = models.CharField(max_length=200, blank=True, help_text=_("Mức độ xác minh, như nguồn ghi"))

    class Meta:
        verbose_name = _("ngày nghỉ, ngày làm bù")
        verbose_name_plural = _("ngày nghỉ, ngày làm bù")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"


class WorkDate(models.Model):
    """Ordinal table, derived from the two tables above, so that SQL counts working days as Python does.

    ``ordinal`` = number of working days from the first loaded day up to and including ``date``;
    working days in (a, b] = ordinal(b) - ordinal(a).
    """

    date = models.DateField(primary_key=True, help_text=_("Ngày"))
    ordinal = models.IntegerField(help_text=_("Số ngày làm việc lũy kế đến hết ngày này"))
    working = models.BooleanField(help_text=_("Là ngày làm việc"))

    class Meta:
        verbose_name = _("thứ tự ngày làm việc")
        verbose_name_plural = _("thứ tự ngày làm việc")
        constraints = [
            # Reader: "the n-th working day after" in SQL.
            models.UniqueConstraint(fields=["ordinal"], condition=models.Q(working=True), name="workdate_ordinal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y}: {self.ordinal}"
