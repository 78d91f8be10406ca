import json
import re
from argparse import ArgumentParser, ArgumentTypeError

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from journal.rules import Anchor, Verification, verify
from journal.selectors import entries_in_order

PROBLEMS = {
    "missing": _("Nhật ký bị đứt: thiếu mục ngay trước mục số {seq} ({at})."),
    "content": _("Nội dung mục số {seq} ({at}) đã bị sửa: mã băm tính lại không khớp."),
    "chain": _("Mục số {seq} ({at}) không nối tiếp mục trước nó."),
    "tail": _("Không còn mục số {seq} với mã băm đã lưu: phần cuối nhật ký đã bị cắt hoặc viết lại."),
}


def anchor(text: str) -> Anchor:
    if not re.fullmatch(r"\d+:[0-9a-f]{64}", text):
        raise ArgumentTypeError(_("'%(text)s' không phải SỐ:MÃ-BĂM.") % {"text": text})
    seq, digest = text.split(":")
    return Anchor(int(seq), digest)


class Command(BaseCommand):
    help = _("Tính lại toàn bộ chuỗi nhật ký chứng cứ; mã thoát 1 khi có mục không khớp.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("dạng kết quả"))
        parser.add_argument(
            "--anchor", type=anchor, help=_("SỐ:MÃ-BĂM đã lưu ở nơi khác; chỉ nó phát hiện được phần cuối bị cắt")
        )

    def handle(self, *, format: str, anchor: Anchor | None, **options: object) -> None:
        found = verify(entries_in_order(), anchor=anchor)
        if format == "json":
            self.stdout.write(json.dumps({"ok": found.ok, "entries": found.entries, "head": found.head}))
        if not found.ok:
            raise CommandError(problem_text(found))
        if format == "text":
            self.stdout.write(_("Nhật ký toàn vẹn: %(n)d mục, mã băm cuối %(head)s") % {"n": found.entries, "head": found.head})


def problem_text(found: Verification) -> str:
    at = f"{timezone.localtime(found.at):%d/%m/%Y %H:%M:%S}" if found.at else ""
    return PROBLEMS[found.problem].format(seq=found.seq, at=at)
