"""Giải trình: what a unit says about late dossiers, and what the office makes of it. The counts never change by it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from directives.models.letters import Directive
from dossiers.models import Dossier


class ExplanationCall(models.Model):
    """A unit is asked to explain the dossiers a letter is about, by a date."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="calls", help_text=_("Công văn"))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text=_("Đơn vị phải giải trình"))
    answer_by = models.DateField(help_text=_("Hạn giải trình"))
    called_at = models.DateTimeField(help_text=_("Lúc yêu cầu"))
    called_by = models.CharField(max_length=150, help_text=_("Người yêu cầu"))

    class Meta:
        verbose_name = _("yêu cầu giải trình")
        verbose_name_plural = _("các yêu cầu giải trình")
        ordering = ["answer_by", "agency"]
        constraints = [models.UniqueConstraint(fields=["directive", "agency"], name="explanation_call_once")]

    def __str__(self) -> str:
        return f"{self.directive} {self.agency} {self.answer_by:%d/%m/%Y}"


class Explanation(models.Model):
    """One answer of a unit for one dossier or several. What was said never changes; a returned one is answered by a new one."""

    class Reason(models.TextChoices):
        SUPPLEMENT = "supplement", _("chờ bổ sung")
        FINANCIAL = "financial", _("nghĩa vụ tài chính")
        VERIFICATION = "verification", _("chậm xác minh")
        SYNC = "sync", _("lỗi đồng bộ dữ liệu")
        NOT_CLOSED = "not_closed", _("đã trả nhưng chưa đóng trên phần mềm")
        STAFF = "staff", _("nhân sự")
        OTHER = "other", _("khác")

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("chờ xem xét")
        ACCEPTED = "accepted", _("đã chấp nhận")
        RETURNED = "returned", _("đã trả lại")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="explanations", help_text=_("Đơn vị giải trình"))
    directive = models.ForeignKey(
        Directive, on_delete=models.PROTECT, null=True, blank=True, related_name="explanations", help_text=_("Theo công văn")
    )
    dossiers = models.ManyToManyField(Dossier, related_name="explanations", help_text=_("Các hồ sơ được giải trình"))
    reason = models.CharField(max_length=12, choices=Reason, help_text=_("Nguyên nhân"))
    text = models.TextField(help_text=_("Nội dung giải trình"))
    attachment = models.FileField(upload_to="giai-trinh/%Y/%m", blank=True, help_text=_("Tệp kèm theo"))
    promised_on = models.DateField(null=True, blank=True, help_text=_("Cam kết xong ngày"))
    author = models.CharField(max_length=150, help_text=_("Người giải trình"))
    submitted_at = models.DateTimeField(help_text=_("Lúc gửi"))
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        help_text=_("Thay bản bị trả lại"),
    )
    state = models.CharField(max_length=9, choices=State, default=State.SUBMITTED, help_text=_("Tình trạng"))
    decided_by = models.CharField(max_length=150, blank=True, help_text=_("Người xem xét"))
    decided_at = models.DateTimeField(null=True, blank=True, help_text=_("Lúc xem xét"))
    decision = models.TextField(blank=True, help_text=_("Ý kiến của người xem xét; bắt buộc khi trả lại"))

    class Meta:
        verbose_name = _("giải trình")
        verbose_name_plural = _("các giải trình")
        ordering = ["-submitted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="submitted", decided_at__isnull=True) | (~Q(state="submitted") & Q(decided_at__isnull=False)),
                name="explanation_decided_at",
            ),
            models.CheckConstraint(condition=~Q(state="returned", decision=""), name="explanation_returned_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.get_reason_display()} {self.submitted_at:%d/%m/%Y}"
