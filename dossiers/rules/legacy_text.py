"""Vietnamese text from before Unicode, or read with the wrong code page, put into Unicode: TCVN3 (.VnTime), VNI, mojibake.

State bodies must use TCVN 6909:2001 (Unicode) since 01/01/2003 (Quyết định 72/2002/QĐ-TTg); exports still come otherwise.
A text is changed only when one reading of it, and no other, is Vietnamese word by word. Never half of it.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

# TCVN 5712:1993 (VN3) as a one-byte font shows it in windows-1252.
_TCVN3 = str.maketrans(
    "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\xadøõö÷ùýúûüþ¡¢§£¤¥¦",
    "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ",
)
# VNI writes the mark after its letter; a few letters stand alone.
_MARKED = {
    "a": dict(zip("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ", strict=True)),
    "e": dict(zip("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ", strict=True)),
    "o": dict(zip("ùøûõïâáàåãä", "óòỏõọôốồổỗộ", strict=True)),
    "ô": dict(zip("ùøûõï", "ớờởỡợ", strict=True)),
    "u": dict(zip("ùøûõï", "úùủũụ", strict=True)),
    "ö": dict(zip("ùøûõï", "ứừửữự", strict=True)),
    "y": dict(zip("ùøûõ", "ýỳỷỹ", strict=True)),
}
_ALONE = dict(zip("ñôöîæóòíì", "đơưỵỉĩịíì", strict=True))
_VNI = {base + mark: letter for base, marks in _MARKED.items() for mark, letter in marks.items()} | _ALONE
_VNI |= {written.upper(): letter.upper() for written, letter in _VNI.items()}
_VNI |= {written[0].upper() + written[1]: letter.upper() for written, letter in _VNI.items() if len(written) == 2}
_VNI_WRITTEN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

# Latin-1 characters no Vietnamese word is written with, or a vowel with a second marked letter behind it.
SUSPICIOUS = re.compile(
    "[\x80-\x9f¡-\xac\xad®-¿ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïñö÷øûüþŒœŠšŽžŸƒ„†‡ˆ‰‹•˜™›€]|[aeouyAEOUY][âáàãêéèúùõÂÁÀÃÊÉÈÚÙÕ]"
)
_WORD = re.compile(r"[^\W\d_]+")
_ONSETS = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x"
_RIMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăk|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây|e|ec|em|en|eng|eo|ep|et|ê|êch|êm|ên"
    "|ênh|êp|êt|êu|i|ia|ich|iêc|iêm|iên|iêng|iêp|iêt|iêu|im|in|inh|ip|it|iu|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay"
    "|oăc|oăm|oăn|oăng|oăt|oc|oe|oen|oeo|oet|oi|om|on|ong|ooc|oong|op|ot|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt|u|ua|uât|uân"
    "|uâng|uây|uc|uê|uêch|uênh|ui|um|un|ung|uôc|uôi|uôm|uôn|uông|uôt|uơ|up|ut|uy|uya|uych|uyên|uyêt|uynh|uyt|uyn|uyu|ư|ưa|ưc|ưi|ưng"
    "|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu|ưt|ưu|y|ych|yêm|yên|yêt|yêu|ynh|yt"
    "|ak|ăl|ek|êk|ok|ôk|ôl|ơk|uih|uôk"  # local names
)
_SYLLABLE = re.compile(f"(?:{_ONSETS})?(?:{_RIMES})")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_LOOKALIKES = str.maketrans("Ðð", "Đđ")
_SURE = 0.8


class Found(NamedTuple):
    """``kind``: tcvn3, vni, mojibake or lookalike (Ð for Đ); "" when the text is broken in a way that has no one reading."""

    kind: str
    text: str


@lru_cache(maxsize=1 << 12)
def modern(text: str) -> Found | None:
    """The text in Unicode; None when nothing is wrong with it or nothing can be said to be."""
    if not SUSPICIOUS.search(text):
        return None
    before = plausible(text)
    if before == 1:
        return None
    readings = {kind: read for kind, reading in _READINGS.items() if (read := reading(text)) and read != text}
    scores = {kind: plausible(read) for kind, read in readings.items()}
    good = {readings[kind]: kind for kind, score in scores.items() if score >= _SURE > before}
    if len(good) == 1:
        ((read, kind),) = good.items()
        return Found(kind, read)
    return Found("", text) if good else None


def plausible(text: str) -> float:
    """Of the words that are not plain ASCII, the share that is written as Vietnamese syllables are; 1 when there are none."""
    words = [word for word in re.split(r"[\s,;:/().\"'-]+", text) if not word.isascii() and _WORD.search(word)]
    return sum(map(_is_syllable, words)) / len(words) if words else 1


def _is_syllable(word: str) -> bool:
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(_TONES))
    return all(_SYLLABLE.fullmatch(part) for part in _WORD.findall(bare)) and not _WORD.sub("", bare)


def _tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def _vni(text: str) -> str:
    return _VNI_WRITTEN.sub(lambda found: _VNI[found[0]], text)


def _mojibake(text: str) -> str:
    """UTF-8 that was read as windows-1252: only when every byte of it comes back."""
    try:
        return bytes(_BYTES.get(letter, ord(letter)) for letter in text).decode()
    except ValueError:  # a letter beyond one byte, or no UTF-8
        return ""


_BYTES = {bytes([value]).decode("cp1252"): value for value in range(0x80, 0xA0) if value not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_READINGS: dict[str, Callable[[str], str]] = {
    "lookalike": lambda text: text.translate(_LOOKALIKES),
    "mojibake": _mojibake,
    "tcvn3": _tcvn3,
    "vni": _vni,
}
