"""A letter being read: what was found in its text, to be confirmed by a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from directives.models.letters import Directive


class LetterDraft(models.Model):
    """An uploaded or pasted letter. ``found`` is what the reader saw, with places in the text (directives/rules/reading)."""

    file_name = models.CharField(max_length=255, blank=True, help_text=_("Tên tệp; trống khi dán văn bản"))
    sha256 = models.CharField(max_length=64, help_text=_("Mã băm của tệp hoặc văn bản"))
    text = models.TextField(help_text=_("Toàn văn đã đọc được"))
    found = models.JSONField(default=dict, help_text=_("Các phần đọc được và vị trí"))
    created_at = models.DateTimeField(help_text=_("Lúc tạo"))
    created_by = models.CharField(max_length=150, help_text=_("Người tạo"))
    directive = models.OneToOneField(
        Directive, on_delete=models.SET_NULL, null=True, blank=True, related_name="draft", help_text=_("Công văn đã xác nhận")
    )

    class Meta:
        verbose_name = _("bản đọc công văn")
        verbose_name_plural = _("các bản đọc công văn")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name or f"{self.created_at:%d/%m/%Y %H:%M}"
