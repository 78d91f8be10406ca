"""How a person's name and number are shown to those who may not see them (law.md §10: lists mask by default)."""

import re
import unicodedata

# Whole phrases only: a word such as "Trường" or "Đoàn" alone may be the family name of a person typed without accents.
_ORGANISATIONS = (
    "công ty|cty|cong ty|tổng công ty|tập đoàn|doanh nghiệp|doanh nghiep|dntn|xí nghiệp|nhà máy|hợp tác xã|hop tac xa"
    "|htx|tổ hợp tác|liên hiệp|ubnd|ủy ban|uỷ ban|uy ban|hđnd|hội đồng|sở|phòng|chi cục|cục|ban quản lý|ban chỉ huy"
    "|ban dân tộc|trung tâm|viện|bệnh viện|trạm y tế|trường mầm non|trường tiểu học|trường thcs|trường thpt"
    "|trường trung học|trường cao đẳng|trường đại học|trường phổ thông|trường ptdtbt|trường mẫu giáo|ngân hàng"
    "|quỹ tín dụng|chi nhánh|văn phòng|bưu điện|công an|bộ chỉ huy|hội nông dân|hội phụ nữ|hội cựu chiến binh|mặt trận"
    "|đoàn thanh niên|liên đoàn|hạt kiểm lâm|kho bạc|tòa án|toà án|viện kiểm sát"
)
_ORGANISATION = re.compile(rf"(?:{_ORGANISATIONS})(?!\w)", re.IGNORECASE)
# Left as they are in front of a person's name.
_TITLE = re.compile(r"(?:(?:hộ kinh doanh|hộ ông|hộ bà|hộ|ông|bà|anh|chị)\s+)+", re.IGNORECASE)
_JOINT = re.compile(r"(\s*(?:[,;&/+()]|\s-\s|\bvà\b)\s*)", re.IGNORECASE)
DOT = "•"


def mask_name(name: str) -> str:
    """ "Nguyễn Văn An" → "Nguyễn V. A."; organisations stay whole; several persons are masked one by one."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if _ORGANISATION.match(name):
        return name
    parts = _JOINT.split(name)
    return "".join(part if index % 2 else _mask_person(part) for index, part in enumerate(parts))


def _mask_person(name: str) -> str:
    title = _TITLE.match(name)
    kept = title[0] if title else ""
    words = name[len(kept) :].split()
    # A name of one word has no family name to keep.
    shown = words[:1] if len(words) > 1 and not _has_digit(words[0]) else []
    return kept + " ".join([*shown, *(_initial(word) for word in words[len(shown) :])])


def _initial(word: str) -> str:
    return DOT * len(word) if _has_digit(word) else f"{word[0].upper()}."


def _has_digit(word: str) -> bool:
    return not word.isalpha() and any(character.isdigit() for character in word)


def mask_id(number: str) -> str:
    """ "062090001234" → "••••••••1234"; four characters or fewer are hidden whole."""
    signs = "".join(number.split())
    shown = signs[-4:] if len(signs) > 4 else ""
    return DOT * (len(signs) - len(shown)) + shown
