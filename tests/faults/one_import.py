"""``python -m tests.faults.one_import BATCH``: runs one batch.

Says the number of its database's process just before it begins, and when the batch is in.
"""

import sys

import django
from django.db import connection

django.setup()

from dossiers.models import ImportBatch  # noqa: E402  # models need the setup
from dossiers.services.intake import batch_run  # noqa: E402
from tests.factories.intake import NOW  # noqa: E402

if __name__ == "__main__":
    batch = ImportBatch.objects.get(pk=int(sys.argv[1]))
    print(connection.connection.info.backend_pid, flush=True)  # noqa: T201  # the killer's aim
    batch_run(batch=batch, now=NOW)
    print("in", flush=True)  # noqa: T201
