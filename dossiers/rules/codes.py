"""The code by which a dossier is known (law.md §8): how it is compared, and what in it cannot be right."""

import re
import unicodedata

from dossiers.rules.cells import NUMBER_MARK, clean, shown
from dossiers.rules.legacy_text import SUSPICIOUS

SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
NATIONAL = re.compile(r"[0-9A-Z.]+-(\d{6})-\d{3,6}")


def code_key(cell: str) -> str:
    """The dossier code by which rows are one: no stray spaces or invisible characters, capitals."""
    if cell.isascii() and cell.isprintable() and " " not in cell:
        return cell.upper()  # nearly all of them, at a third of the cost
    return clean(shown(cell)).upper()


def looks_like_code(cell: str) -> bool:
    """A total, a signature or a note that happens to stand in the column of codes has words, or no number."""
    text = shown(cell).strip()
    return " " not in text and any(letter.isdecimal() for letter in text)


def became_number(cell: str, code: str) -> bool:
    """Excel kept it as a number, so digits may be lost."""
    return cell[0] == NUMBER_MARK or ("E+" in code and SCIENTIFIC.fullmatch(code) is not None)


def strange_letter(code: str) -> str:
    """The first letter Vietnam does not write: a Cyrillic look-alike, or an Icelandic Ð for Đ, is another code. Else ""."""
    return "" if code.isascii() else next((letter for letter in code if not _latin(letter)), "")


def date_inside(code: str) -> str:
    """``yymmdd`` of a national code, its receipt date (Thông tư 01/2018/TT-VPCP Điều 19); "" of any other."""
    match = NATIONAL.fullmatch(code)
    return match[1] if match else ""


def _latin(letter: str) -> bool:
    return letter.isascii() or (unicodedata.name(letter, "").startswith("LATIN") and not SUSPICIOUS.search(letter))
