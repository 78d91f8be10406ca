"""Work done outside a page's request."""

from celery import shared_task

from dossiers.selectors.imports import batches_listed
from dossiers.services.intake import batch_run
from kontum_tthc import clock


@shared_task(name="dossiers.tasks.intake")  # type: ignore[untyped-decorator]  # celery has no types
def intake(batch_id: int) -> None:
    """Import one batch; sent again after a lost worker it does what is left, or finds it done."""
    batch_run(batch=batches_listed().get(pk=batch_id), now=clock.now())
