"""``manage.py nightly``: run the night of a date, after the dates missing before it."""

import json
from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from dossiers.models import SweepRun
from dossiers.services.counts import CountMismatchError
from kontum_tthc import clock, nightly
from ui.arguments import date_option
from worktime.rules import CalendarMissing


class Command(BaseCommand):
    help = _("Rà soát đêm: tìm hồ sơ quá hạn và chốt số liệu của một ngày, sau khi bù các ngày còn thiếu.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", metavar="YYYY-MM-DD", help=_("ngày số liệu; mặc định là ngày vừa hết"))
        parser.add_argument("--until", metavar="YYYY-MM-DD", help=_("chạy mọi ngày từ --as-of đến hết ngày này"))
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("dạng kết quả"))

    def handle(self, *, as_of: str | None, until: str | None, format: str, **options: object) -> None:
        try:
            runs = _nights(date_option("--as-of", as_of), date_option("--until", until))
        except (nightly.NightRefusedError, CalendarMissing, CountMismatchError) as error:
            raise CommandError(str(error)) from error
        if format == "json":
            self.stdout.write(json.dumps({"runs": [_as_json(run) for run in runs]}))
        else:
            self.stdout.write("\n".join(map(_as_text, runs)) or _("Không có ngày nào cần rà soát."))


def _nights(as_of: date | None, until: date | None) -> list[SweepRun]:
    """Without dates, what beat would do; with a date, that date too even when no file has come in."""
    if as_of is None and until is None:
        return nightly.catch_up(upto=clock.last_ended_day(), now=clock.now(), trigger="command")
    first = as_of or until or clock.last_ended_day()
    return nightly.run_range(since=first, until=until or first, now=clock.now(), trigger="command")


def _as_json(run: SweepRun) -> dict[str, object]:
    figures = {"opened": run.opened, "closed": run.closed, "overdue": run.overdue}
    return {"as_of": run.as_of.isoformat(), "status": run.status, **figures, "seconds": run.seconds}


def _as_text(run: SweepRun) -> str:
    text = _("%(day)s: mới quá hạn %(opened)d, hết quá hạn %(closed)d, đang quá hạn %(overdue)d (%(seconds).2f giây)")
    return text % {"day": f"{run.as_of:%d/%m/%Y}", **vars(run)}
