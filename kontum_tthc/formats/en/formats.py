"""English words, Vietnam's dates: 07/11/2022 is the seventh of November in both languages. Only digits are grouped the English way."""

from kontum_tthc.formats.vi.formats import *  # noqa: F403  # all but the two below

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
