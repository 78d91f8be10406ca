"""``manage.py intake FILE``: bring one export file in, here and now, through the same rules as the upload page."""

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from dossiers import answers, messages
from dossiers.models import ImportBatch, SourceSystem
from dossiers.rules.freshness import end_described
from dossiers.services.intake import batch_open, batch_run, batch_try
from dossiers.sources.base import SourceError
from kontum_tthc import clock
from worktime.rules import VIETNAM, in_vietnam

ACTOR = "manage.py intake"
Status = ImportBatch.Status


class Command(BaseCommand):
    help = _("Nhập một tệp hồ sơ (.xlsx, .csv, JSON) của hệ thống cũ hoặc mới.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Which values are right is said below, in Vietnamese and as an answer; argparse would say it in neither way.
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help=_("tệp cần nhập"))
        parser.add_argument("--system", metavar="{old,new}", help=_("hệ thống nguồn (bắt buộc)"))
        parser.add_argument(
            "--kind", metavar="{full,delta}", default=ImportBatch.Kind.FULL, help=_("bản đầy đủ (mặc định) hay thay đổi")
        )
        parser.add_argument("--data-as-of", metavar="ISO", help=_("thời điểm số liệu mô tả; mặc định là bây giờ, giờ Việt Nam"))
        parser.add_argument("--dry-run", action="store_true", help=_("xét thử, không ghi gì"))
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("dạng kết quả"))

    def handle(
        self,
        *,
        file: Path | None,
        system: str | None,
        kind: str,
        data_as_of: str | None,
        dry_run: bool,
        format: str,
        **options: object,
    ) -> None:
        now = clock.now()
        try:
            path, system = _asked(file, system, kind)
            answer = _take(path, system=system, kind=kind, data_as_of=_moment(data_as_of, now), now=now, dry_run=dry_run)
        except SourceError as error:
            answer = answers.refused(messages.refusal(error.reason, error.parameters))
        except CommandError as error:
            answer = answers.refused(str(error))
        done = answer["status"] == Status.DONE
        if done or format == "json":
            self.stdout.write(json.dumps(answer, ensure_ascii=False) if format == "json" else answers.as_text(answer))
        if not done:
            raise CommandError(str(answer["message"]))


def _asked(file: Path | None, system: str | None, kind: str) -> tuple[Path, str]:
    if system not in (SourceSystem.OLD, SourceSystem.NEW):
        raise CommandError(_("Ghi --system old (hệ thống cũ) hoặc --system new (hệ thống mới)."))
    if kind not in dict(ImportBatch.Kind.of_files()):
        raise CommandError(_("Ghi --kind full (bản đầy đủ) hoặc --kind delta (bản thay đổi)."))
    if file is None:
        raise CommandError(_("Ghi đường dẫn của tệp cần nhập, ví dụ: manage.py intake ho-so.xlsx --system old."))
    return file, system


def _moment(text: str | None, now: datetime) -> datetime:
    """A date alone is its end, but never later than now; without an offset it is Vietnam time."""
    if text is None:
        return now
    try:
        at = datetime.fromisoformat(text)
        at = in_vietnam(at if at.tzinfo else at.replace(tzinfo=VIETNAM))
    except (ValueError, OverflowError):
        raise CommandError(
            _("--data-as-of: “%(text)s” không phải thời điểm ISO 8601, ví dụ 2022-11-07T17:00.") % {"text": text}
        ) from None
    return at if len(text) > len("2022-11-07") else end_described(at.date(), now)


def _take(file: Path, *, system: str, kind: str, data_as_of: datetime, now: datetime, dry_run: bool) -> dict[str, object]:
    try:
        source = file.open("rb") if file.is_file() else None
    except OSError:
        source = None
    if source is None:
        reason = _("Không mở được tệp %(file)s. Kiểm tra đường dẫn (tới một tệp, không phải thư mục) và quyền đọc.")
        raise CommandError(reason % {"file": file})
    with source:
        if dry_run:
            tried, issues = batch_try(
                source=source, file_name=file.name, system=system, kind=kind, data_as_of=data_as_of, now=now, actor=ACTOR
            )
            return {**answers.answer(tried, issues), "batch": None}
        batch = batch_open(
            source=source, file_name=file.name, system=system, kind=kind, data_as_of=data_as_of, now=now, actor=ACTOR
        )
    if batch.status == Status.DONE:
        return answers.repeated(batch)
    batch = batch_run(batch=batch, now=now)
    return answers.answer(batch, list(batch.issues.all()))
