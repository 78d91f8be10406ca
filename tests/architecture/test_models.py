"""What import-linter cannot see: foreign keys written as strings, and fields nobody explained."""

import tomllib
from itertools import chain
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Field, ForeignObject, ManyToManyField, Model

PROJECT: Path = settings.BASE_DIR


def heights() -> dict[str, int]:
    """Room to layer, counted from the bottom, as pyproject.toml orders them."""
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = [layer.split("|") for layer in reversed(contracts[0]["layers"])]
    return {room.strip(): height for height, layer in enumerate(layers) for room in layer}


def our_models() -> list[type[Model]]:
    rooms = heights()
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_config.name in rooms]
    assert len(models) > 20
    return models


def room(model: type[Model]) -> str:
    name: str = model._meta.app_config.name
    return name


def test_references_between_models_go_down_only() -> None:
    rooms, upwards = heights(), []
    for model in our_models():
        for field in chain(model._meta.local_fields, model._meta.local_many_to_many):
            if not isinstance(field, ForeignObject | ManyToManyField):
                continue
            target = room(field.related_model)
            if target in rooms and target != room(model) and rooms[target] >= rooms[room(model)]:
                upwards.append(f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}")
    assert upwards == []


def test_every_field_of_ours_has_its_help_text() -> None:
    def needs(field: Field) -> bool:  # type: ignore[type-arg]  # any field
        return not field.primary_key and not field.auto_created and type(field).__module__ != "django.contrib.contenttypes.fields"

    bare = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        if not model._meta.auto_created
        for field in model._meta.local_fields
        if needs(field) and not field.help_text and not _inherited(model, field.name)
    ]
    assert bare == []


def _inherited(model: type[Model], name: str) -> bool:
    """The field is Django's own (a user's password, say)."""
    return any(
        not base.__module__.startswith(tuple(heights())) and any(field.name == name for field in base._meta.local_fields)
        for base in model.__mro__[1:]
        if hasattr(base, "_meta")
    )
