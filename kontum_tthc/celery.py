"""The Celery app and its timetable. Every entry expires: a late message is worthless, the ledger catches up."""

import contextlib
import os
import signal
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, heartbeat_sent, worker_init, worker_process_init, worker_ready
from redis.exceptions import RedisError

from dossiers.services.worker import worker_beat
from kontum_tthc.checks import refuse_to_start
from kontum_tthc.processes import end_with, pages_first

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontum_tthc.settings")

NIGHT = "kontum_tthc.tasks.night"
NOTICES = "notices.tasks.send"
IMPORTS = "dossiers.tasks.resume"
PICKUP = "deliveries.tasks.pickup"

app = Celery("kontum_tthc")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "night": {
        "task": NIGHT,
        "schedule": crontab(hour=0, minute=15),
        "args": ("beat",),
        "options": {"expires": 3600},
    },
    "night-watchdog": {
        "task": NIGHT,
        "schedule": crontab(minute="*/5"),
        "args": ("watchdog",),
        "options": {"expires": 240},
    },
    "imports-watchdog": {
        "task": IMPORTS,
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 240},
    },
    "notices": {
        "task": NOTICES,
        "schedule": crontab(),  # every minute
        "options": {"expires": 50},
    },
    "pickup": {
        "task": PICKUP,
        "schedule": crontab(),
        "options": {"expires": 50},
    },
}


def check_settings(**_: Any) -> None:
    refuse_to_start()


def catch_up(**_: Any) -> None:
    """Nights missed and imports cut off while the machine was off need not wait for the next watchdog."""
    app.send_task(IMPORTS, expires=3600)
    app.send_task(NIGHT, args=("start",), expires=3600)


def begin(**_: Any) -> None:
    """A task must not outlive the worker that answers for it, nor keep pages waiting."""
    end_with(os.getppid(), signal.SIGKILL)
    pages_first()


def note_heartbeat(**_: Any) -> None:
    """Lets pages tell a worker that has much to do from one that is not there."""
    with contextlib.suppress(RedisError):  # the broker's own connection will say it louder
        worker_beat()


for starting in (worker_init, beat_init):
    starting.connect(check_settings)
worker_ready.connect(catch_up)
worker_process_init.connect(begin)
heartbeat_sent.connect(note_heartbeat)
