"""Which units a letter's words mean: one by its name, several by a list of names, or a group such as "các sở, ban, ngành".

Names are matched by ``agencies.rules.matching`` alone. Words that restrict a group ("… có hồ sơ quá hạn", "… nêu trên") or are
not known mean no unit here: a person says which.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from agencies.rules import AgencyIndex, fold
from directives.rules.reading_text import UPPER

Group = Literal["departments", "boards", "districts", "rural_districts", "communes", "branches"]

_COMMITTEE = re.compile(r"\buy ban nhan dan\b")
_OF_PROVINCE = r"(?: (?:(?:thuoc|cua|cap|tren dia ban) )?(?:ubnd )?tinh(?: kon tum)?)?"
_GROUPS: Mapping[str, tuple[Group, ...]] = {
    r"(?:cac )?co quan chuyen mon": ("departments",),
    r"(?:cac )?so,? (?:va )?ban,? (?:va )?nganh": ("departments", "boards"),
    r"(?:ubnd )?(?:cac )?huyen,? (?:thi xa,? )?(?:va )?thanh pho|ubnd cap huyen": ("districts",),
    r"(?:ubnd )?cac huyen": ("rural_districts",),
    r"(?:ubnd )?(?:cac )?xa,? phuong,? (?:va )?thi tran|ubnd cap xa": ("communes",),
    r"cac chi nhanh van phong dang ky dat dai(?: cac huyen,? thanh pho)?": ("branches",),
}
# A head of a unit stands for it.
_HEAD = re.compile(
    r"^(?:(?:các )?(?:đồng chí|đ/c|ông|bà)\s+)?(?:Thủ trưởng|Giám đốc|Chủ tịch|Người đứng đầu|Lãnh đạo|Trưởng ban(?= Ban)"
    r"|Trưởng(?= Ban )|Chánh(?= (?:Văn phòng|Thanh tra)))\s+",
    re.IGNORECASE,
)
# "UBND các huyện: Đăk Tô, Đăk Hà", "các Sở Nội vụ, Tài chính": what stands before holds for every name.
_SHARED = re.compile(
    rf"^(?P<committee>(?:UBND|[ỦU][yỷ] ban nhân dân) )?[Cc]ác (?P<kind>[Hh]uyện|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Ss]ở)"
    rf"\s*:?\s+(?=[{UPPER}])"
)
_BETWEEN = re.compile(r"(\s*[,;]\s*(?:và )?|\s+và\s+)")
_LONGEST = 6  # pieces of one name: Sở Văn hóa, Thể thao và Du lịch has three, a group five


@dataclass(frozen=True, slots=True)
class Meant:
    """``agencies``: the units, each once, in the order named. ``unknown``: the words that mean none, or more than one."""

    agencies: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    """Words and the units they mean; ``group``: by the name of a group."""

    words: str
    agencies: Sequence[int] = ()
    group: bool = False


@dataclass(frozen=True, slots=True)
class Units:
    """Everything words can mean on a day."""

    index: AgencyIndex
    groups: Mapping[Group, Sequence[int]]
    on: date

    def meant(self, words: str) -> Meant:
        agencies: dict[int, None] = {}
        unknown: list[str] = []
        for clause in words.split(";"):
            named = list(self._clause(clause.strip(" .:")))
            doubtful = any(not each.agencies for each in named)
            for each in named:
                if each.agencies and not (doubtful and each.group):  # what is not understood may restrict the group
                    agencies.update(dict.fromkeys(each.agencies))
                else:
                    unknown.append(each.words)
        return Meant(tuple(agencies), tuple(unknown))

    def _clause(self, clause: str) -> Iterator[_Named]:
        """Reads from left to right, at each place the longest name or group it knows."""
        pieces = _BETWEEN.split(clause)  # name, separator, name, …
        shared, place = "", 0
        while place < len(pieces):
            bare = _HEAD.sub("", pieces[place])
            head = _SHARED.match(bare)
            if head and not self._group(bare):
                shared = f"{head['committee'] or ''}{head['kind']} "
                pieces[place] = bare[head.end() :]
            size, named = self._longest(pieces[place:], shared)
            if named.words:
                yield named
            place += size + 1

    def _longest(self, pieces: Sequence[str], shared: str) -> tuple[int, _Named]:
        """(how many pieces, what they name); one piece when none is known."""
        most = min(2 * _LONGEST - 1, len(pieces))
        for size in range(most - (most + 1) % 2, 0, -2):
            words = "".join(pieces[:size]).strip()
            plain = _HEAD.sub("", words)
            if group := self._group(plain):
                return size, _Named(words, group, group=True)
            for name in (f"{shared}{plain}", plain) if shared else (plain,):
                match = self.index.find(name, on=self.on)
                if match.agency_id is not None:
                    return size, _Named(words, (match.agency_id,))
        return 1, _Named(pieces[0].strip())

    def _group(self, words: str) -> Sequence[int]:
        key = _COMMITTEE.sub("ubnd", fold(words))
        for named, groups in _GROUPS.items():
            if re.fullmatch(f"(?:{named}){_OF_PROVINCE}", key):
                return [agency for group in groups for agency in self.groups[group]]
        return ()
