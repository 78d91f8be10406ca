"""``manage.py pickup``: one round through the drop folders, here and now, as the worker makes one every minute."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from deliveries.services.folders import FolderError
from deliveries.services.pickup import Fault, Round, Taken, deliveries_pick_up
from dossiers import answers
from kontum_tthc import clock


class Command(BaseCommand):
    help = _("Lấy các tệp trong thư mục giao nộp vào hệ thống, như bộ xử lý vẫn làm mỗi phút.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("dạng kết quả"))

    def handle(self, *, format: str, **options: object) -> None:
        try:
            found = deliveries_pick_up(now=clock.now())
        except FolderError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(_as_object(found), ensure_ascii=False) if format == "json" else _as_text(found))
        if found.faults:
            raise CommandError("\n".join(fault.text for fault in found.faults))


def _as_object(found: Round) -> dict[str, object]:
    return {
        "busy": found.busy,
        "taken": [_taken(one) for one in found.taken],
        "left": [_left(fault) for fault in found.faults],
    }


def _taken(one: Taken) -> dict[str, object]:
    said = {"file": one.file, "system": one.system, "kind": one.kind, "data_as_of": one.data_as_of.isoformat(), "put": one.put}
    return {**said, **one.answer}


def _left(fault: Fault) -> dict[str, str]:
    return {"file": fault.file, "message": fault.text}


def _as_text(found: Round) -> str:
    if found.busy:
        return _("Một tiến trình khác đang lấy tệp; không làm gì.")
    if not found.taken:
        return _("Không có tệp nào sẵn sàng trong thư mục giao nộp.")
    return "\n\n".join(f"{one.put}\n{answers.as_text(one.answer)}" for one in found.taken)
