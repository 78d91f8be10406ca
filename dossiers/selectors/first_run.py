"""How far a new installation is on its way to its first figures: read off what is there, never remembered."""

from dataclasses import dataclass

from agencies.models import Agency
from dossiers.models import ImportBatch, Procedure, SourceSystem, SweepRun
from dossiers.selectors.runs import failed_runs, latest_run
from worktime.models import CalendarYear

OLD_FIRST = (SourceSystem.OLD, SourceSystem.NEW)


@dataclass(frozen=True, slots=True)
class Beginning:
    """``files``: of each system, the old one first, the newest file that is in, else the newest that came."""

    reference: bool
    files: dict[str, ImportBatch | None]
    night: SweepRun | None
    failed: SweepRun | None


def beginning() -> Beginning:
    return Beginning(
        reference=all(model.objects.exists() for model in (CalendarYear, Agency, Procedure, SourceSystem)),
        files={system: _file(system) for system in OLD_FIRST},
        night=latest_run(),
        failed=failed_runs().first(),
    )


def _file(system: str) -> ImportBatch | None:
    came = ImportBatch.objects.filter(system=system)
    return came.filter(status=ImportBatch.Status.DONE).order_by("-data_as_of").first() or came.order_by("-pk").first()
