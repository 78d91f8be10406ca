"""Pages of an iGate 2.0 style REST list: ``{"content": […]}``, or a list of such pages."""

from collections.abc import Mapping

from dossiers.rules.facts import Cells
from dossiers.sources.base import RawRow, Shape, Source, in_blocks
from dossiers.sources.headers import CALLED
from dossiers.sources.items import cell, child, items

LABELS = {
    "code": "code",
    "procedure_code": "procedure.code",
    "procedure_name": "procedure.translate.name",
    "field": "procedure.sector.name",
    "agency": "agency.name",
    "agency_code": "agency.code",
    "receiver": "agency.parent.name",
    "applicant": "applicant.data.fullname",
    "channel": "applyMethod.name",
    "received": "acceptedDate",
    "promised": "appointmentDate",
    "finished": "completedDate",
    "returned": "returnedDate",
    "status": "dossierStatus.name",
    "officer": "currentTask.assignee.fullname",
}


def igate(pages: list[object]) -> Source:
    """All items of all pages; the line is the item's number across the pages."""
    content = [item for page in items(pages) for item in items(page.get("content"))]
    shape = Shape("igate", len(content), frozenset(LABELS), CALLED | LABELS)
    return Source(shape, lambda: in_blocks(RawRow(number, _cells(item)) for number, item in enumerate(content, start=1)))


def _cells(item: Mapping[str, object]) -> Cells:
    # The status is read by its name: the ids are this system's own numbering, not the national codes.
    plain = {column: cell(child(item, *path.split("."))) for column, path in LABELS.items()}
    # Several officers may hold a dossier at once; the national exports part them by ##.
    officers = (cell(child(task, "assignee", "fullname")) for task in items(item.get("currentTask")))
    plain["officer"] = "##".join(officer for officer in officers if officer)
    plain["applicant"] = cell(child(item, "applicant", "data", "ownerFullname")) or plain["applicant"]
    plain["promised"] = plain["promised"] or cell(item.get("dueDate"))
    for column in ("agency", "receiver"):  # some installations keep a list of names by language
        name = child(item, *LABELS[column].split("."))
        if isinstance(name, list):
            plain[column] = cell(child(name, "name"))
    return Cells(**plain)
