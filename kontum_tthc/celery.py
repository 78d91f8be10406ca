"""The Celery app and its timetable. Every entry expires: a late message is worthless, the ledger catches up."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontum_tthc.settings")

app = Celery("kontum_tthc")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "night": {
        "task": "kontum_tthc.tasks.night",
        "schedule": crontab(hour=0, minute=15),
        "args": ("beat",),
        "options": {"expires": 3600},
    },
    "night-watchdog": {
        "task": "kontum_tthc.tasks.night",
        "schedule": crontab(minute="*/5"),
        "args": ("watchdog",),
        "options": {"expires": 240},
    },
}
