"""What ``manage.py stack`` refuses before it starts anything."""

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_folder_name_is_not_the_folder_one_is_in(text: str) -> None:
    with pytest.raises(CommandError, match="--root: thiếu tên thư mục"):
        call_command("stack", "--root", text)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "tám nghìn"])
def test_a_port_that_cannot_be_is_named(text: str) -> None:
    with pytest.raises(CommandError, match=f"--port: “{text}” không phải cổng từ 1 đến 65535"):
        call_command("stack", f"--port={text}")
