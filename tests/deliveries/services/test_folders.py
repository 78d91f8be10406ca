"""The folders on disk: made when missing, never followed elsewhere, refused in one sentence."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from deliveries.services.folders import FolderError, boxes_open

NOBODY = 65534
ALL = {f"{system}/{kind}/{part}" for system in ("old", "new") for kind in ("full", "delta") for part in ("done", "rejected")}


@pytest.fixture
def ordinary() -> Generator[None]:
    """Root may do anything anywhere: for a while we are nobody."""
    mine = os.geteuid()
    if mine == 0:
        os.seteuid(NOBODY)
    yield
    os.seteuid(mine)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for above in (tmp_path, *tmp_path.parents[:3]):
        if above.stat().st_uid == os.geteuid() and above != Path("/tmp"):
            above.chmod(0o755)
    path = tmp_path / "giao-nop"
    path.mkdir()
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)
    return path


def refused(root: Path) -> str:
    with pytest.raises(FolderError) as error, boxes_open(root):
        pass
    return str(error.value)


def test_what_is_missing_is_made_and_open_to_whom_the_root_is_open(tmp_path: Path) -> None:
    root = tmp_path / "a" / "b"
    with boxes_open(root) as boxes:
        assert [(box.system, box.kind) for box in boxes] == [
            ("old", "full"),
            ("old", "delta"),
            ("new", "full"),
            ("new", "delta"),
        ]
    assert {str(path.relative_to(root)) for path in root.glob("*/*/*")} == ALL
    root.chmod(0o2770)
    (root / "new" / "delta" / "done").rmdir()
    (root / "new" / "delta").chmod(0o2770)
    with boxes_open(root):
        pass
    assert (root / "new" / "delta" / "done").stat().st_mode & 0o7777 == 0o2770


def test_nothing_stays_open(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    with boxes_open(tmp_path):
        assert len(os.listdir("/proc/self/fd")) > before
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("place", ["old", "old/full", "old/full/done", "new/delta/rejected"])
def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path, place: str) -> None:
    root, elsewhere = tmp_path / "giao-nop", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / place).parent.mkdir(parents=True)
    (root / place).symlink_to(elsewhere)
    assert "Không đọc hoặc không ghi được thư mục giao nộp" in refused(root)
    assert list(elsewhere.iterdir()) == []


def test_a_file_in_the_place_of_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("")
    assert f"{tmp_path}/old/full" in refused(tmp_path)


@pytest.mark.parametrize("mode", [0o000, 0o300, 0o500])
def test_a_folder_without_the_right_to_read_or_write_is_said(root: Path, ordinary: None, mode: int) -> None:
    with boxes_open(root):
        pass
    (root / "old" / "full").chmod(mode)
    assert f"{root}/old/full." not in refused(root).replace(f"{root}/old/full.", "", 1)
    (root / "old" / "full").chmod(0o700)
    (root / "old" / "full" / "done").chmod(mode)
    assert str(root / "old" / "full") in refused(root)
    (root / "old" / "full" / "done").chmod(0o700)
    with boxes_open(root):
        pass


def test_a_root_that_cannot_be_made_is_said(root: Path, ordinary: None) -> None:
    root.chmod(0o500)
    assert "Tài khoản chạy bộ xử lý cần quyền" in refused(root / "x")
