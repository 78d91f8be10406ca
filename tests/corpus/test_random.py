"""Files nobody thought of: nothing goes wrong unseen, no value changes unsaid, and what is taken out comes in as the same."""

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers.models import Dossier, ImportBatch
from dossiers.sources.base import SourceError
from tests.corpus.sheets import Sheet, Value, workbook
from tests.factories.intake import AS_OF, HEADER, csv_file, make_world, row, take

pytestmark = pytest.mark.django_db
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
TEXT = st.text(max_size=30)
HONEST = st.sampled_from(
    ["UBND huyện Đăk Tô", "24/10/2022", "31/10/2022 17:00", "Đang xử lý", "9", "Nguyễn Văn Mẫu", "HS-0001", ""]
)
CELL = HONEST | TEXT | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False) | st.dates() | st.none()
KEPT = {"note": "note", "applicant": "applicant", "officer": "officer", "field": "field"}


@pytest.fixture(autouse=True)
def world() -> None:
    make_world()


def taken(content: bytes) -> ImportBatch | None:
    """Its batch; None when it was refused at the door. Our own error would be raised."""
    try:
        return take(io.BytesIO(content), kind="delta")
    except SourceError:
        return None


@SLOW
@given(st.lists(st.lists(CELL, max_size=len(HEADER) + 2), max_size=6))
def test_random_workbooks_are_taken_or_refused_with_a_reason(rows: list[list[Value]]) -> None:
    visible = [[cell if not isinstance(cell, str) else _xml(cell) for cell in line] for line in rows]
    batch = taken(workbook(Sheet([list(HEADER), *visible])))
    assert batch is None or batch.status in ("done", "refused", "held")
    assert batch is None or batch.status != "refused" or batch.message


@SLOW
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"{", b"\xff\xfe", ",".join(HEADER).encode() + b"\n"]))
def test_random_bytes_are_taken_or_refused_with_a_reason(content: bytes, start: bytes) -> None:
    batch = taken(start + content)
    assert batch is None or batch.status in ("done", "refused", "held")


@SLOW
@given(st.fixed_dictionaries(dict.fromkeys(KEPT, TEXT)))
def test_no_text_changes_unsaid(said: dict[str, str]) -> None:
    text = {name: value.replace("\0", "") for name, value in said.items()}
    code = f"HS-{abs(hash(tuple(text.values()))) % 10**9:09}"
    batch = taken(csv_file([row(1, code=code, **text)]).getvalue())
    if batch is None or batch.status != "done" or not (found := Dossier.objects.filter(code=code, batch=batch).first()):
        return
    told = set(batch.issues.values_list("column", flat=True))
    labels = {"note": "Ghi chú", "applicant": "Chủ hồ sơ", "officer": "Cán bộ xử lý", "field": "Lĩnh vực"}
    for name, column in KEPT.items():
        usual = {text[name], text[name].replace("##", ", ")} | ({found.field} if name == "field" else set())
        assert getattr(found, column) in usual or labels[name] in told, (name, text[name], getattr(found, column))


def test_what_is_taken_out_comes_in_as_the_same() -> None:
    first = take(csv_file([row(1), row(2, status="Đã xử lý xong", finished="28/10/2022 09:00"), row(3, note="=1+1; a, b")]))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(
        (
            "Mã hồ sơ",
            "Đơn vị xử lý",
            "Chủ hồ sơ",
            "Ngày tiếp nhận",
            "Ngày hẹn trả",
            "Ngày kết thúc xử lý",
            "Trạng thái",
            "Ghi chú",
        )
    )
    for known in Dossier.objects.select_related("agency").order_by("code"):
        moments = (known.received_at, known.promised_due, known.ended_at)
        told = [at.astimezone(AS_OF.tzinfo).strftime("%d/%m/%Y %H:%M") if at else "" for at in moments]
        writer.writerow([known.code, known.agency.name, known.applicant, *told, known.get_status_display(), known.note])
    later = AS_OF + timedelta(days=1)
    again = take(io.BytesIO(out.getvalue().encode()), as_of=later, now=later)
    assert (first.new, again.status, again.new, again.changed, again.unchanged, again.rejected) == (3, "done", 0, 0, 3, 0)


def _xml(text: str) -> str:
    """What an XML file can hold at all."""
    return "".join(letter for letter in text if letter in "\t\n" or " " <= letter < "\ud800" or "\ue000" <= letter < "\ufffe")
