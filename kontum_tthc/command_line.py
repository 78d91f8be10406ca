"""What ``manage.py`` runs. Trouble that lies outside the program is one sentence on how to end it, not a traceback."""

import os
import sys
from collections.abc import Sequence

import psycopg2
from django.core.management import execute_from_command_line
from django.db import Error as DatabaseError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _


def run(argv: Sequence[str]) -> None:
    """Exits 1 with the sentence; with ``--traceback`` the error goes on as it came."""
    try:
        execute_from_command_line(list(argv))
        sys.stdout.flush()
    except BrokenPipeError:  # who reads our answers has heard enough; the flush at exit must not complain either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (DatabaseError, psycopg2.Error):  # psycopg2's own: closing a cursor that never came to be
        remedy = None if "--traceback" in argv else _remedy()
        if remedy is None:
            raise
        sys.exit(remedy)


def _remedy() -> str | None:
    """What is wrong with the database itself; None when it is as it should be."""
    connection.close()
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        return _("Không nối được cơ sở dữ liệu. Kiểm tra DATABASE_URL và PostgreSQL đang chạy. (%(error)s)") % {
            "error": " ".join(str(error).split())
        }
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return _("Cơ sở dữ liệu chưa được chuẩn bị cho bản này. Chạy manage.py migrate rồi làm lại.")
    return None
