"""Who was told what, when, and when they first opened it: evidence that somebody knew."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from directives.models import Directive


class Notice(models.Model):
    """One thing one person was told. ``key`` names the fact it tells, so that nobody is told twice."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, db_index=False, on_delete=models.PROTECT, related_name="notices", help_text=_("Người nhận")
    )
    key = models.CharField(max_length=80, help_text=_("Sự việc được báo: loại và số"))
    text = models.TextField(help_text=_("Nội dung đã báo"))
    url = models.CharField(max_length=300, help_text=_("Địa chỉ trang nói về việc đó"))
    directive = models.ForeignKey(
        Directive, on_delete=models.PROTECT, null=True, related_name="notices", help_text=_("Theo công văn")
    )  # reader of its index: who was told of a letter
    agency = models.ForeignKey(
        Agency, db_index=False, on_delete=models.PROTECT, null=True, related_name="+", help_text=_("Về đơn vị")
    )
    created_at = models.DateTimeField(help_text=_("Báo lúc"))
    opened_at = models.DateTimeField(null=True, help_text=_("Mở lần đầu lúc"))

    class Meta:
        verbose_name = _("thông báo")
        verbose_name_plural = _("các thông báo")
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_once")]  # its index: one person's notices
        indexes = [
            # Reader: the bell in every page's head.
            models.Index(fields=["user"], condition=Q(opened_at__isnull=True), name="notice_unopened"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="said", exclude=["opened_at"]),
            pgtrigger.Protect(
                name="opened_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__opened_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.key}"
