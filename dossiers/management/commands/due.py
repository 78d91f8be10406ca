"""``manage.py due``: the due date of a receipt with its explanation. Needs only the loaded calendar."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from dossiers.due_requests import OPTIONS, DueAnswer, due_answer
from dossiers.rules.deadlines import POLICIES, UNITS, DeadlineError
from worktime.rules import CalendarMissing, WorkCalendar
from worktime.selectors import calendar


class Command(BaseCommand):
    help = _("Tính hạn trả của một hồ sơ và giải thích từng bước.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--received", metavar="ISO", help=_("thời điểm tiếp nhận; không ghi múi giờ là giờ Việt Nam"))
        parser.add_argument("--limit", metavar="N", help=_("thời hạn, ví dụ 5 hoặc 0.5; không cần khi --unit same_day"))
        parser.add_argument("--unit", help=_("đơn vị thời hạn: %(units)s") % {"units": ", ".join(sorted(UNITS))})
        parser.add_argument(
            "--stop", metavar="TỪ..ĐẾN", nargs="+", action="extend", help=_("lần tạm dừng; bỏ trống ĐẾN khi chưa xong")
        )
        policies = _("cách tính khi tạm dừng: %(policies)s; mặc định pause") % {"policies": ", ".join(sorted(POLICIES))}
        parser.add_argument("--policy", help=policies)
        parser.add_argument("--cutoff", metavar="HH:MM", help=_("mốc giờ của thủ tục giải quyết trong ngày"))
        parser.add_argument(
            "--stdin", action="store_true", help=_("đọc mỗi dòng một đối tượng JSON, trả lời mỗi dòng một đối tượng")
        )
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("dạng kết quả"))

    def handle(self, *, stdin: bool, format: str, **options: object) -> None:
        if stdin:
            self._answer_lines(sys.stdin.buffer)
        else:
            asked = {name: options[name] for name in OPTIONS}
            self.stdout.write(self._answer(asked, _as_json if format == "json" else _as_text))

    def _answer(self, asked: Mapping[str, object], written: Callable[[DueAnswer], str]) -> str:
        try:
            return written(due_answer(asked, calendar()))
        except (DeadlineError, CalendarMissing) as error:
            raise CommandError(str(error)) from error

    def _answer_lines(self, lines: Iterable[bytes]) -> None:
        """One answer per line, in order. A bad line is answered {"error": …} and the others go on; any makes the exit code 1."""
        failed = 0
        for answer in _answers(lines, calendar()):
            failed += "error" in answer
            self.stdout.write(_as_json(answer))
            self.stdout.flush()
        if failed:
            raise CommandError(_("%(count)d dòng không tính được; xem “error” ở từng dòng.") % {"count": failed})


def _answers(lines: Iterable[bytes], loaded: WorkCalendar) -> Iterator[DueAnswer | dict[str, str]]:
    for line in lines:
        try:
            yield due_answer(_options(line), loaded)
        except (DeadlineError, CalendarMissing) as error:
            yield {"error": str(error)}


def _options(line: bytes) -> Mapping[str, object]:
    try:
        options = json.loads(line, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise DeadlineError(_("Dòng này không phải JSON.")) from None
    if not isinstance(options, dict):
        raise DeadlineError(_("Dòng này phải là một đối tượng JSON, ví dụ {“received”: …, “limit”: 5, “unit”: …}."))
    return options


def _as_json(answer: Mapping[str, object]) -> str:
    return json.dumps(answer, ensure_ascii=False)


def _as_text(answer: DueAnswer) -> str:
    return "\n".join(step["text"] for step in answer["explanation"])
