import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from journal.diff import Changes
from kontum_tthc.reference import ReferenceFileError, reference_load

NAMES = {
    "calendar": _("Lịch làm việc"),
    "systems": _("Hệ thống nguồn"),
    "agencies": _("Đơn vị, tên gọi khác, kế thừa"),
    "procedures": _("Thủ tục hành chính"),
    "directives": _("Công văn"),
    "rules": _("Phiên bản quy tắc"),
}


class Command(BaseCommand):
    help = _("Nạp lịch, đơn vị, thủ tục và công văn từ thư mục data; nạp lại không đổi gì.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "data", help=_("Thư mục chứa các tệp danh mục"))
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("dạng kết quả"))

    def handle(self, *, folder: Path, format: str, **options: object) -> None:
        try:
            loaded = reference_load(folder=folder, actor="manage.py reference_load")
        except ReferenceFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(as_json(loaded) if format == "json" else as_text(loaded))


def counts(changes: Changes) -> dict[str, int]:
    return {"added": len(changes.added), "changed": len(changes.changed), "removed": len(changes.removed)}


def as_json(loaded: Mapping[str, Changes]) -> str:
    return json.dumps({"changed": any(loaded.values()), "lists": {name: counts(each) for name, each in loaded.items()}})


def as_text(loaded: Mapping[str, Changes]) -> str:
    changed = _("thêm %(added)d, sửa %(changed)d, bỏ %(removed)d")
    return "\n".join(f"{NAMES[name]}: {changed % counts(each) if each else _('không đổi')}" for name, each in loaded.items())
