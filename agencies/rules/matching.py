"""Which unit a text in a file means, on a date. Two possible units are never guessed between."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from agencies.rules.names import match_key

SEPARATOR = re.compile(r"[,;()\[\]/|>]|\s[-–—]\s|\s*[–—]\s*")
PROVINCES = ("tinhkontum", "tinhquangngai")


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What matching needs of one unit. ``names``: as it is officially written; ``aliases``: any other way."""

    id: int
    code: str
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    parent_id: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def valid(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Match:
    """``reason``: exact | alias | code, then ``agency_id`` is set; ambiguous | unknown | ended, then it is None.

    ``candidates``: every unit the text may mean (ended ones too when that is the reason).
    """

    agency_id: int | None
    reason: str
    candidates: tuple[int, ...] = ()


class AgencyIndex:
    """All units by code, name and alias. Build it once, ask it for every row; answers are remembered."""

    def __init__(self, agencies: Iterable[AgencyFacts]) -> None:
        self._agencies: Mapping[int, AgencyFacts] = {agency.id: agency for agency in agencies}
        self._meanings: dict[str, dict[int, str]] = {}
        self._answers: dict[tuple[str, date, str], Match] = {}
        for agency in self._agencies.values():
            self._learn(agency, (agency.code,), "code")
            self._learn(agency, agency.names, "exact")
            self._learn(agency, agency.aliases, "alias")

    def find(self, text: str, *, on: date, hint: str = "") -> Match:
        """The unit ``text`` names on that date.

        ``hint`` (the district, or a code, from another column) is heard only when the text alone leaves several units.
        """
        asked = (text, on, hint)
        if asked not in self._answers:
            self._answers[asked] = self._find(text, on, hint)
        return self._answers[asked]

    def _learn(self, agency: AgencyFacts, texts: Iterable[str], reason: str) -> None:
        for text in texts:
            if key := match_key(text):
                self._meanings.setdefault(key, {}).setdefault(agency.id, reason)

    def _find(self, text: str, on: date, hint: str) -> Match:
        meanings = self._read(text, on)
        living = [agency_id for agency_id in meanings if self._agencies[agency_id].valid(on)]
        if len(living) > 1 and hint:
            living = self._narrow(living, self._read(hint, on)) or living
        if len(living) == 1:
            return Match(living[0], meanings[living[0]], (living[0],))
        if living:
            return Match(None, "ambiguous", tuple(living))
        return Match(None, self._absence(meanings, on), tuple(meanings))

    def _absence(self, meanings: Iterable[int], on: date) -> str:
        """``ended`` when a unit of that name did exist before the date."""
        ends = (self._agencies[agency_id].valid_to for agency_id in meanings)
        return "ended" if any(end is not None and end < on for end in ends) else "unknown"

    def _read(self, text: str, on: date) -> dict[int, str]:
        """Units the text may mean, each with how it was recognised; a part nobody knows leaves none."""
        whole = self._meaning(text)
        parts = list({match_key(part): part for part in SEPARATOR.split(text) if match_key(part)}.values())
        if whole or len(parts) < 2:
            return whole
        read = [self._meaning(part) for part in parts]
        if not all(read):
            return {}
        return self._deepest(read)

    def _meaning(self, text: str) -> dict[int, str]:
        key = match_key(text)
        if key in self._meanings:
            return self._meanings[key]
        for province in PROVINCES:
            if key.endswith(province):
                return self._meanings.get(key.removesuffix(province), {})
        return {}

    def _deepest(self, parts: list[dict[int, str]]) -> dict[int, str]:
        """Of "xã Đăk Long, huyện Đăk Hà": the units of one part that lie under (or are) a unit of every other part."""
        found: dict[int, str] = {}
        for part in parts:
            fitting = list(part)
            for other in parts:
                fitting = self._narrow(fitting, other)
            found.update({agency_id: part[agency_id] for agency_id in fitting})
        return found or {agency_id: reason for part in parts for agency_id, reason in part.items()}

    def _narrow(self, agency_ids: list[int], above: Iterable[int]) -> list[int]:
        over = set(above)
        return [agency_id for agency_id in agency_ids if not over.isdisjoint(self._line(agency_id))]

    def _line(self, agency_id: int | None) -> list[int]:
        """The unit and all above it."""
        line: list[int] = []
        while agency_id is not None:
            line.append(agency_id)
            agency_id = self._agencies[agency_id].parent_id
        return line
