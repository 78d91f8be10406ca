"""Files through the front door: what each leaves behind, and what it must never touch."""

import pytest

from dossiers.models import Dossier, DossierRevision
from tests.factories import intake

pytestmark = pytest.mark.django_db


def test_a_good_file_becomes_facts_and_first_revisions() -> None:
    intake.make_world()
    batch = intake.take(intake.csv_file([intake.row(n) for n in range(1, 4)]))
    assert (batch.status, batch.rows, batch.new) == ("done", 3, 3)
    assert not batch.issues.exists()
    assert Dossier.objects.filter(batch=batch, agency__code="612", status=4).count() == 3
    assert list(DossierRevision.objects.values_list("changed", flat=True)) == [[], [], []]
