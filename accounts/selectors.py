"""What a person keeps for later."""

from dataclasses import dataclass

from accounts.models import SavedView, User
from ui.addresses import DATE, normal


@dataclass(frozen=True)
class SavedViews:
    """One page's saved views of one person. ``query``: what the page shows now; ``current``: the view that asks the same."""

    page: str
    query: str
    views: list[SavedView]
    current: SavedView | None
    dated: bool  # whether the page was asked for one certain day


def saved_views(*, user: User, page: str, query: str) -> SavedViews:
    """One query. A view without a day counts as the current one on any day: it is the same selection."""
    views, asked = list(user.saved_views.filter(page=page)), normal(query)
    undated = normal(query, without=(DATE,))
    named = {view.query: view for view in views}
    return SavedViews(page, asked, views, named.get(asked) or named.get(undated), asked != undated)
