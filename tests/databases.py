"""Databases of a test's own, beside pytest-django's: for programs that are run as an operator runs them."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg2


@contextmanager
def empty_database() -> Iterator[str]:
    """A new database of the test services; answers its address and drops it in the end."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"own_{secrets.token_hex(6)}"
    server = psycopg2.connect(parts._replace(path="/postgres").geturl())
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield parts._replace(path=f"/{name}").geturl()
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()
