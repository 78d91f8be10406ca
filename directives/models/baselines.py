"""The dossiers behind a letter's figure, fixed once, and what became of them night by night."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from directives.models.letters import Directive
from dossiers.models import Dossier, SourceSystem, SweepRun


class Baseline(models.Model):
    """A letter's mark for one unit on one system: the dossiers overdue at the end of ``as_of``, as that night knew them."""

    class DatedBy(models.TextChoices):
        FIGURES = "figures", _("ngày số liệu văn bản nêu")
        NIGHT_BEFORE = "night", _("đêm rà soát cuối cùng trước ngày ban hành")

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="baselines", help_text=_("Công văn"))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text=_("Đơn vị"))
    system = models.ForeignKey(SourceSystem, on_delete=models.PROTECT, related_name="+", help_text=_("Hệ thống"))
    as_of = models.DateField(help_text=_("Mốc số liệu: tình trạng lúc 24:00 ngày này"))
    dated_by = models.CharField(max_length=7, choices=DatedBy, help_text=_("Vì sao lấy ngày này"))
    inferred = models.BooleanField(help_text=_("Phạm vi suy luận: chưa biết văn bản gửi đơn vị nào"))
    run = models.ForeignKey(SweepRun, on_delete=models.PROTECT, related_name="+", help_text=_("Đêm rà soát cho danh sách"))
    quoted = models.PositiveIntegerField(null=True, help_text=_("Số văn bản nêu; trống khi văn bản không nêu"))
    counted = models.PositiveIntegerField(help_text=_("Số hồ sơ trong danh sách của hệ thống này"))

    class Meta:
        verbose_name = _("mốc số liệu")
        verbose_name_plural = _("các mốc số liệu")
        ordering = ["directive", "agency", "-system"]
        constraints = [models.UniqueConstraint(fields=["directive", "agency", "system"], name="baseline_once")]

    def __str__(self) -> str:
        return f"{self.directive} {self.agency} {self.system_id} {self.as_of:%d/%m/%Y}"


class BaselineDossier(models.Model):
    """One dossier of a baseline's list (the cohort); never changed."""

    baseline = models.ForeignKey(
        Baseline, db_index=False, on_delete=models.CASCADE, related_name="members", help_text=_("Mốc số liệu")
    )  # the constraint's index begins with it
    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, related_name="baselines", help_text=_("Hồ sơ")
    )  # its index: how many letters a dossier has outlived
    due_on = models.DateField(help_text=_("Hạn đã lỡ tại mốc"))

    class Meta:
        verbose_name = _("hồ sơ tại mốc")
        verbose_name_plural = _("các hồ sơ tại mốc")
        constraints = [models.UniqueConstraint(fields=["baseline", "dossier"], name="baseline_dossier_once")]

    def __str__(self) -> str:
        return f"{self.baseline}: {self.dossier_id}"


class CohortCount(models.Model):
    """A cohort at the end of a day, by fate, and the unit's whole backlog beside it: what left, what came.

    Overdue now at the unit on the system, as published = ``overdue`` (of the cohort, still there) + ``unlisted`` (of the
    cohort, gone from its extract without an end, therefore still counted) + ``inflow`` (overdue, not of the cohort).
    The fates (directives/rules/fate.py) add up to the cohort. These are constraints.
    """

    baseline = models.ForeignKey(
        Baseline, db_index=False, on_delete=models.CASCADE, related_name="counts", help_text=_("Mốc số liệu")
    )  # the constraint's index begins with it
    as_of = models.DateField(help_text=_("Ngày số liệu"))
    size = models.PositiveIntegerField(help_text=_("Số hồ sơ tại mốc"))
    finished = models.PositiveIntegerField(help_text=_("Đã xử lý xong"))
    ended_other = models.PositiveIntegerField(help_text=_("Rút, từ chối hoặc dừng xử lý"))
    moved = models.PositiveIntegerField(help_text=_("Chuyển sang hệ thống khác"))
    vanished = models.PositiveIntegerField(help_text=_("Không còn trong tệp của hệ thống nguồn"))
    overdue = models.PositiveIntegerField(help_text=_("Còn quá hạn tại đơn vị"))
    transferred = models.PositiveIntegerField(help_text=_("Còn quá hạn, đã chuyển đơn vị"))
    stopped = models.PositiveIntegerField(help_text=_("Tạm dừng"))
    due_moved = models.PositiveIntegerField(help_text=_("Hạn thay đổi, không còn quá hạn"))
    uncounted = models.PositiveIntegerField(help_text=_("Không còn thuộc số liệu"))
    unlisted = models.PositiveIntegerField(
        help_text=_("Không còn trong tệp hoặc đã chuyển hệ thống, chưa thấy kết thúc nên vẫn thuộc số quá hạn của đơn vị")
    )
    inflow = models.PositiveIntegerField(help_text=_("Quá hạn tại đơn vị, không thuộc danh sách tại mốc"))
    stock = models.PositiveIntegerField(help_text=_("Tổng quá hạn tại đơn vị trên hệ thống"))

    class Meta:
        verbose_name = _("diễn biến của danh sách tại mốc")
        verbose_name_plural = _("diễn biến của danh sách tại mốc")
        ordering = ["baseline", "as_of"]
        constraints = [
            models.UniqueConstraint(fields=["baseline", "as_of"], name="cohort_count_once"),
            models.CheckConstraint(
                condition=Q(stock=F("overdue") + F("unlisted") + F("inflow")), name="cohort_stock_balances"
            ),
            models.CheckConstraint(condition=Q(unlisted__lte=F("vanished") + F("moved")), name="cohort_unlisted_are_gone"),
            models.CheckConstraint(
                condition=Q(
                    size=F("finished") + F("ended_other") + F("moved") + F("vanished") + F("overdue")
                    + F("transferred") + F("stopped") + F("due_moved") + F("uncounted")
                ),
                name="cohort_fates_balance",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.baseline} → {self.as_of:%d/%m/%Y}"
