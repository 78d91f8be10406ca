"""Which file is expected when: an arrangement with whoever runs the source systems."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from deliveries.rules.schedule import Plan
from dossiers.models import ImportBatch, SourceSystem


class ExpectedDelivery(models.Model):
    """A file of one system and kind, by an hour of each delivery day. A full extract also serves where changes are expected."""

    class Days(models.TextChoices):
        WORKING = "working", _("ngày làm việc")
        EVERY = "every", _("mọi ngày")

    KINDS = [(kind.value, kind.label) for kind in (ImportBatch.Kind.FULL, ImportBatch.Kind.DELTA)]

    system = models.ForeignKey(
        SourceSystem, db_index=False, on_delete=models.PROTECT, related_name="+", help_text=_("Hệ thống nguồn")
    )
    kind = models.CharField(max_length=5, choices=KINDS, help_text=_("Bản đầy đủ hay bản thay đổi"))
    days = models.CharField(max_length=7, choices=Days, default=Days.WORKING, help_text=_("Những ngày phải có tệp"))
    by = models.TimeField(help_text=_("Giờ muộn nhất, giờ Việt Nam"))
    active_from = models.DateField(help_text=_("Ngày đầu tiên phải có tệp"))
    stopped_from = models.DateField(null=True, blank=True, help_text=_("Từ ngày này không chờ nữa"))
    watcher = models.CharField(max_length=100, blank=True, help_text=_("Người hoặc bộ phận chờ tệp này, gọi ai khi chậm"))
    note = models.CharField(max_length=200, blank=True, help_text=_("Ghi chú"))

    class Meta:
        verbose_name = _("lịch giao nộp")
        verbose_name_plural = _("lịch giao nộp")
        ordering = ["-system", "kind", "by", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["full", "delta"]), name="expecteddelivery_kind"),
            models.CheckConstraint(condition=Q(days__in=["working", "every"]), name="expecteddelivery_days"),
            models.CheckConstraint(condition=Q(stopped_from__gte=F("active_from")), name="expecteddelivery_stops_after_start"),
            models.UniqueConstraint(
                fields=["system", "kind", "by"],
                condition=Q(stopped_from__isnull=True),
                name="expecteddelivery_once",
                violation_error_message=_("Đã có lịch cho tệp này vào giờ này."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system_id} {self.kind} {self.by:%H:%M}"

    @property
    def plan(self) -> Plan:
        return Plan(self.days == self.Days.WORKING, self.by, self.active_from, self.stopped_from)
