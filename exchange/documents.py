"""What is sent and what is answered: the shapes of /api/v1/openapi.json. Keys stay as they are: other systems rely on them."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import BaseModel, ConfigDict, Field, create_model

from dossiers import messages
from dossiers.models import ImportBatch
from dossiers.sources.headers import CALLED
from dossiers.sources.national import FIELDS, PROGRESS_FIELDS, STOPS
from exchange.selectors import dossier_codes

Status = ImportBatch.Status
COUNTS = ("new", "changed", "unchanged", "rejected", "repaired", "stale")
TAKEN, PARTLY, WAITING = "0", "1", "2"  # error_code of what was kept; of what was not it is the status of the answer
WORDS = {
    TAKEN: gettext_noop("Đã nhận đủ."),
    PARTLY: gettext_noop("Đã nhận; có hồ sơ bị loại, xem issues."),
    WAITING: gettext_noop("Đã giữ, đang chờ đến lượt. Hỏi lại kết quả theo mã yêu cầu."),
}


class Item(BaseModel):
    """One dossier or event. What else is sent along is kept in the file and not read."""

    model_config = ConfigDict(extra="allow")


def _described(name: str, fields: Mapping[str, str]) -> type[Item]:
    """Every field may be missing here: which are needed is judged dossier by dossier, as in a file."""
    told: dict[str, Any] = {field: (Any, Field(None, description=CALLED.get(column))) for column, field in fields.items()}
    return create_model(name, __base__=Item, **told)


HoSo = _described("HoSo", FIELDS | {"stops": STOPS})
TienDo = _described("TienDo", PROGRESS_FIELDS)


class DossiersBody(BaseModel):
    model_config = ConfigDict(extra="allow")
    service: Literal["DongBoHoSoMC"]
    data: list[HoSo] = Field(min_length=1)  # type: ignore[valid-type]  # made from the one table of fields


class ProgressBody(BaseModel):
    model_config = ConfigDict(extra="allow")
    service: Literal["CapNhatTienDoHoSoMC"]
    data: list[TienDo] = Field(min_length=1)  # type: ignore[valid-type]  # made from the one table of fields


class Page(BaseModel):
    """A page as an iGate 2.0 list answers it."""

    model_config = ConfigDict(extra="allow")
    content: list[Item]


Pages = Page | Annotated[list[Page], Field(min_length=1)]


class Issue(BaseModel):
    """``item``: the dossier's place in what was sent, from 1; 0: all of it. ``code``: its MaHoSo or code."""

    kind: Literal["reject", "repair", "warning"]
    item: int
    code: str
    column: str
    value: str
    reason: str
    message: str


class Answer(BaseModel):
    """``error_code``: 0 all is in, 1 in but for refused dossiers, 2 waits for its turn or for a person (``status``)."""

    error_code: Literal["0", "1", "2"]
    message: str
    batch: int
    status: Literal["done", "held", "waiting", "running", "failed", "reverted"]
    new: int
    changed: int
    unchanged: int
    rejected: int
    repaired: int
    stale: int
    issues: list[Issue]


class Refusal(BaseModel):
    """``error_code``: the answer's status. ``batch``: where the whole of it was kept and refused."""

    error_code: str
    message: str
    batch: int | None = None


def answer(batch: ImportBatch) -> Answer:
    """What became of a batch that was not refused."""
    code = (PARTLY if batch.rejected else TAKEN) if settled(batch) else WAITING
    held = batch.status == Status.HELD
    told: dict[str, object] = {
        "error_code": code,
        "message": messages.held(batch.review["holds"]) if held else batch.message or _(WORDS[code]),
        "batch": batch.pk,
        "status": batch.status,
        "issues": _issues(batch) if held or settled(batch) else [],
    }
    return Answer.model_validate(told | {name: getattr(batch, name) for name in COUNTS})


def settled(batch: ImportBatch) -> bool:
    """Whether it is known what became of each dossier."""
    return batch.status in (Status.DONE, Status.REVERTED)


def _issues(batch: ImportBatch) -> list[dict[str, object]]:
    found = list(batch.issues.all())
    codes = dossier_codes(batch) if found else {}
    return [
        {
            "kind": issue.kind,
            "item": issue.line,
            "code": codes.get(issue.line, ""),
            "column": issue.column,
            "value": issue.value,
            "reason": issue.reason,
            "message": issue.message,
        }
        for issue in found
    ]
