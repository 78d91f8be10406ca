"""How new each system's data is: one rule for reports and letters, at home with the dossiers."""

from dossiers.rules.freshness import (
    STALE_AFTER,
    Freshness,
    Inputs,
    day_wanted,
    freshness,
    moment,
    reaches,
    stood_still,
)

__all__ = ["STALE_AFTER", "Freshness", "Inputs", "day_wanted", "freshness", "moment", "reaches", "stood_still"]
