"""How units' names are written: one folded form to search by, one key to match by, one key to sort by."""

import re
import unicodedata
from collections.abc import Iterator

MARKS = re.compile("[\u0300-\u036f]")
# Typed or pasted marks that decide nothing: apostrophes of local names (Ia H'Drai), zero-width characters, soft hyphens.
NOISE = dict.fromkeys(map(ord, "'’‘ʼ`´′\u200b\u200c\u200d\u2060\ufeff\u00ad"))
# đ has no decomposition; ð (U+00F0) and ɖ (U+0256) are what old fonts leave in its place.
BARRED_D = str.maketrans("đðɖ", "ddd")


def fold(text: str) -> str:
    """Lower case, no diacritics, đ→d, single spaces, no apostrophes; equal for NFC and NFD, wherever the tone is placed."""
    return " ".join(text.translate(_FOLDED).split())


class _Folded(dict[int, str]):
    """What each character folds to, found out once: none depends on its neighbours."""

    def __missing__(self, point: int) -> str:
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(point).translate(NOISE)).casefold())
        folded = MARKS.sub("", plain).translate(BARRED_D).translate(NOISE).lower()
        if point < 0x3000:  # no file, however strange, makes this grow without end
            self[point] = folded
        return folded


_FOLDED = _Folded()


COMMITTEE = re.compile(r"\b(?:uy ban nhan dan|u\W?b\W?n\W?d)\b")
SHORT = {
    "dkdd": "dangkydatdai",
    "vpdkdd": "vanphongdangkydatdai",
    "h": "huyen",
    "x": "xa",
    "p": "phuong",
    "tp": "thanhpho",
    "tt": "thitran",
    "cn": "chinhanh",
}
POINTED = re.compile(r"\b(h|x|p|tp|tt|cn)\.")
WORD = re.compile(r"[^\W_]+")
# One letter stands for a kind of unit only at the start or before a point: "Ia H'Drai" may come as "Ia H Drai".
ONLY_FIRST = {"h", "x", "p"}
# The same local word in the spellings seen in files.
LOCAL = {"dac": "dak", "ngoc": "ngok"}


def match_key(text: str) -> str:
    """The key two spellings of one unit share: folded, UBND dropped before a district or commune, short forms written out.

    Spaces and y/i decide nothing (Kontum, ĐăkPxi, Ya Ly); that this joins no two different names is tested on the real list.
    """
    text = COMMITTEE.sub("ubnd", fold(text)).replace("&", " va ")
    words = WORD.findall(POINTED.sub(lambda found: f"{SHORT[found[1]]} ", text))
    if words[:1] == ["ubnd"] and words[1:2] not in ([], ["tinh"]):
        del words[0]
    written = (SHORT.get(word, word) if index == 0 or word not in ONLY_FIRST else word for index, word in enumerate(words))
    return "".join(LOCAL.get(word, word) for word in written).replace("y", "i")


KIND = re.compile(r"\b(?:tỉnh|thành phố|huyện|thị xã|thị trấn|phường|xã) (?=\S)", re.IGNORECASE)
TAIL = re.compile(r" tỉnh$", re.IGNORECASE)
UBND = re.compile(r"^(?:UBND|Ủy ban nhân dân) ")
BRANCH = re.compile(r"^Chi nhánh (Văn phòng Đăng ký đất đai) (.+)$")


def spellings(name: str, above: str = "") -> Iterator[str]:
    """Further ways a unit's name is written in files: without the kind of unit, with the unit above it appended."""
    unit, over = UBND.sub("", name), UBND.sub("", above)
    bare = TAIL.sub("", KIND.sub("", unit))
    yield bare
    if over:
        yield f"{unit}, {over}"
        yield f"{bare}, {over}"
        yield f"{unit}, {KIND.sub('', over)}"
    if branch := BRANCH.match(unit):
        office, place = branch.groups()
        yield f"{office} - Chi nhánh {place}"
        yield f"{office} tỉnh - Chi nhánh {place}"
        yield f"Chi nhánh Đăng ký đất đai {place}"


# Vietnamese alphabetical order. Tones decide only between names with the same letters: ngang, huyền, hỏi, ngã, sắc, nặng.
VARIANTS = {"a": "aăâ", "d": "dđ", "e": "eê", "o": "oôơ", "u": "uư"}
LETTERS = {letter: f"{base}{rank}" for base, letters in VARIANTS.items() for rank, letter in enumerate(letters)}
TONES = "\u0300\u0309\u0303\u0301\u0323"
SORT_KEY_SIZE = 250


def _sort_unit(character: str) -> tuple[str, str]:
    """(two characters for the letter, one for the tone), all in 0-9a-z: the order is the same in any collation."""
    marks = unicodedata.normalize("NFD", character)
    tone = next((str(TONES.index(mark) + 1) for mark in marks if mark in TONES), "0")
    letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
    if letter in LETTERS:
        return LETTERS[letter], tone
    plain = fold(letter)
    if len(plain) == 1 and plain.isascii() and plain.isalnum():
        return (f"1{plain}" if plain.isdecimal() else f"{plain}0"), tone
    return "01", tone


def sort_key(text: str) -> str:
    """Key for ordering by the Vietnamese alphabet; plain ASCII, at most 250 characters."""
    units = [_sort_unit(character) for character in unicodedata.normalize("NFC", " ".join(text.lower().split()))]
    letters, tones = "".join(letter for letter, _ in units), "".join(tone for _, tone in units).rstrip("0")
    return f"{letters}00{tones}"[:SORT_KEY_SIZE]
