"""What stands beside a figure: a change that no file supports, a datum nobody verified."""

import re
from types import SimpleNamespace

import pytest

from reports.notes import doubt, moved

BOTH = ("old", "new")


def seen(html: str) -> str:
    """What is drawn or spoken, labels included."""
    html = re.sub(r'<(svg|span)[^>]*role="img" aria-label="([^"]*)".*?</\1>', r"\2", html)
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize(
    ("value", "stuck", "text"),
    [
        (-3, (), "−3"),
        (0, (), "0"),
        (None, (), "–"),
        (None, BOTH, "–"),
        (-3, BOTH, "không có tệp mới"),
        (0, BOTH, "không có tệp mới"),
        (2, BOTH, "+2 Hệ thống cũ, Hệ thống mới không có tệp mới"),
        (-3, ("old",), "−3 Hệ thống cũ không có tệp mới"),
        (0, ("new",), "0 Hệ thống mới không có tệp mới"),
    ],
)
def test_a_change_is_never_better_or_unchanged_for_want_of_a_file(value: int | None, stuck: tuple[str, ...], text: str) -> None:
    assert seen(moved(value, stuck, BOTH)) == text


def test_one_system_alone_without_a_file_has_no_change() -> None:
    assert seen(moved(-3, ("old",), ("old",))) == "không có tệp mới"


def test_what_is_not_verified_says_what_is_known_about_that() -> None:
    assert doubt(SimpleNamespace(verified=True, remark="đã đối chiếu")) == ""
    assert seen(doubt(SimpleNamespace(verified=False, remark="cấp trên <là> suy luận"))).startswith(
        "suy luận : cấp trên &lt;là&gt;"
    )
    assert seen(doubt(SimpleNamespace(verified=False, remark=""), "thời hạn suy luận")) == "thời hạn suy luận : chưa xác minh"
