"""The import pages: upload, watch, read what went wrong, take it away."""

import io
from collections.abc import Generator
from datetime import timedelta

import openpyxl
import pytest
from celery import current_app
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import User
from dossiers.models import Dossier, ImportBatch
from dossiers.services.worker import worker_beat
from dossiers.tasks import intake
from tests.factories.figures import night
from tests.factories.intake import AS_OF, NOW, csv_file, make_world, row, take

pytestmark = pytest.mark.django_db

PAGE = "/nhap-lieu/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def world(db: None, settings: Settings) -> None:
    settings.CLOCK_PINNED_AT = NOW
    make_world()


@pytest.fixture
def steward(client: Client, data_steward: User) -> Client:
    client.force_login(data_steward)
    return client


def given(content: io.BytesIO, **changes: str) -> dict[str, object]:
    upload = SimpleUploadedFile("so theo doi.csv", content.getvalue(), "text/csv")
    return {"file": upload, "system": "old", "kind": "full", "data_as_of": "07/11/2022 17:00", **changes}


def upload(client: Client, capture: DjangoCaptureOnCommitCallbacks, file: io.BytesIO) -> ImportBatch:
    with capture(execute=True):
        answer = client.post(PAGE, given(file))
    batch = ImportBatch.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}{batch.pk}/")
    return batch


def test_an_upload_waits_for_the_worker_and_then_shows_its_result(
    steward: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    batch = upload(steward, django_capture_on_commit_callbacks, csv_file([row(1), row(2, status="?")]))
    assert (batch.status, batch.actor, batch.data_as_of) == ("waiting", "Phụ trách dữ liệu", AS_OF)
    waiting = steward.get(f"{PAGE}{batch.pk}/").content.decode()
    assert 'hx-trigger="every 1s"' in waiting
    with current_app.connection_for_read() as connection, connection.SimpleQueue("celery") as queue:
        message = queue.get(block=True, timeout=5)
        message.ack()
    assert message.headers["task"] == "dossiers.tasks.intake"
    intake(*message.payload[0])
    done = steward.get(f"{PAGE}{batch.pk}/", headers=HTMX).content.decode()
    assert "<html" not in done
    assert "every 1s" not in done
    assert "Dòng 3, cột Trạng thái" in done
    assert Dossier.objects.count() == 1


def test_a_form_sent_by_script_comes_back_alone_or_leads_on(
    steward: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    refused = steward.post(PAGE, given(csv_file([row()]), system=""), headers=HTMX)
    assert refused.status_code == 422
    assert "Chưa chọn hệ thống." in refused.content.decode()
    assert "<html" not in refused.content.decode()
    taken = steward.post(PAGE, given(csv_file([row()])), headers=HTMX)
    assert taken.headers["HX-Redirect"] == f"{PAGE}{ImportBatch.objects.get().pk}/"


def test_the_form_knows_the_system_it_was_opened_for_and_the_limit(steward: Client, settings: Settings) -> None:
    settings.INTAKE_MAX_BYTES = 12 * 2**20
    page = steward.get(PAGE, {"he_thong": "new"}).content.decode()
    assert '<option value="new" selected>' in page
    assert "Tối đa 12 MB." in page
    assert steward.get(PAGE, {"he_thong": "'; DROP"}).status_code == 200


def test_a_worker_that_is_not_there_is_missed_before_and_after_sending(steward: Client) -> None:
    batch = take(csv_file([row()]))
    ImportBatch.objects.update(status="waiting")
    cache.clear()
    for address in (PAGE, f"{PAGE}{batch.pk}/"):
        assert "Bộ xử lý không trả lời" in steward.get(address).content.decode()
    worker_beat()
    for address in (PAGE, f"{PAGE}{batch.pk}/"):
        assert "Bộ xử lý không trả lời" not in steward.get(address).content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("dead_broker")
def test_a_broker_that_does_not_answer_leaves_the_file_waiting_with_a_button(steward: Client) -> None:
    answer = steward.post(PAGE, given(csv_file([row(1)])), follow=True)
    batch = ImportBatch.objects.get()
    page = answer.content.decode()
    assert "Bộ xử lý không nhận việc" in page
    assert reverse("dossiers:import_again", args=[batch.pk]) in page
    assert batch.status == "waiting"


@pytest.fixture
def dead_broker() -> Generator[None]:
    """A broker address where nobody listens."""
    alive = current_app.conf.broker_url
    for address in ("redis://127.0.0.1:1/0", alive):
        current_app.conf.update(broker_url=address)
        current_app._pool = current_app.amqp._producer_pool = None  # or connections already open would be used
        if address != alive:
            yield


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "undo"}, "không phải là một trong các lựa chọn"),
        ({"system": ""}, "Chưa chọn hệ thống."),
        ({"data_as_of": ""}, "Chưa ghi thời điểm số liệu."),
        ({"data_as_of": "hôm qua"}, "Không đọc được thời điểm."),
        ({"data_as_of": "09/11/2022 00:00"}, "sau hiện tại"),
        ({"file": ""}, "Chưa chọn tệp."),
    ],
)
def test_a_form_that_cannot_be_taken_comes_back_with_the_reason(steward: Client, changes: dict[str, str], sentence: str) -> None:
    answer = steward.post(PAGE, given(csv_file([row()]), **changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_file_above_the_limit_is_refused_with_both_sizes(steward: Client, settings: Settings) -> None:
    settings.INTAKE_MAX_BYTES = 100
    answer = steward.post(PAGE, given(csv_file([row()])))
    assert answer.status_code == 422
    assert "lớn hơn mức cho phép" in answer.content.decode()


def test_the_same_file_again_leads_to_its_first_import(steward: Client) -> None:
    batch = take(csv_file([row()]))
    answer = steward.post(PAGE, given(csv_file([row()])), follow=True)
    assert answer.redirect_chain == [(f"{PAGE}{batch.pk}/", 302)]
    assert "không có gì thay đổi" in answer.content.decode()


def test_a_refused_file_says_why_and_may_be_run_again(steward: Client) -> None:
    batch = take(io.BytesIO(b"<html><table>"))
    page = steward.get(f"{PAGE}{batch.pk}/").content.decode()
    assert "trang HTML" in page
    assert "Chạy lại" in page


def test_a_running_import_shows_how_far_it_is_and_one_that_fell_silent_says_so(steward: Client) -> None:
    batch = take(csv_file([row()]))
    ImportBatch.objects.update(status="running")
    cache.set(f"intake:{batch.pk}", {"step": "judge", "done": 1500, "total": 6000}, 60)
    page = steward.get(f"{PAGE}{batch.pk}/", headers=HTMX).content.decode()
    assert 'value="1500" max="6000"' in page
    assert "Chạy lại" not in page
    cache.delete(f"intake:{batch.pk}")
    page = steward.get(f"{PAGE}{batch.pk}/", headers=HTMX).content.decode()
    assert "Không thấy tiến độ" in page
    assert "Chạy lại" in page


def test_the_list_says_how_fresh_each_system_is(steward: Client) -> None:
    take(csv_file([row(1)]), as_of=AS_OF - timedelta(days=3))
    page = steward.get(PAGE).content.decode()
    assert "17:00 04/11/2022" in page
    assert "cũ 4 ngày" in page
    assert "Chưa có số liệu" in page


def test_issues_can_be_taken_away_and_never_become_formulas(steward: Client) -> None:
    batch = take(csv_file([row(1, status='=HYPERLINK("http://x")'), row(2, status="+1+1"), row(3, channel="@SUM(A1)")]))
    answer = steward.get(reverse("dossiers:import_issues", args=[batch.pk]))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file response
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    cells = [(cell.data_type, cell.value) for line in sheet.iter_rows(min_row=2) for cell in line if cell.value]
    assert {kind for kind, _value in cells} == {"s"}
    assert ("s", '=HYPERLINK("http://x")') in cells
    assert ("s", "@SUM(A1)") in cells


def test_issues_are_paged_and_chosen_by_kind(steward: Client) -> None:
    batch = take(csv_file([row(n, status="?") for n in range(1, 203)] + [row(300, channel="?")]))
    address = f"{PAGE}{batch.pk}/"

    def rows(**asked: str) -> int:
        return steward.get(address, asked).content.decode().partition('id="van-de"')[2].count("<tr>")

    assert (rows(), rows(trang="2"), rows(loai="warning")) == (1 + 200, 1 + 3, 1 + 1)
    assert steward.get(address, {"loai": "'; DROP", "trang": "x"}).status_code == 200


def test_the_pages_cost_the_same_number_of_queries_at_any_size(
    steward: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    batch = take(csv_file([row(n, status="?") for n in range(1, 10)]))
    take(csv_file([row(1)]), system="new")
    night(AS_OF.date())
    for n in range(1, 5):
        take(csv_file([row(n)]), as_of=AS_OF + timedelta(minutes=n))
    # session, user, which expected files are late, systems, newest night, count and page of batches, system names
    with django_assert_max_num_queries(8):
        steward.get(PAGE)
    with django_assert_max_num_queries(8):  # session, user, units, batch, kinds, count and page of issues
        steward.get(f"{PAGE}{batch.pk}/")


@pytest.mark.parametrize(("who", "see", "bring"), [("inspector", 200, 403), ("administrator", 200, 403), ("head_a", 403, 403)])
def test_who_may_look_and_who_may_bring_files_in(
    client: Client, request: pytest.FixtureRequest, who: str, see: int, bring: int
) -> None:
    batch = take(csv_file([row()]))
    client.force_login(request.getfixturevalue(who) if who != "head_a" else request.getfixturevalue("stranger"))
    for name, arguments in (("imports", []), ("import", [batch.pk]), ("import_issues", [batch.pk])):
        assert client.get(reverse(f"dossiers:{name}", args=arguments)).status_code == see
    assert client.post(PAGE, given(csv_file([row(2)]))).status_code == bring
    assert client.post(reverse("dossiers:import_again", args=[batch.pk])).status_code == bring
    assert ImportBatch.objects.count() == 1
    if see == 200:
        assert "Nộp tệp" not in client.get(PAGE).content.decode()


def test_what_waits_is_looked_at_and_let_in_by_a_button(steward: Client, settings: Settings) -> None:
    settings.INTAKE_HOLD_LEAST, settings.CLOCK_PINNED_AT = 1, AS_OF + timedelta(days=2)
    take(csv_file(row(number) for number in range(1, 6)))
    later = AS_OF + timedelta(days=1)
    held = take(csv_file([row(1, officer="Lê Văn Chung")]), as_of=later, now=later)
    page = steward.get(f"{PAGE}{held.pk}/").content.decode()
    assert "Bản đầy đủ có 1 dòng, ít hơn bản trước (5) 4 dòng." in page
    assert "<li>Cán bộ xử lý: <s>Trần Thị Bình</s> → <b>Lê Văn Chung</b></li>" in page
    assert 'hx-trigger="every 1s"' not in page
    without = steward.post(reverse("dossiers:import_confirm", args=[held.pk]), follow=True).content.decode()
    assert "Hãy ghi lý do" in without
    steward.post(reverse("dossiers:import_confirm", args=[held.pk]), {"reason": "đã chuyển hệ thống"})
    held.refresh_from_db()
    assert (held.status, held.reason) == ("waiting", "đã chuyển hệ thống")
    intake(held.pk)
    done = steward.get(f"{PAGE}{held.pk}/").content.decode()
    assert "đã chuyển hệ thống" in done
    assert reverse("dossiers:import_revert", args=[held.pk]) in done


def test_a_file_may_be_looked_at_first_and_left(steward: Client) -> None:
    steward.post(PAGE, given(csv_file([row(1)]), asks="on"))
    batch = ImportBatch.objects.get()
    assert batch.asks
    intake(batch.pk)
    page = steward.get(f"{PAGE}{batch.pk}/").content.decode()
    assert "Đây là kết quả xét thử. Chưa ghi gì vào dữ liệu." in page
    assert not Dossier.objects.exists()
    left = steward.post(reverse("dossiers:import_cancel", args=[batch.pk]), follow=True).content.decode()
    assert "đã hủy lần nhập này; chưa ghi gì vào dữ liệu." in left


def test_an_import_is_taken_back_by_a_button_and_both_pages_say_so(steward: Client) -> None:
    batch = take(csv_file([row(1)]))
    answer = steward.post(reverse("dossiers:import_revert", args=[batch.pk]), {"reason": "nộp nhầm"}, follow=True)
    page = answer.content.decode()
    assert "Đã hoàn lại lần nhập." in page
    undo = ImportBatch.objects.get(kind="undo")
    assert f"{PAGE}{undo.pk}/" in page
    assert f"{PAGE}{batch.pk}/" in steward.get(f"{PAGE}{undo.pk}/").content.decode()
    assert "hoàn lại một lần nhập" in steward.get(PAGE).content.decode()
