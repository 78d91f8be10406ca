"""The one-machine door: everything under one supervisor, or only the services around one command."""

import sys
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kontum_tthc import stack
from kontum_tthc.processes import Interrupted, StackError


def _folder(text: str) -> Path:
    """An empty word (an unset variable of the caller's) would be the folder one happens to be in."""
    if not text.strip():
        raise ArgumentTypeError("thiếu tên thư mục")
    return Path(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 2**16:
        raise ArgumentTypeError(f"“{text}” không phải cổng từ 1 đến 65535")
    return int(text)


class Command(BaseCommand):
    help = (
        "Chạy toàn bộ hệ thống trên một máy: PostgreSQL, Valkey, tiến trình nền, lịch và trang web; Ctrl-C để dừng."
        " «stack run -- LỆNH …» chỉ chạy PostgreSQL và Valkey rồi chạy LỆNH với DATABASE_URL và REDIS_URL."
    )
    requires_system_checks: list[str] = []  # it makes the environment that the checks ask for
    program: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Everything after ``--`` is the program's own, options included; argparse never sees it."""
        if "--" in argv:
            cut = argv.index("--")
            argv, self.program = argv[:cut], argv[cut + 1 :]
        super().run_from_argv(argv)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", nargs="?", choices=["run"], help="run: chỉ chạy dịch vụ quanh một lệnh (sau --)")
        parser.add_argument("--root", type=_folder, default=Path("var/stack"), help="thư mục dữ liệu (mặc định var/stack)")
        parser.add_argument("--port", type=_port, default=8000, help="cổng của trang web (mặc định 8000)")
        parser.add_argument("--demo", action="store_true", help="nạp dữ liệu minh hoạ, đồng hồ dừng ở 07:30 ngày 10/11/2022")
        parser.add_argument("--today", action="store_true", help="cùng --demo: để đồng hồ chạy theo giờ thật")

    def handle(self, *, action: str | None, root: Path, port: int, demo: bool, today: bool, **_: Any) -> None:
        if bool(action) != bool(self.program):
            raise CommandError("Cách dùng: manage.py stack [--root THƯ_MỤC] run -- LỆNH …")
        options = stack.Options(root=root, port=port, demo=demo, today=today)
        try:
            if action:
                sys.exit(stack.run(options, self.program))
            stack.serve(options, self._say)
        except StackError as error:
            raise CommandError(str(error)) from error
        except Interrupted:
            self._say("Đã dừng.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
