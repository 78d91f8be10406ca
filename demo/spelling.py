"""The many honest ways clerks and systems write the same unit, and the dirt that comes with copied cells."""

import re
import unicodedata
from collections.abc import Sequence
from random import Random

from demo.world import Unit

OFFICIAL_SHARE = 0.7
NBSP = "\u00a0"
SHORT_KIND = (("thành phố ", "TP. "), ("huyện ", "H. "), ("phường ", "P. "), ("xã ", "X. "), ("thị trấn ", "TT. "))
# Share of cells written as decomposed Unicode, with stray spaces, with a no-break space.
DECOMPOSED, STRAY, NO_BREAK = 0.012, 0.012, 0.006


def variants(unit: Unit, above: str, aliases: Sequence[str] = ()) -> list[str]:
    """Ways to write a unit that all still name only it. ``above``: the unit's district, for names two communes share."""
    full = f"{unit.name}, {above}" if unit.ambiguous else unit.name
    written = [full, re.sub("^UBND", "Ủy ban nhân dân", full), re.sub("^UBND", "Uỷ ban nhân dân", full)]
    if "Đăk" in full:
        written += [full.replace("Đăk", "Đắk"), full.replace("Đăk", "Dak")]
    if unit.kind in ("district", "commune"):
        written += [full.replace(*short, 1) for short in SHORT_KIND if short[0] in full][:1]
        written.append(full.replace("UBND thành phố", "UBND TP"))
        if not unit.ambiguous and unit.kind == "commune":
            written.append(f"{unit.name}, {above.removeprefix('UBND ')}")
    return list(dict.fromkeys([*written, *aliases]))


def pick(rng: Random, written: Sequence[str]) -> str:
    return written[0] if rng.random() < OFFICIAL_SHARE else rng.choice(written)


def dirty(rng: Random, text: str) -> str:
    """The text as a careless copy leaves it; its meaning stays."""
    draw = rng.random()
    if draw < DECOMPOSED:
        return unicodedata.normalize("NFD", text)
    if draw < DECOMPOSED + STRAY:
        return f" {text.replace(' ', '  ', 1)} "
    if draw < DECOMPOSED + STRAY + NO_BREAK:
        return text.replace(" ", NBSP, 1)
    return text
