"""Official letters: what they say, whom they address, which figures they quote, which letters they cite."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from dossiers.models import SourceSystem


class Directive(models.Model):
    """One letter (công văn). ``reference`` is how letters cite it, e.g. 3812/UBND-TTHCC, 3573-CV/VPTU."""

    reference = models.CharField(max_length=60, unique=True, help_text=_("Số, ký hiệu"))
    slug = models.SlugField(max_length=60, unique=True, help_text=_("Phần địa chỉ trang"))
    issued_on = models.DateField(help_text=_("Ngày ban hành"))
    issuer = models.CharField(max_length=200, help_text=_("Cơ quan ban hành"))
    signer = models.CharField(max_length=200, blank=True, help_text=_("Người ký"))
    subject = models.TextField(help_text=_("Trích yếu"))
    text = models.TextField(blank=True, help_text=_("Toàn văn; trống khi chưa có"))
    source = models.TextField(help_text=_("Nguồn"))
    verified = models.BooleanField(help_text=_("Đã xác minh; không phải suy luận"))
    remark = models.CharField(max_length=300, blank=True, help_text=_("Điều chưa xác minh"))

    class Meta:
        verbose_name = _("công văn")
        verbose_name_plural = _("công văn")
        ordering = ["issued_on", "reference"]

    def __str__(self) -> str:
        return self.reference


class DirectiveCitation(models.Model):
    """One letter citing another."""

    citing = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="citations", help_text=_("Văn bản dẫn"))
    cited = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="cited_by", help_text=_("Văn bản được dẫn"))

    class Meta:
        verbose_name = _("dẫn chiếu")
        verbose_name_plural = _("dẫn chiếu")
        constraints = [models.UniqueConstraint(fields=["citing", "cited"], name="citation_once")]

    def __str__(self) -> str:
        return f"{self.citing} → {self.cited}"


class DirectiveAddressee(models.Model):
    """Whom the letter addresses, in its own words, with the units those words mean."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="addressees", help_text=_("Công văn"))
    label = models.CharField(max_length=250, help_text=_("Như văn bản ghi"))
    agencies = models.ManyToManyField(Agency, related_name="addressed_by", help_text=_("Các đơn vị được gửi"))

    class Meta:
        verbose_name = _("nơi gửi đến")
        verbose_name_plural = _("nơi gửi đến")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["directive", "label"], name="addressee_once")]

    def __str__(self) -> str:
        return self.label


class DirectiveFigure(models.Model):
    """An overdue count a letter quotes; shown beside ours for the same date, never replaced by it."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="figures", help_text=_("Công văn"))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text=_("Đơn vị"))
    system = models.ForeignKey(SourceSystem, on_delete=models.PROTECT, related_name="+", help_text=_("Hệ thống"))
    as_of = models.DateField(help_text=_("Số liệu đến ngày"))
    value = models.PositiveIntegerField(help_text=_("Số hồ sơ quá hạn văn bản nêu"))
    quote = models.TextField(help_text=_("Câu trong văn bản"))

    class Meta:
        verbose_name = _("số liệu trong công văn")
        verbose_name_plural = _("số liệu trong công văn")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "agency", "system", "as_of"], name="figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.directive}: {self.agency} {self.value}"
