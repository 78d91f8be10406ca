import sys
from argparse import ArgumentParser
from getpass import getpass

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.services import account_add
from agencies.selectors import agencies_named
from agencies.services import memberships_set

ACTOR = "manage.py account_add"


class Command(BaseCommand):
    help = _("Tạo một người dùng; cách có quản trị hệ thống đầu tiên.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help=_("Tên đăng nhập"))
        parser.add_argument("--role", required=True, choices=Role.values, help=_("Vai trò"))
        parser.add_argument("--name", default="", help=_("Họ và tên"))
        parser.add_argument(
            "--agency", action="append", default=[], metavar="CODE", help=_("Mã đơn vị phụ trách; có thể lặp lại")
        )
        parser.add_argument("--password-stdin", action="store_true", help=_("Đọc mật khẩu từ dòng đầu của đầu vào chuẩn"))

    def handle(self, *, username: str, role: str, name: str, agency: list[str], password_stdin: bool, **options: object) -> None:
        password = password_read(password_stdin)
        try:
            with transaction.atomic():
                account = account_add(account=User(username=username, role=role, full_name=name), password=password, actor=ACTOR)
                memberships_set(user=account, agencies=agencies_named(agency), actor=ACTOR)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(_("Đã tạo người dùng %(username)s.") % {"username": username})


def password_read(from_stdin: bool) -> str:
    try:
        password = sys.stdin.readline().rstrip("\n") if from_stdin else getpass(_("Mật khẩu: "))
        password.encode()  # in a C locale, bytes that are no UTF-8 come this far
    except (EOFError, UnicodeError):
        sentence = _("Không đọc được mật khẩu. Gõ ở bàn phím, hoặc đưa một dòng UTF-8 vào --password-stdin.")
        raise CommandError(sentence) from None
    return password
