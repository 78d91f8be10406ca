"""Letters drafted from published figures, and the versions of the template they are written with."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from dossiers.models import SweepRun


class LetterTemplate(models.Model):
    """One version of the office's own template; the newest is in use. Without a file: back to the built-in one."""

    file = models.FileField(upload_to="mau-cong-van/", blank=True, help_text=_("Tệp mẫu; trống là mẫu có sẵn"))
    sha256 = models.CharField(max_length=64, blank=True, help_text=_("Mã băm của tệp"))
    made_by = models.CharField(max_length=150, help_text=_("Người nộp"))
    made_at = models.DateTimeField(help_text=_("Lúc nộp"))

    class Meta:
        verbose_name = _("mẫu công văn")
        verbose_name_plural = _("các mẫu công văn")
        ordering = ["-pk"]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete | pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.pk} ({self.made_at:%d/%m/%Y})"


class MadeDraft(models.Model):
    """A draft somebody made: its bytes are kept, so that what was signed can be held against it."""

    run = models.ForeignKey(SweepRun, on_delete=models.PROTECT, related_name="+", help_text=_("Đêm rà soát của số liệu"))
    template = models.ForeignKey(
        LetterTemplate, null=True, on_delete=models.PROTECT, related_name="drafts", help_text=_("Mẫu; trống là mẫu có sẵn")
    )
    subject = models.CharField(max_length=300, help_text=_("Trích yếu"))
    units = models.JSONField(help_text=_("Mã các đơn vị được nêu"))
    cited = models.JSONField(help_text=_("Số, ký hiệu các văn bản được dẫn"))
    due_on = models.DateField(help_text=_("Hạn giải quyết"))
    file = models.FileField(upload_to="du-thao/", help_text=_("Tệp dự thảo"))
    sha256 = models.CharField(max_length=64, help_text=_("Mã băm của tệp"))
    made_by = models.CharField(max_length=150, help_text=_("Người soạn"))
    made_at = models.DateTimeField(help_text=_("Lúc soạn"))

    class Meta:
        verbose_name = _("dự thảo công văn")
        verbose_name_plural = _("các dự thảo công văn")
        ordering = ["-pk"]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete | pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.pk}: {self.subject}"
