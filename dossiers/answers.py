"""What the doors without a page answer about one file: ``manage.py intake`` and the drop folders."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from dossiers import messages
from dossiers.models import ImportBatch, ImportIssue
from worktime.rules import VIETNAM

COUNTS = ("new", "changed", "unchanged", "rejected", "repaired", "stale", "vanished")
Answer = dict[str, object]


def answer(batch: ImportBatch, issues: Iterable[ImportIssue]) -> Answer:
    """What became of a batch; repairs are counted, not listed."""
    return {
        "batch": batch.pk,
        "status": batch.status,
        "message": messages.held(batch.review["holds"]) if batch.status == ImportBatch.Status.HELD else batch.message,
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


def refused(message: str) -> Answer:
    """A file that did not even become a batch."""
    return {
        "batch": None,
        "status": ImportBatch.Status.REFUSED,
        "message": message,
        **dict.fromkeys(COUNTS, 0),
        "issues": [],
    }


def repeated(batch: ImportBatch) -> Answer:
    """What was done with a file that is in already: nothing."""
    at = f"{batch.accepted_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
    message = _("Tệp này đã nhập lúc %(at)s (lần nhập %(batch)s); không có gì thay đổi.") % {"at": at, "batch": batch.pk}
    known = batch.new + batch.changed + batch.unchanged
    nothing = {"new": 0, "changed": 0, "unchanged": known, "repaired": 0, "stale": 0, "vanished": batch.vanished}
    return {**answer(batch, batch.issues.all()), **nothing, "message": message}


def as_text(told: Answer, *, most: int | None = None) -> str:
    """The sentence, the counts, the issues (the first ``most``), each on a line."""
    words = {
        "new": _("mới"),
        "changed": _("thay đổi"),
        "unchanged": _("không đổi"),
        "rejected": _("bị loại"),
        "repaired": _("được sửa cách viết"),
        "stale": _("cũ hơn dữ liệu đã có"),
        "vanished": _("vắng mặt"),
    }
    counts = ", ".join(f"{told[name]} {word}" for name, word in words.items())
    issues = told["issues"]
    lines = [issue["message"] for issue in issues] if isinstance(issues, list) else []
    more = [_("… và %(n)s dòng khác.") % {"n": len(lines) - most}] if most is not None and len(lines) > most else []
    return "\n".join([*([str(told["message"])] if told["message"] else []), counts, *lines[:most], *more])
