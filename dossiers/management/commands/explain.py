"""``manage.py explain``: one dossier, its verdict at a date, and how its due date came about."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from dossiers.explained import explanation_document
from dossiers.models import Dossier
from dossiers.rules.codes import code_key
from dossiers.selectors.explain import DossierExplanation, dossier_explanation
from dossiers.selectors.runs import latest_day
from kontum_tthc import clock
from ui.arguments import date_option
from ui.states import STATES
from worktime.rules import CalendarMissing
from worktime.selectors import calendar


class Command(BaseCommand):
    help = _("Giải thích một hồ sơ: tình trạng tại một ngày, hạn tính từng bước, các lần ghi nhận.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="MÃ", help=_("mã hồ sơ"))
        parser.add_argument("--system", choices=["old", "new"], required=True, help=_("hệ thống nguồn: cũ hay mới"))
        parser.add_argument("--as-of", metavar="YYYY-MM-DD", help=_("ngày xét; mặc định là đêm rà soát gần nhất"))
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("dạng kết quả"))

    def handle(self, *, code: str, system: str, as_of: str | None, format: str, **options: object) -> None:
        dossier = Dossier.objects.filter(system=system, code=code_key(code)).select_related("system").first()
        if dossier is None:
            raise CommandError(_("Không có hồ sơ “%(code)s” trên hệ thống %(system)s.") % {"code": code, "system": system})
        try:
            told = dossier_explanation(dossier, date_option("--as-of", as_of) or latest_day() or clock.today(), calendar())
        except CalendarMissing as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            json.dumps(explanation_document(dossier, told), ensure_ascii=False) if format == "json" else _as_text(told)
        )


def _as_text(told: DossierExplanation) -> str:
    found = told.verdict
    late = ""
    if found.calendar_days:
        late = _(" %(days)d ngày, %(working)d ngày làm việc") % {"days": found.calendar_days, "working": found.working_days}
    head = f"{told.facts.code} – {told.facts.agency}: {STATES[found.state].word}{late} ({told.as_of:%d/%m/%Y})"
    return "\n".join([head, *(step["text"] for step in told.steps), told.basis])
