"""Reading the values of JSON items without trusting their types."""

from collections.abc import Mapping

from dossiers.rules.cells import NUMBER_MARK
from dossiers.sources.base import storable, unmarked


def cell(value: object) -> str:
    """A scalar as the file has it, numbers marked as such; nothing for null; anything else as it prints, to be refused."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{NUMBER_MARK}{value}"
    return storable(unmarked(str(value)))


def child(item: object, *path: str) -> object:
    """The value at a path of keys, or None; of a list on the way the first element counts."""
    for key in path:
        if isinstance(item, list):
            item = item[0] if item else None
        if not isinstance(item, Mapping):
            return None
        item = item.get(key)
    return item


def items(value: object) -> list[Mapping[str, object]]:
    """The objects of a list, an empty one in the place of anything else it holds; an empty list for what is none."""
    return [item if isinstance(item, Mapping) else {} for item in value] if isinstance(value, list) else []
