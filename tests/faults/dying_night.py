"""``python -m tests.faults.dying_night N …``: ``manage.py nightly …`` that is killed (SIGKILL) at its N-th statement."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django
from django.core.management import call_command
from django.db import connection


def main(statements: int, options: list[str]) -> None:
    left = statements

    def deadly(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(deadly):
        call_command("nightly", *options)


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), sys.argv[2:])
