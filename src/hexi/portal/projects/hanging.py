"""What hangs on projects (项目牵连记录): rows of all apps that mean nothing without them.

A column that may be empty loses its pointer and its row stays; every other row goes with the
project. Apps above say what this cannot be read from the models: ``goes_along`` for a row that is
about nothing else although its column may be empty, ``goes_empty`` for a row that is left without
parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db import models
from django.db.models import Q, QuerySet

from hexi.portal.projects.models import ProjectRecord

__all__ = ["goes_along", "goes_empty", "hanging_on", "take_away"]

_Model = type[models.Model]

#: "app.model.field" of columns that may be empty, whose rows go all the same
_ALONG: set[str] = set()
#: "app.model" of a part to the field of its whole, which goes with the last part
_EMPTY: dict[str, str] = {}
#: rows of one statement
_CHUNK: Final = 500


def goes_along(column: str) -> None:
    """A row that points to a project in this column (``app.model.field``) goes with it."""
    _ALONG.add(column)


def goes_empty(part: str, field: str) -> None:
    """What ``field`` of a part (``app.model``) points to goes when its last part does."""
    _EMPTY[part] = field


def hanging_on(projects: QuerySet[Any]) -> dict[_Model, int]:
    """How many rows of each kind go with these projects, whatever way they hang on them."""
    found: dict[_Model, Q] = {}
    _reach(projects, found)
    counts = {}
    for model, reached in found.items():
        if model is ProjectRecord:
            continue
        going = model._base_manager.filter(reached)
        counts[model] = going.count()
        field = _EMPTY.get(model._meta.label_lower)
        if field:
            counts[_whole(model, field)] = _emptied(model, field, going).count()
    return {model: count for model, count in counts.items() if count}


def take_away(ids: Sequence[int]) -> None:
    """Take these projects away with all that hangs on them, in the transaction of the caller."""
    _take(ProjectRecord, list(ids))


def _reach(rows: QuerySet[Any], found: dict[_Model, Q]) -> None:
    for column in _columns(rows.model):
        model = column.model
        if _stays(column) or model is rows.model:
            continue
        points = Q(**{f"{column.name}__in": rows.values("pk")})
        found[model] = found.get(model, Q()) | points
        _reach(model._base_manager.filter(points), found)


def _take(model: _Model, ids: list[int]) -> None:
    for at in range(0, len(ids), _CHUNK):
        _take_some(model, ids[at : at + _CHUNK])


def _take_some(model: _Model, ids: list[int]) -> None:
    for column in _columns(model):
        other = column.model
        rows = other._base_manager.filter(**{f"{column.name}__in": ids})
        if _stays(column):
            rows.update(**{column.name: None})
        elif any(_columns(other)) or other._meta.label_lower in _EMPTY:
            _take(other, list(rows.values_list("pk", flat=True)))
        else:
            rows.delete()
    rows = model._base_manager.filter(pk__in=ids)
    field = _EMPTY.get(model._meta.label_lower)
    left = list(_emptied(model, field, rows).values_list("pk", flat=True)) if field else []
    rows.delete()
    if field and left:
        _take(_whole(model, field), left)


def _columns(model: _Model) -> Iterator[models.ForeignKey[Any, Any]]:
    """Every column of every app that points to such rows, those without a way back too."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            yield relation.field


def _stays(column: models.ForeignKey[Any, Any]) -> bool:
    """Does its row stay and lose the pointer?"""
    named = f"{column.model._meta.label_lower}.{column.name}"
    return column.remote_field.on_delete is models.SET_NULL and named not in _ALONG


def _whole(model: _Model, field: str) -> _Model:
    column: Any = model._meta.get_field(field)
    whole: _Model = column.remote_field.model
    return whole


def _emptied(model: _Model, field: str, going: QuerySet[Any]) -> QuerySet[Any]:
    """Wholes all of whose parts go."""
    kept = model._base_manager.exclude(pk__in=going.values("pk")).values(field)
    wholes = _whole(model, field)._base_manager
    return wholes.filter(pk__in=going.values(field)).exclude(pk__in=kept)
