"""What ``manage.py`` runs. A wrong line, or trouble that lies outside the program, is a sentence on how to end it."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

import psycopg2
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, execute_from_command_line
from django.core.management.base import CommandParser
from django.db import Error as DatabaseError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy


def run(argv: Sequence[str]) -> None:
    """Exits 1 with the sentence; with ``--traceback`` the error goes on as it came."""
    _teach_argparse()
    try:
        execute_from_command_line(list(argv))
        sys.stdout.flush()
    except BrokenPipeError:  # who reads our answers has heard enough; the flush at exit must not complain either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:  # as a shell counts it; what was under way is rolled back or stopped already
        sys.exit(128 + signal.SIGINT)
    except (CommandError, ImproperlyConfigured, DatabaseError, psycopg2.Error) as error:
        remedy = None if "--traceback" in argv else _remedy(error)
        if remedy is None:
            raise
        sys.exit(remedy)


def _teach_argparse() -> None:
    """Its words come from our catalogue as those of any package; a line it cannot read ends like every other refusal.

    Django gives commands no parser of their own. Lazy: its first one is made before any catalogue can be read.
    """
    argparse._, argparse.ngettext = gettext_lazy, ngettext_lazy  # type: ignore[attr-defined]  # what it imports from gettext
    CommandParser.error = _refuse  # type: ignore[method-assign, assignment]  # never returns, as argparse asks of it


def _refuse(parser: CommandParser, message: str) -> NoReturn:
    """argparse would exit with 2, which means nothing to those who call us."""
    raise CommandError(f"{message}\n" + _("Xem cách dùng: %(program)s --help") % {"program": parser.prog})


def _remedy(error: Exception) -> str | None:
    """None when the fault is ours. (psycopg2's own errors come from closing a cursor that never came to be.)"""
    return str(error) if isinstance(error, CommandError | ImproperlyConfigured) else _database_remedy()


def _database_remedy() -> str | None:
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
