from django.db import models
from django.utils.translation import gettext_lazy as _

from dossiers.models.sources import SourceSystem


class SourceWord(models.Model):
    """What one system calls a column or a status, besides the words everybody uses; somebody said what it means."""

    class Kind(models.TextChoices):
        COLUMN = "column", _("tên cột")
        STATUS = "status", _("trạng thái")

    system = models.ForeignKey(SourceSystem, on_delete=models.PROTECT, related_name="words", help_text=_("Hệ thống nguồn"))
    kind = models.CharField(max_length=6, choices=Kind, help_text=_("Tên cột hay trạng thái"))
    key = models.CharField(max_length=250, help_text=_("Khóa so khớp: không dấu, chữ thường"))
    text = models.CharField(max_length=250, help_text=_("Như tệp ghi"))
    meaning = models.CharField(max_length=20, help_text=_("Cột của hệ thống này, hoặc mã trạng thái quốc gia 1-10"))
    decided_by = models.CharField(max_length=200, help_text=_("Người khai báo"))
    decided_at = models.DateTimeField(help_text=_("Lúc khai báo"))

    class Meta:
        verbose_name = _("cách viết của hệ thống nguồn")
        verbose_name_plural = _("cách viết của hệ thống nguồn")
        constraints = [models.UniqueConstraint(fields=["system", "kind", "key"], name="sourceword_once")]

    def __str__(self) -> str:
        return self.text
