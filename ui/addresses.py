"""The words that addresses of lists share, and writing an address with some of them changed."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlencode

DATE, ORDER, COLUMNS, PAGE, PER_PAGE = "ngay", "sap_xep", "cot", "trang", "so_dong"

Query = Mapping[str, Sequence[str]]


def address(query: Query, **changes: str | None) -> str:
    """The page one is on, with these words instead; None leaves one out."""
    words = {name: value for name, value in {**query, **changes}.items() if value is not None}
    return "?" + urlencode(words, doseq=True, safe=",")


def normal(query: str, *, without: Sequence[str] = ()) -> str:
    """The one way to write the question of an address: words in order, nothing empty, at the first page."""
    words = [(name, value) for name, value in parse_qsl(query) if name not in (PAGE, *without)]
    return urlencode(sorted(words), safe=",")
