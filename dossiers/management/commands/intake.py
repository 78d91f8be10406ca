"""``manage.py intake FILE``: bring one export file in, here and now, through the same rules as the upload page."""

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from dossiers import messages
from dossiers.models import ImportBatch, ImportIssue, SourceSystem
from dossiers.services.intake import batch_open, batch_run, batch_try
from dossiers.sources.base import SourceError
from kontum_tthc import clock
from worktime.rules import VIETNAM, end_of_day, in_vietnam

ACTOR = "manage.py intake"
COUNTS = ("new", "changed", "unchanged", "rejected", "repaired", "stale", "vanished")
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
            answer = _refused(messages.refusal(error.reason, error.parameters))
        except CommandError as error:
            answer = _refused(str(error))
        done = answer["status"] == Status.DONE
        if done or format == "json":
            self.stdout.write(json.dumps(answer, ensure_ascii=False) if format == "json" else _as_text(answer))
        if not done:
            raise CommandError(str(answer["message"]))


def _asked(file: Path | None, system: str | None, kind: str) -> tuple[Path, str]:
    if system not in (SourceSystem.OLD, SourceSystem.NEW):
        raise CommandError(_("Ghi --system old (hệ thống cũ) hoặc --system new (hệ thống mới)."))
    if kind not in ImportBatch.Kind.values:
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
    if len(text) > len("2022-11-07"):
        return at
    return min(end_of_day(at.date()), now) if at <= now else at


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
            return {**_answer(tried, issues), "batch": None}
        batch = batch_open(
            source=source, file_name=file.name, system=system, kind=kind, data_as_of=data_as_of, now=now, actor=ACTOR
        )
    if batch.status == Status.DONE:
        return _repeated(batch)
    batch = batch_run(batch=batch, now=now)
    return _answer(batch, list(batch.issues.all()))


def _answer(batch: ImportBatch, issues: list[ImportIssue]) -> dict[str, object]:
    return {
        "batch": batch.pk,
        "status": batch.status,
        "message": batch.message,
        **{name: getattr(batch, name) for name in COUNTS},
        "issues": [
            {
                "kind": issue.kind,
                "line": issue.line,
                "column": issue.column,
                "value": issue.value,
                "reason": issue.reason,
                "message": issue.message,
            }
            for issue in issues
            if issue.kind != ImportIssue.Kind.REPAIR
        ],
    }


def _refused(message: str) -> dict[str, object]:
    """A file that did not even become a batch."""
    return {"batch": None, "status": Status.REFUSED, "message": message, **dict.fromkeys(COUNTS, 0), "issues": []}


def _repeated(batch: ImportBatch) -> dict[str, object]:
    """What this call did with a file that is in already: nothing."""
    at = f"{batch.accepted_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
    message = _("Tệp này đã nhập lúc %(at)s (lần nhập %(batch)s); không có gì thay đổi.") % {"at": at, "batch": batch.pk}
    known = batch.new + batch.changed + batch.unchanged
    nothing = {"new": 0, "changed": 0, "unchanged": known, "repaired": 0, "stale": 0, "vanished": batch.vanished}
    return {**_answer(batch, list(batch.issues.all())), **nothing, "message": message}


def _as_text(answer: dict[str, object]) -> str:
    words = {
        "new": _("mới"),
        "changed": _("thay đổi"),
        "unchanged": _("không đổi"),
        "rejected": _("bị loại"),
        "repaired": _("được sửa cách viết"),
        "stale": _("cũ hơn dữ liệu đã có"),
        "vanished": _("vắng mặt"),
    }
    counts = ", ".join(f"{answer[name]} {word}" for name, word in words.items())
    issues = answer["issues"]
    lines = [issue["message"] for issue in issues] if isinstance(issues, list) else []
    return "\n".join([*([str(answer["message"])] if answer["message"] else []), counts, *lines])
