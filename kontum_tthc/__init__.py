"""Wiring only: settings, clock, celery, the night, the one-machine stack."""

from kontum_tthc.celery import app as celery_app

__all__ = ["celery_app"]
