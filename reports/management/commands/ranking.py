"""``manage.py ranking``: the units by overdue dossiers at the end of a day; province-wide."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from agencies.models import Agency
from dossiers.models import SourceSystem
from dossiers.selectors.runs import latest_day
from kontum_tthc import clock
from reports.documents import RankingDocument, no_figures, ranking_document
from reports.selectors.overview import field_names
from reports.selectors.ranking import ranking
from ui.arguments import date_option


class Command(BaseCommand):
    help = _("Xếp hạng đơn vị theo số hồ sơ quá hạn cuối một ngày.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", metavar="YYYY-MM-DD", help=_("ngày số liệu; mặc định là đêm rà soát gần nhất"))
        parser.add_argument("--scope", choices=["own", "area"], default="own", help=_("riêng đơn vị hoặc toàn địa bàn"))
        parser.add_argument("--level", choices=Agency.Level.values, help=_("chỉ các đơn vị cấp này"))
        parser.add_argument("--system", choices=[SourceSystem.OLD, SourceSystem.NEW], help=_("chỉ hệ thống này"))
        parser.add_argument("--field", help=_("chỉ lĩnh vực này"))
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("dạng kết quả"))

    def handle(
        self,
        *,
        as_of: str | None,
        scope: str,
        level: str | None,
        system: str | None,
        field: str | None,
        format: str,
        **options: object,
    ) -> None:
        asked = date_option("--as-of", as_of) or latest_day() or clock.last_ended_day()
        found = ranking(agencies=Agency.objects.all(), as_of=asked, scope=scope, level=level, system=system, field=field)
        if not found.known:
            raise CommandError(no_figures(found))
        if field and field not in (known := field_names(agencies=Agency.objects.all(), as_of=asked)):
            words = {"field": field, "known": "; ".join(known)}
            raise CommandError(_("Không có lĩnh vực '%(field)s'. Các lĩnh vực ngày này: %(known)s.") % words)
        document = ranking_document(found)
        self.stdout.write(json.dumps(document, ensure_ascii=False) if format == "json" else _as_text(document))


def _as_text(document: RankingDocument) -> str:
    total = document["total"]
    lines = [f"{row['rank']:>4} {row['old']:>7} {row['new']:>7} {row['total']:>7}  {row['name']}" for row in document["rows"]]
    heading = f"{_('Hạng'):>4} {_('Cũ'):>7} {_('Mới'):>7} {_('Tổng'):>7}  {_('Đơn vị')}"
    foot = f"{'':>4} {total['old']:>7} {total['new']:>7} {total['total']:>7}  {_('Tổng cộng')}"
    return "\n".join([heading, *lines, foot])
