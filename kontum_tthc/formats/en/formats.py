"""Vietnam's dates in English too: 07/11/2022 is the seventh of November in both. Only figures are grouped differently."""

from kontum_tthc.formats.vi.formats import *  # noqa: F403  # all but the two below

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
