"""One word that changes with every night, import, reference or calendar change: what may be kept between two of them."""

from django.db.models import Max

from dossiers.models import SweepRun
from journal.models import Entry


def data_version() -> str:
    """Every act that can move a figure or a name writes a journal entry in its own transaction; its seal is the version."""
    head = Entry.objects.order_by("-seq").values_list("hash", flat=True).first()
    newest = SweepRun.objects.aggregate(newest=Max("pk"))["newest"]
    return f"{head or ''}-{newest or 0}"
