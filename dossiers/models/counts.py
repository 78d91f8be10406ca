from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from dossiers.models.sources import SourceSystem


class AgencyDayCount(models.Model):
    """Figures of one unit on one system at the end of one day, as known that night. Frozen once written.

    ``field`` = "" is the whole unit; other rows split the same figures by field. Never add the two.
    open = in_time + awaiting + undated + overdue; overdue = the five age columns (working days late).
    """

    as_of = models.DateField(help_text=_("Ngày số liệu"))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text=_("Đơn vị"))
    system = models.ForeignKey(SourceSystem, on_delete=models.PROTECT, related_name="+", help_text=_("Hệ thống nguồn"))
    field = models.CharField(max_length=120, blank=True, default="", help_text=_("Lĩnh vực; trống là cả đơn vị"))
    received = models.PositiveIntegerField(default=0, help_text=_("Tiếp nhận trong ngày"))
    done_early = models.PositiveIntegerField(default=0, help_text=_("Xong trước hạn trong ngày"))
    done_on_time = models.PositiveIntegerField(default=0, help_text=_("Xong đúng hạn trong ngày"))
    done_late = models.PositiveIntegerField(default=0, help_text=_("Xong quá hạn trong ngày"))
    ended_other = models.PositiveIntegerField(default=0, help_text=_("Rút, từ chối, dừng trong ngày"))
    open = models.PositiveIntegerField(default=0, help_text=_("Đang giải quyết"))
    in_time = models.PositiveIntegerField(default=0, help_text=_("Trong hạn, gồm cả đến hạn hôm nay và sắp đến hạn"))
    due_today = models.PositiveIntegerField(default=0, help_text=_("Đến hạn hôm nay"))
    due_soon = models.PositiveIntegerField(default=0, help_text=_("Sắp đến hạn"))
    awaiting = models.PositiveIntegerField(default=0, help_text=_("Tạm dừng, chưa quá hạn khi dừng"))
    undated = models.PositiveIntegerField(default=0, help_text=_("Không có hạn nào"))
    overdue = models.PositiveIntegerField(default=0, help_text=_("Quá hạn"))
    overdue_before_stop = models.PositiveIntegerField(default=0, help_text=_("Trong số quá hạn: đã quá hạn rồi mới tạm dừng"))
    overdue_5 = models.PositiveIntegerField(default=0, help_text=_("Quá hạn đến 5 ngày làm việc"))
    overdue_10 = models.PositiveIntegerField(default=0, help_text=_("Quá hạn 6-10 ngày làm việc"))
    overdue_30 = models.PositiveIntegerField(default=0, help_text=_("Quá hạn 11-30 ngày làm việc"))
    overdue_90 = models.PositiveIntegerField(default=0, help_text=_("Quá hạn 31-90 ngày làm việc"))
    overdue_more = models.PositiveIntegerField(default=0, help_text=_("Quá hạn trên 90 ngày làm việc"))
    oldest_due = models.DateField(null=True, blank=True, help_text=_("Ngày hạn của hồ sơ quá hạn lâu nhất"))

    class Meta:
        verbose_name = _("số liệu ngày")
        verbose_name_plural = _("số liệu ngày")
        constraints = [
            # Reader: one date of every unit (ranking); a unit's history through the second index.
            models.UniqueConstraint(fields=["as_of", "field", "agency", "system"], name="daycount_once"),
            models.CheckConstraint(
                condition=Q(open=F("in_time") + F("awaiting") + F("undated") + F("overdue")), name="daycount_open_balances"
            ),
            models.CheckConstraint(
                condition=Q(overdue=F("overdue_5") + F("overdue_10") + F("overdue_30") + F("overdue_90") + F("overdue_more")),
                name="daycount_ages_balance",
            ),
        ]
        indexes = [models.Index(fields=["agency", "field", "as_of"], name="daycount_history")]

    def __str__(self) -> str:
        return f"{self.as_of:%d/%m/%Y} {self.agency_id} {self.system_id}"
