"""A night planned on what the tables held before an import could take hours instead of seconds."""

from datetime import timedelta

import pytest
from django.db import connection

from dossiers.models import Dossier, DossierRevision
from dossiers.services.statistics import statistics_renew
from tests.factories.intake import AS_OF, NOW, csv_file, make_world, row, take

pytestmark = pytest.mark.django_db

ROWS = 60
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def planned_for_empty_tables(db: None) -> None:
    """As autovacuum leaves them when it comes by before the first import."""
    make_world()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE dossiers_dossier, dossiers_dossierrevision")
    assert known_rows() == {"dossiers_dossier": 0, "dossiers_dossierrevision": 0}


def known_rows() -> dict[str, int]:
    """What the planner takes each table to hold."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reltuples::int FROM pg_class WHERE relname IN ('dossiers_dossier', 'dossiers_dossierrevision')"
        )
        return dict(cursor.fetchall())


def test_the_planner_knows_of_an_import_before_it_is_committed() -> None:
    take(csv_file([row(number) for number in range(1, ROWS + 1)]))
    assert known_rows() == {"dossiers_dossier": ROWS, "dossiers_dossierrevision": ROWS}


def test_a_file_that_brings_little_leaves_the_statistics_alone() -> None:
    take(csv_file([row(number) for number in range(1, ROWS + 1)]))
    take(csv_file([row(number) for number in range(1, ROWS + 3)]), as_of=AS_OF + DAY, now=NOW + DAY)
    assert Dossier.objects.count() == ROWS + 2
    assert known_rows() == {"dossiers_dossier": ROWS, "dossiers_dossierrevision": ROWS}


def test_only_the_tables_that_grew_by_a_tenth_are_counted_anew() -> None:
    take(csv_file([row(number) for number in range(1, ROWS + 1)]))
    assert statistics_renew(ROWS // 10, Dossier, DossierRevision) == []
    assert statistics_renew(ROWS // 10 + 1, Dossier, DossierRevision) == ["dossiers_dossier", "dossiers_dossierrevision"]
