"""Sentences of the intake: numbers and moments as people here write them."""

from dossiers import messages


def test_numbers_and_moments_are_written_as_people_write_them_and_names_stay() -> None:
    smaller = {"rows": "5716", "before": "10277", "fewer": "4561"}
    assert messages.hold_text("smaller", smaller).startswith("Bản đầy đủ có 5.716 dòng, ít hơn bản trước (10.277) 4.561 dòng.")
    assert "(23:00 07/11/2022)" in messages.hold_text("older", {"newest": "2022-11-07T23:00:00+07:00"})
    assert "hơn 3.000.000 dòng" in messages.refusal("rows_too_many", {"limit": "3000000"})
    assert "năm 2027" in messages.sentence("calendar_missing", {"year": "2027"})
    assert messages.sentence("vanished_more", {"count": "1200"}).startswith("Còn 1.200 hồ sơ")
