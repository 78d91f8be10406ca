"""What a letter demands of whom, and how far the units are: judged each night where it can be measured, told by people else."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from directives.models.letters import Directive
from dossiers.models import SourceSystem


class Obligation(models.Model):
    """One order of a letter. ``agencies`` are the units it binds; each is judged, or answers, by itself."""

    class Kind(models.TextChoices):
        CLEARED = "cleared", _("không còn hồ sơ quá hạn")
        REDUCED = "reduced", _("giảm số hồ sơ quá hạn")
        SETTLED = "settled", _("giải quyết dứt điểm danh sách")
        TASK = "task", _("nhiệm vụ khác")

    MEASURED = (Kind.CLEARED, Kind.REDUCED, Kind.SETTLED)

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="obligations", help_text=_("Công văn"))
    number = models.PositiveSmallIntegerField(help_text=_("Thứ tự trong văn bản"))
    sentence = models.TextField(help_text=_("Câu trong văn bản"))
    addressee = models.TextField(help_text=_("Bên phải thực hiện, như văn bản ghi"))
    partner = models.CharField(max_length=250, blank=True, help_text=_("Bên phối hợp, như văn bản ghi; trống khi không có"))
    agencies = models.ManyToManyField(Agency, related_name="obligations", help_text=_("Các đơn vị phải thực hiện"))
    kind = models.CharField(max_length=8, choices=Kind, help_text=_("Cách xét"))
    system = models.ForeignKey(
        SourceSystem, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Hệ thống; trống là cả hai")
    )
    percent = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("Phải giảm bao nhiêu phần trăm"))
    due_on = models.DateField(null=True, blank=True, help_text=_("Hạn thực hiện; trống khi văn bản không nêu"))

    class Meta:
        verbose_name = _("yêu cầu")
        verbose_name_plural = _("các yêu cầu")
        ordering = ["directive", "number"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "number"], name="obligation_once"),
            models.CheckConstraint(
                condition=Q(kind="reduced", percent__range=(1, 100)) | (~Q(kind="reduced") & Q(percent__isnull=True)),
                name="obligation_percent_of_a_reduction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.directive} · {self.number}"

    @property
    def measured(self) -> bool:
        """Whether figures tell if it is done."""
        return self.kind in self.MEASURED


class ObligationCheck(models.Model):
    """One unit's standing on one measured obligation at the end of a day."""

    class State(models.TextChoices):
        FULFILLED = "fulfilled", _("đã thực hiện")
        ON_COURSE = "on_course", _("đúng tiến độ")
        BEHIND = "behind", _("chậm tiến độ")
        BREACHED = "breached", _("quá hạn thực hiện")
        UNKNOWN = "unknown", _("chưa đủ số liệu")

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="checks", help_text=_("Yêu cầu"))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text=_("Đơn vị"))
    as_of = models.DateField(help_text=_("Ngày số liệu"))
    state = models.CharField(max_length=9, choices=State, help_text=_("Kết quả xét"))
    reason = models.CharField(max_length=14, help_text=_("Vì sao: mã lý do của directives/rules/obligations.py"))
    start = models.PositiveIntegerField(null=True, help_text=_("Số tại mốc của văn bản"))
    target = models.PositiveIntegerField(null=True, help_text=_("Số phải đạt"))
    value = models.PositiveIntegerField(null=True, help_text=_("Số ngày xét"))
    at_due = models.PositiveIntegerField(null=True, help_text=_("Số tại hạn thực hiện; trống khi chưa đến hoặc chưa có số liệu"))

    class Meta:
        verbose_name = _("kết quả xét yêu cầu")
        verbose_name_plural = _("kết quả xét yêu cầu")
        constraints = [models.UniqueConstraint(fields=["obligation", "agency", "as_of"], name="obligation_check_once")]
        indexes = [models.Index(fields=["as_of", "obligation"], name="obligation_check_day")]  # a letter's page, a unit's page

    def __str__(self) -> str:
        return f"{self.obligation} {self.agency} {self.as_of:%d/%m/%Y}: {self.state}"


class ObligationAnswer(models.Model):
    """What a unit says of an obligation that no figure measures; appended, never changed. The newest one holds."""

    class State(models.TextChoices):
        DOING = "doing", _("đang thực hiện")
        DONE = "done", _("đã thực hiện")
        UNABLE = "unable", _("chưa thực hiện được")

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="answers", help_text=_("Yêu cầu"))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text=_("Đơn vị"))
    state = models.CharField(max_length=6, choices=State, help_text=_("Tình hình thực hiện"))
    text = models.TextField(help_text=_("Nội dung báo cáo"))
    author = models.CharField(max_length=150, help_text=_("Người báo cáo"))
    answered_at = models.DateTimeField(help_text=_("Lúc báo cáo"))

    class Meta:
        verbose_name = _("báo cáo thực hiện")
        verbose_name_plural = _("báo cáo thực hiện")
        ordering = ["-answered_at", "-id"]

    def __str__(self) -> str:
        return f"{self.obligation} {self.agency}: {self.state}"
