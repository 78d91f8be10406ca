"""Every act reads as one Vietnamese sentence."""

from datetime import UTC, date, datetime

import pytest

from journal import services
from journal.selectors import entry_text, event_name, last_entry
from journal.texts import TEXTS

pytestmark = pytest.mark.django_db
PLAN = {"kind": "bản đầy đủ", "days": "ngày làm việc", "by": "06:00", "active_from": "07/11/2022", "watcher": "", "note": ""}


def entries() -> list[str]:
    counts = {"new": 3, "changed": 2, "unchanged": 1, "rejected": 4}
    file = {"file_name": "cu.xlsx", "system": "old", "sha256": "0" * 64}
    made = [
        services.import_done(actor="An", batch=1, **file, data_as_of=datetime(2022, 11, 7, tzinfo=UTC), counts=counts),
        services.import_refused(actor="An", batch=2, **file, reason="không phải tệp xlsx"),
        services.night_done(
            actor="beat", as_of=date(2022, 11, 7), opened=5, closed=2, overdue=1321, evidence={"rules_version": "1"}
        ),
        services.calendar_changed(actor="An", changes={"added": ["2022-09-01"]}),
        services.reference_changed(actor="An", subject="đơn vị", changes={}),
        services.rules_changed(actor="An", old="1", new="2"),
        services.account_added(actor="An", username="binh", role="inspector", role_name="Tổ kiểm tra"),
        services.role_changed(actor="An", username="binh", old="a", new="b", old_name="Tổ kiểm tra", new_name="Quản trị"),
        services.account_locked(actor="An", username="binh"),
        services.account_unlocked(actor="An", username="binh"),
        services.password_set(actor="An", username="binh"),
        services.api_key_given(
            actor="An", key="LGSP (kontum_abc123)", system="old", services=["DongBoHoSoMC"], expires_on=date(2026, 12, 31)
        ),
        services.api_key_revoked(actor="An", key="LGSP (kontum_abc123)", system="old"),
        services.source_words_taught(actor="An", system="old", kind="status", words={"Xong": "9"}),
        services.import_held(actor="An", batch=3, file_name="a.xlsx", system="old", reasons=["smaller"]),
        services.import_confirmed(actor="An", batch=3, file_name="a.xlsx", system="old", holds=["smaller"], reason="đúng"),
        services.import_canceled(actor="An", batch=3, file_name="a.xlsx", system="old"),
        services.import_reverted(actor="An", batch=3, undo=4, file_name="a.xlsx", system="old", dossiers=2, reason="nhầm"),
        services.membership_changed(actor="An", username="binh", added=["608", "612"], removed=[]),
        services.alias_changed(actor="An", agency="608", added=["TP KT"], removed=[]),
        services.calendar_key_given(actor="An", username="an"),
        services.calendar_key_renewed(actor="An", username="an"),
        services.calendar_key_withdrawn(actor="An", username="an"),
        services.personal_revealed(actor="An", system="old", code="000.00.1", reason="đối chiếu sổ"),
        services.list_downloaded(actor="An", as_of=date(2022, 11, 7), rows=12, conditions="Hệ thống: cũ", columns=["code"]),
        services.letter_drafted(actor="An", number=3, as_of=date(2022, 11, 7), seal="9-ab", agencies=["608"], sha256="0" * 64),
        services.letter_template_changed(actor="An", number=2, sha256="0" * 64),
        services.review_criteria_decided(actor="An", number=2, limits={"floor": 5}, reason="ý kiến Sở Nội vụ"),
        services.review_file_made(
            actor="An", agency="608", as_of=date(2022, 11, 7), seal="9-ab", criteria=2, name="a.docx", sha256="0" * 64
        ),
        services.explanation_called(actor="An", letter="3812/UBND", agencies=["608"], answer_by=date(2022, 11, 15)),
        services.explanation_submitted(actor="An", number=7, agency="608", dossiers=["old/1", "new/2"], said={"reason": "sync"}),
        services.explanation_accepted(actor="An", number=7, agency="608", remark_sha256=""),
        services.explanation_returned(actor="An", number=8, agency="608", remark_sha256="0" * 64),
        services.notices_sent(actor="hệ thống", told={"call:1": ["an", "binh"], "letter:3812": ["an"]}),
        services.baselines_fixed(
            actor="rà soát đêm", reference="3812/UBND", as_of=[date(2022, 11, 7)], lists=60, dossiers=2100, evidence={}
        ),
        services.obligation_answered(
            actor="An", reference="3812/UBND", number=2, agency="608", state="đang thực hiện", text="Đã quán triệt."
        ),
        services.letter_read(actor="An", draft=3, file_name="cv.docx", sha256="0" * 64),
        services.letter_confirmed(
            actor="An", reference="3812/UBND", draft=3, sha256="0" * 64, counts={"cited": 3, "figures": 4, "obligations": 5}
        ),
        services.delivery_expected(actor="An", number=1, system="old", said=PLAN),
        services.delivery_changed(actor="An", number=2, replaces=1, system="old", said=PLAN),
        services.delivery_stopped(actor="An", number=2, system="old", since=date(2022, 11, 7)),
    ]
    assert {entry.event for entry in made} == set(TEXTS)
    return [entry_text(entry) for entry in made]


def test_every_event_has_a_text_and_the_text_finds_all_it_names() -> None:
    texts = entries()
    assert not [text for text in texts if "…" in text or "{" in text]
    assert "An nhập tệp cu.xlsx (old): 3 mới, 2 thay đổi, 4 bị loại." in texts
    assert "Rà soát đêm 2022-11-07: 1321 hồ sơ quá hạn, 5 mới quá hạn, 2 đã xử lý. Thực hiện: beat." in texts
    assert "An đổi đơn vị phụ trách của binh: thêm [608, 612], bớt []." in texts
    assert "An gửi giải trình số 7 của đơn vị 608 cho 2 hồ sơ." in texts
    assert "hệ thống gửi 3 thông báo." in texts


def test_an_entry_older_than_its_text_or_without_one_still_reads() -> None:
    assert (
        entry_text(services.entry_add(event="rules_changed", actor="a", subject="2", body={}))
        == "Phiên bản quy tắc đổi từ … sang …."
    )
    assert entry_text(services.entry_add(event="khác", actor="a", subject="s", body={})) == "khác: s"


def test_the_last_entry_of_a_kind_is_the_newest() -> None:
    services.rules_changed(actor="a", old="", new="1")
    newest = services.rules_changed(actor="a", old="1", new="2")
    services.password_set(actor="a", username="x")
    assert last_entry("rules_changed") == newest
    assert last_entry("night_done") is None


def test_every_kind_of_act_has_a_vietnamese_name() -> None:
    assert event_name("night_done") == "rà soát đêm"
    assert event_name("khác") == "khác"
    assert not [event for event in TEXTS if event_name(event) == event]
