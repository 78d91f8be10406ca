"""Bring a reference table to a wanted state and tell what changed, field by field: the body of a journal entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Model

from journal.rules import JSON


@dataclass(frozen=True, slots=True)
class Changes:
    """Keys added and removed; for the changed ones ``{key: {field: [old, new]}}``. False when nothing changed."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: Mapping[str, Mapping[str, JSON]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    def __or__(self, other: "Changes") -> "Changes":
        """Both together; what was just added is not also changed."""
        added = self.added + other.added
        fields: dict[str, dict[str, JSON]] = {}
        for part in (self.changed, other.changed):
            for key, values in part.items():
                if key not in added:
                    fields.setdefault(key, {}).update(values)
        return Changes(added, self.removed + other.removed, fields)

    def as_dict(self) -> dict[str, JSON]:
        return {"added": list(self.added), "removed": list(self.removed), "changed": dict(self.changed)}


def table_sync(model: type[Model], key: str, wanted: Mapping[str, Mapping[str, object]]) -> Changes:
    """Create and update rows of ``model`` by their unique ``key``; rows not wanted stay.

    ``wanted``: {key: {attribute: value}}, every row with the same attributes; foreign keys by their ``_id`` attribute.
    """
    known = {str(getattr(row, key)): row for row in model._default_manager.all()}
    added = [model(**{key: name}, **values) for name, values in wanted.items() if name not in known]
    changed: dict[str, dict[str, JSON]] = {}
    for name, values in wanted.items():
        if name in known and (fields := _update(known[name], values)):
            changed[name] = fields
    model._default_manager.bulk_create(added)
    if changed:
        attributes = sorted({attribute for fields in changed.values() for attribute in fields})
        model._default_manager.bulk_update([known[name] for name in changed], attributes)
    return Changes(added=tuple(name for name in wanted if name not in known), changed=changed)


def _update(row: Model, values: Mapping[str, object]) -> dict[str, JSON]:
    fields: dict[str, JSON] = {}
    for attribute, value in values.items():
        old = getattr(row, attribute)
        if old != value:
            fields[attribute] = [_plain(old), _plain(value)]
            setattr(row, attribute, value)
    return fields


def _plain(value: object) -> JSON:
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
