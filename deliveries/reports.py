"""The report beside a file that was picked up, for whoever handed it over."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from dossiers import answers
from dossiers.models import ImportBatch
from ui.formats import moment
from ui.states import SYSTEMS

ISSUES_SHOWN = 20


def text_report(told: answers.Answer, *, file: str, system: str, kind: str, data_as_of: datetime) -> str:
    """What file it was, what became of it, the counts, the first issues, and where all of it is shown."""
    status = ImportBatch.Status(str(told["status"]))
    words = {
        "file": file,
        "system": SYSTEMS[system],
        "kind": ImportBatch.Kind(kind).label,
        "moment": moment(data_as_of),
    }
    lines = [
        _("Tệp %(file)s: %(system)s, %(kind)s, số liệu đến %(moment)s.") % words,
        _("Kết quả: %(status)s.") % {"status": status.label},
        answers.as_text(told, most=ISSUES_SHOWN),
    ]
    if told["batch"]:
        lines.append(
            _("Trang của lần nhập: %(address)s") % {"address": _address(reverse("dossiers:import", args=[told["batch"]]))}
        )
    return "\n".join(lines) + "\n"


def _address(path: str) -> str:
    """With our name before it where it is a name for others, too."""
    return f"https://{settings.ALLOWED_HOSTS[0]}{path}" if settings.HTTPS else path
