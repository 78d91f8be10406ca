"""The ranking's table as finished HTML, made once per journal head, selection and circle of units.

Nothing in it may depend on anything else: not on the clock, not on who exactly is asking.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from agencies.access import can, visible_agencies
from agencies.models import Agency
from agencies.rules import Capability
from journal.selectors import head
from reports.notes import badges, warnings
from reports.selectors.overview import field_names
from reports.selectors.ranking import Filters, ranking
from reports.tables import Lists, RankingTable

KEPT_SECONDS = 600  # a deployment may change the markup while the data stay


@dataclass(frozen=True, slots=True)
class RankingFragment:
    html: SafeString
    fields: tuple[str, ...]  # those with figures on that date


def ranking_fragment(*, user: User, as_of: date, filters: Filters, order: str, words: Mapping[str, str]) -> RankingFragment:
    version = head()  # without any entry yet there is nothing to tell two states of the data apart
    key = _key(version, _circle(user), static("dist/icons.svg"), as_of.isoformat(), *sorted(map(str, words.items())))
    kept: tuple[str, tuple[str, ...]] | None = cache.get(key) if version else None
    if kept is None:
        agencies = visible_agencies(user)
        kept = _rendered(agencies, as_of, filters, order, words), tuple(field_names(agencies=agencies, as_of=as_of))
        cache.set(key, kept, KEPT_SECONDS)
    return RankingFragment(mark_safe(kept[0]), kept[1])  # noqa: S308  # rendered by our own template


def _rendered(agencies: QuerySet[Agency], as_of: date, filters: Filters, order: str, words: Mapping[str, str]) -> str:
    found = ranking(agencies=agencies, as_of=as_of, **filters).named(words.get("q", ""))
    page: dict[str, object] = {"as_of": as_of, "ranking": found, "words": words}
    if found.known:
        table = RankingTable(found, Lists(as_of, **filters), order=order, words=words)
        page |= {"table": table, "badges": badges(found), "warnings": warnings(found)}
    return render_to_string("reports/_ranking.html", page)


def _circle(user: User) -> str:
    """Whose units: everybody's, or those under these memberships."""
    if can(user, Capability.SEE_PROVINCE):
        return "province"
    return ",".join(map(str, user.memberships.order_by("agency_id").values_list("agency_id", flat=True)))


def _key(*parts: str) -> str:
    return "ranking:" + hashlib.sha256("\0".join(parts).encode()).hexdigest()
