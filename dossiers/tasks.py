"""Work done outside a page's request."""

from celery import shared_task

from dossiers.models import ImportBatch
from dossiers.selectors.imports import batches_listed
from dossiers.services.intake import batch_run, batches_resume
from kontum_tthc import clock


@shared_task(name="dossiers.tasks.intake")  # type: ignore[untyped-decorator]  # celery has no types
def intake(batch_id: int) -> None:
    """Import one batch; sent again after a lost worker it does what is left, or finds it done, or canceled meanwhile."""
    batch = batches_listed().get(pk=batch_id)
    if batch.status != ImportBatch.Status.CANCELED:
        batch_run(batch=batch, now=clock.now())


@shared_task(name="dossiers.tasks.resume")  # type: ignore[untyped-decorator]  # celery has no types
def resume() -> None:
    """Imports whose worker or message was lost are run after all."""
    batches_resume(now=clock.now())
