"""The demo's schedule of deliveries: both systems hand over on every working day, as its history does (demo/history.py)."""

from datetime import time

from accounts.models import User
from deliveries.models import ExpectedDelivery
from deliveries.services.schedule import delivery_expect
from demo.plan import FIRST_DAY
from dossiers.models import ImportBatch, SourceSystem

STEWARD = "dulieu"
BY = time(23, 59)  # the files are made at 23:00 and arrive half an hour later


def deliveries_expect() -> None:
    """Once: what somebody changes or stops stays so."""
    if ExpectedDelivery.objects.exists():
        return
    for system in SourceSystem.objects.order_by("-code"):
        given = {
            "system": system,
            "kind": ImportBatch.Kind.DELTA,
            "days": ExpectedDelivery.Days.WORKING,
            "by": BY,
            "active_from": FIRST_DAY,
            "watcher": "Y Hlim, phụ trách dữ liệu (minh hoạ)",
            "note": "",
        }
        delivery_expect(given=given, user=User.objects.get(username=STEWARD))
