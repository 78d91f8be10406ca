"""Evidence: one append-only, hash-chained ledger. The database itself seals each entry."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

# The hash is over a canonical text (journal/rules.py computes the same in plain Python).
SEAL = """
PERFORM pg_advisory_xact_lock(hashtext('journal_entry'));
SELECT seq + 1, hash INTO NEW.seq, NEW.previous FROM journal_entry ORDER BY seq DESC LIMIT 1;
IF NOT FOUND THEN NEW.seq := 1; NEW.previous := repeat('0', 64); END IF;
NEW.at := clock_timestamp();
NEW.hash := encode(sha256(convert_to(concat_ws(E'\\x1f', NEW.seq::text,
    to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    NEW.actor, NEW.event, NEW.subject, NEW.body, NEW.previous), 'UTF8')), 'hex');
RETURN NEW;
"""


class Entry(models.Model):
    """One act worth an inspector's question, in the same transaction as the act itself."""

    seq = models.BigIntegerField(primary_key=True, help_text=_("Số thứ tự, do cơ sở dữ liệu cấp"))
    at = models.DateTimeField(help_text=_("Thời điểm ghi, theo đồng hồ cơ sở dữ liệu"))
    actor = models.CharField(max_length=200, help_text=_("Người hoặc tiến trình thực hiện, chép thành chữ"))
    event = models.CharField(max_length=60, help_text=_("Loại sự việc"))
    subject = models.CharField(max_length=200, help_text=_("Đối tượng của sự việc"))
    body = models.TextField(help_text=_("Nội dung, JSON chuẩn tắc"))
    previous = models.CharField(max_length=64, help_text=_("Mã băm của mục trước"))
    hash = models.CharField(max_length=64, help_text=_("Mã băm SHA-256 của mục này"))

    class Meta:
        verbose_name = _("mục nhật ký")
        verbose_name_plural = _("nhật ký chứng cứ")
        ordering = ["seq"]
        triggers = [
            pgtrigger.Trigger(name="seal", when=pgtrigger.Before, operation=pgtrigger.Insert, func=SEAL),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_truncate",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'journal_entry: append-only';",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.seq} {self.event} {self.subject}"
