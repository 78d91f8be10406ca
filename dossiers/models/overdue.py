from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from dossiers.models.dossiers import Dossier
from dossiers.models.sources import SourceSystem


class SweepRun(models.Model):
    """The ledger of nights: one row per (kind, business date), written in the transaction that does the work."""

    class Kind(models.TextChoices):
        NIGHTLY = "nightly", _("rà soát đêm")

    class Status(models.TextChoices):
        DONE = "done", _("hoàn thành")
        FAILED = "failed", _("lỗi")  # rolled back; the row only says so, the date will be done again

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NIGHTLY, help_text=_("Loại"))
    as_of = models.DateField(help_text=_("Ngày số liệu: tình trạng lúc 24:00 ngày này"))
    status = models.CharField(max_length=6, choices=Status, help_text=_("Trạng thái"))
    trigger = models.CharField(max_length=10, help_text=_("Ai khởi động: beat, watchdog, start, command, page, demo"))
    started_at = models.DateTimeField(help_text=_("Bắt đầu"))
    finished_at = models.DateTimeField(null=True, blank=True, help_text=_("Kết thúc"))
    seconds = models.FloatField(default=0, help_text=_("Thời gian chạy, giây"))
    opened = models.PositiveIntegerField(default=0, help_text=_("Hồ sơ mới quá hạn"))
    closed = models.PositiveIntegerField(default=0, help_text=_("Hồ sơ hết quá hạn"))
    overdue = models.PositiveIntegerField(default=0, help_text=_("Hồ sơ đang quá hạn"))
    last_batch = models.BigIntegerField(default=0, help_text=_("Lần nhập cuối cùng đã tính đến"))
    inputs = models.JSONField(
        default=dict, help_text=_("Theo hệ thống: data_as_of mới nhất đã tính đến, cutoff (biết đến lúc nào), reconstructed")
    )
    steps = models.JSONField(default=list, help_text=_("Các bước: name, seconds, rows"))
    rules_version = models.CharField(max_length=20, blank=True, help_text=_("Phiên bản quy tắc"))
    error = models.TextField(blank=True, help_text=_("Lỗi"))

    class Meta:
        verbose_name = _("lần rà soát đêm")
        verbose_name_plural = _("các lần rà soát đêm")
        ordering = ["-as_of"]
        constraints = [models.UniqueConstraint(fields=["kind", "as_of"], name="sweeprun_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.as_of:%d/%m/%Y}"


class OverdueEpisode(models.Model):
    """A stretch of nights in which one dossier was overdue at one unit.

    Alive at D: ``opened_as_of <= D`` and (``ended_as_of`` is null or ``> D``). The number alive at D equals the
    day's published count, so these rows are the exact list behind every overdue figure.
    """

    class EndReason(models.TextChoices):
        FINISHED = "finished", _("đã xử lý xong")
        ENDED_OTHER = "ended_other", _("rút, từ chối hoặc dừng xử lý")
        DUE_MOVED = "due_moved", _("hạn thay đổi")
        TRANSFERRED = "transferred", _("chuyển đơn vị hoặc lĩnh vực")
        STOPPED = "stopped", _("tạm dừng từ trước hạn")
        UNCOUNTED = "uncounted", _("không còn thuộc số liệu")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="episodes", help_text=_("Hồ sơ"))
    system = models.ForeignKey(SourceSystem, on_delete=models.PROTECT, related_name="+", help_text=_("Hệ thống nguồn"))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text=_("Đơn vị xử lý khi đó"))
    field = models.CharField(max_length=120, help_text=_("Lĩnh vực"))
    due_on = models.DateField(help_text=_("Ngày hạn đã lỡ"))
    became_overdue_at = models.DateTimeField(help_text=_("Thời điểm trở thành quá hạn"))
    detected_at = models.DateTimeField(help_text=_("Thời điểm hệ thống phát hiện"))
    opened_as_of = models.DateField(help_text=_("Ngày số liệu đầu tiên có hồ sơ này"))
    ended_as_of = models.DateField(null=True, blank=True, help_text=_("Ngày số liệu đầu tiên không còn hồ sơ này"))
    end_reason = models.CharField(max_length=12, blank=True, choices=EndReason, help_text=_("Vì sao hết quá hạn"))
    end_detected_at = models.DateTimeField(null=True, blank=True, help_text=_("Thời điểm phát hiện hết quá hạn"))

    class Meta:
        verbose_name = _("đợt quá hạn")
        verbose_name_plural = _("các đợt quá hạn")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(ended_as_of__isnull=True), name="episode_one_open"),
            models.CheckConstraint(
                condition=Q(ended_as_of__isnull=True) | Q(ended_as_of__gt=models.F("opened_as_of")), name="episode_period"
            ),
        ]
        indexes = [
            # Reader: the overdue list of a unit at a date.
            models.Index(fields=["agency", "opened_as_of"], name="episode_agency"),
            # Readers: what one night opened, what it ended.
            models.Index(fields=["opened_as_of"], name="episode_opened"),
            models.Index(fields=["ended_as_of"], name="episode_ended", condition=Q(ended_as_of__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.opened_as_of:%d/%m/%Y} –"
