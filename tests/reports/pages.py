"""Reading a report page as its reader does: which numbers lead where."""

import html
import re

from django.test import Client

TOTAL = re.compile(r"<strong>([\d.]+)</strong> hồ sơ")
NUMBER_LINK = re.compile(r'<a href="(/ho-so/[^"]*)">([\d.]+)</a>')


def number_links(page: str) -> list[tuple[str, int]]:
    """(address, number) of every number that leads to a list of dossiers."""
    return [(html.unescape(address), int(text.replace(".", ""))) for address, text in NUMBER_LINK.findall(page)]


def listed(client: Client, address: str) -> int:
    """How many dossiers the list at that address holds."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    total = TOTAL.search(answer.content.decode())
    return int(total[1].replace(".", "")) if total else 0
