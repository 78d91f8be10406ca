"""A small province with a dossier of unit A full of words nobody outside the unit may ever read."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import Settings

from accounts.models import SavedView, User
from accounts.services import view_save
from agencies.models import Agency
from directives.models import Directive, ObligationAnswer
from directives.services.cohorts import cohorts_catch_up
from directives.services.drafts import draft_open
from directives.services.explanations import explanation_return
from directives.services.obligations import obligation_answer
from dossiers.models import Dossier, DossierRevision, ImportBatch, ImportIssue, SweepRun
from kontum_tthc import nightly
from kontum_tthc.celery import app
from notices.models import Notice
from notices.services import notices_send
from tests.access.matrix import ROLES
from tests.factories.deliveries import make_expected
from tests.factories.directives import make_directive, quote_figure
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe
from tests.factories.exchange import make_key
from tests.factories.explanations import explain, make_list
from tests.factories.intake import csv_file, row

NIGHT = date(2022, 11, 7)
CANARIES = {
    "code": "H34-CHIMYEN-0001",
    "applicant": "Phạm Chimyến Hót",
    "officer": "Lê Chimyến Bay",
    "note": "ghi chú chimyến về tổ",
    "procedure": "Thủ tục chimyến làm tổ",
    "field": "Lĩnh vực chimyến",
    "file": "tep-chimyen.csv",
    "issue": "giá trị chimyến sai",
    "view": "Bộ lọc chimyến",
    "explanation": "Giải trình chimyến về tổ",
    "decision": "Trả lại chimyến",
    "attachment": "Tệp kèm chimyến",
    "draft": "Số: 9/CHIMYEN-TTHCC",
    "answer": "Báo cáo chimyến của đơn vị",
}


@dataclass(frozen=True)
class World:
    code: str
    batch: int
    view: int
    explanation: int
    notice: int
    draft: int
    key: int
    delivery: int


@pytest.fixture
def world(
    unit_a: Agency,
    unit_b: Agency,
    commune_a: Agency,
    head_a: User,
    provincial_officer: User,
    settings: Settings,
    tmp_path: Path,
) -> World:
    settings.MEDIA_ROOT = tmp_path
    make_calendar()
    batch = make_batch(midnight(NIGHT))
    said = {
        "applicant": CANARIES["applicant"],
        "officer": CANARIES["officer"],
        "note": CANARIES["note"],
        "procedure_name": CANARIES["procedure"],
        "field": CANARIES["field"],
    }
    dossier = observe(batch, CANARIES["code"], unit_a, received=date(2022, 10, 3), due=date(2022, 11, 4), **said)
    dossier.search_text = "h34-chimyen-0001 pham chimyen hot"
    dossier.save(update_fields=["search_text"])
    observe(batch, "B-LATE", unit_b, received=date(2022, 10, 3), due=date(2022, 11, 4))
    assert DossierRevision.objects.filter(note=CANARIES["note"]).exists()
    batch.file.save(CANARIES["file"], ContentFile(csv_file([row()]).getvalue()), save=True)
    ImportBatch.objects.filter(pk=batch.pk).update(file_name=CANARIES["file"], rejected=1)
    ImportIssue.objects.create(batch=batch, kind="reject", line=2, value=CANARIES["issue"], reason="x", message="không đọc được")
    letter = make_directive("3812/UBND-TTHCC", date(2022, 11, 7), text="Kính gửi: các đơn vị")
    letter.addressees.create(label="Các huyện").agencies.set([unit_a, unit_b])
    quote_figure(letter, unit_a, "old", NIGHT, 857)
    nightly.run(as_of=NIGHT, now=moment(NIGHT + timedelta(days=1), 0, 15), trigger="command")
    kept = {"page": SavedView.Page.DOSSIERS, "name": CANARIES["view"], "query": "tinh_trang=overdue"}
    view = view_save(user=head_a, now=moment(NIGHT + timedelta(days=1), 8), **kept)
    sent_back = returned(dossier, letter, head_a, provincial_officer)
    notices_send(now=moment(NIGHT + timedelta(days=1), 9, 1))
    notice = Notice.objects.get(user=head_a, key=f"returned:{sent_back}")
    cohorts_catch_up(baselines=letter.baselines.all())
    answered(letter, unit_a, unit_b, head_a)
    draft = draft_open(text=CANARIES["draft"], file_name="", now=moment(NIGHT, 8), actor="An")
    key, _secret = make_key(now=moment(NIGHT, 8))
    delivery = make_expected(active_from=NIGHT)
    return World(CANARIES["code"], batch.pk, view.pk, sent_back, notice.pk, draft.pk, key.pk, delivery.pk)


def answered(letter: Directive, mine: Agency, other: Agency, head: User) -> None:
    """An order to both units, answered by one."""
    order = letter.obligations.create(number=1, sentence="Chấn chỉnh", addressee="Chủ tịch các huyện", kind="task")
    order.agencies.set([mine, other])
    doing, now = ObligationAnswer.State.DOING, moment(NIGHT + timedelta(days=1), 9)
    obligation_answer(obligation=order, agency=mine, state=doing, text=CANARIES["answer"], user=head, now=now)


def returned(dossier: Dossier, letter: Directive, head: User, officer: User) -> int:
    """An explanation with an attachment, sent back by the office."""
    run, now = SweepRun.objects.get(), moment(NIGHT + timedelta(days=1), 9)
    make_list(letter, dossier.agency, [dossier], run=run)
    file = BytesIO(b"%PDF-1.7 " + CANARIES["attachment"].encode())
    sent = explain(head, [dossier.pk], letter=letter, now=now, text=CANARIES["explanation"], attachment=file)
    explanation_return(explanation=sent, remark=CANARIES["decision"], user=officer, now=now)
    return sent.pk


@pytest.fixture
def people(
    provincial_officer: User,
    head_a: User,
    head_b: User,
    stranger: User,
    inspector: User,
    data_steward: User,
    administrator: User,
    unit_a: Agency,
) -> Callable[[str], Client]:
    """A client signed in as somebody; the locked person had signed in before being locked."""
    cast = [provincial_officer, head_a, head_b, stranger, inspector, data_steward, administrator]
    for person in cast:
        person.password = "pbkdf2_sha256$1$kontum$"  # one that exists; nobody signs in with it
        person.save(update_fields=["password"])
    named = dict(zip(ROLES, cast, strict=False))

    def signed_in(role: str) -> Client:
        client = Client()
        if role in named:
            client.force_login(named[role])
        if role == "locked":
            locked, _made = get_user_model().objects.get_or_create(username="bi-khoa", defaults={"role": "provincial_office"})
            client.force_login(locked)
            get_user_model().objects.filter(pk=locked.pk).update(is_active=False)
        return client

    return signed_in


@pytest.fixture(autouse=True)
def empty_queue() -> Generator[None]:
    """What the walk sends to the worker is nobody else's."""
    yield
    with app.connection_for_write() as broker:
        broker.default_channel.queue_purge("celery")
