"""A row of every kind in a foreign unit (外单位数据): whatever names it anywhere has leaked.

The rows are copies of rows that the test's own world has, or made from the fields alone, with the
unit, the people and every text changed: a new model, or a new field, is covered the day it is
written. Texts bear the mark, amounts the number, by which a leak is seen.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models

from hexi.portal.core.models import Event, Person, Unit
from hexi.portal.core.roles import Role

__all__ = ["MARK", "NUMBER", "Strangers"]

#: stands in no page, plan or pack
MARK = "陌域哨"
NUMBER = 73_184_629
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

#: texts at least so long are names and sentences; shorter ones are codes of the app or the pack
_NAME = 100
#: long texts that are codes all the same
_CODES = frozenset({"pack_id", "indicator_id", "facets", "digest", "media_type", "password"})
#: models that are nobody's: keys, locks and runs of the office as a whole, and what is public
_NOBODYS = frozenset({
    "core.Unit", "core.ApiToken", "core.SignInLink", "returns.WarehouseKey", "projects.ChangeMark",
    "projects.LampRun", "scoreboard.SweepRun", "scoreboard.CalendarKey", "figures.Release",
})  # fmt: skip
#: fields that a published thing would have; what is published may be seen
_CLOSED: dict[str, Any] = {"published": False, "public": False}
#: one firm alone on a node of a chain: the public is told of a node where enough firms stand, so
#: that one more would rightly change its map; that one and none look alike is what is asked here
_ALONE = {
    ("returns.Enterprise", "industry"): "0911",
    ("projects.ProjectRecord", "industry"): "0911",
}
#: states of which nothing is shown to others
_STATES = {
    "assessment.AssessmentRun": "computed",
    "evaluations.EvaluationReport": "draft",
}


class Strangers:
    """One row of each model, all of one unit in which nobody of the test works."""

    def __init__(self, unit: str) -> None:
        self.unit = Unit.objects.get(code=unit)
        self.rows: dict[type[models.Model], Any] = {}
        self.count = 0
        self._making: set[type[models.Model]] = set()

    def lay(self) -> None:
        """Lay everything."""
        for model in every_model():
            self.row(model)
        Event.objects.create(
            at=AT, who=self.row(Person).pk, who_name=self.text(), act="publish_plan",
            object_type="plan", object_id=str(self.ids("PlanRow")[0]), object_name=self.text(),
            unit_path=self.unit.path, after={"name": self.text()}, reason=self.text(),
        )  # fmt: skip

    def ids(self, *names: str) -> list[Any]:
        """Keys of the rows of models by name."""
        return [row.pk for model, row in self.rows.items() if model.__name__ in names]

    def text(self, longest: int = 200) -> str:
        """A text that was never seen before, with the mark."""
        self.count += 1
        return f"{MARK}{self.count}"[:longest]

    def row(self, model: type[models.Model]) -> Any:
        """The row of a model; made when it is first asked for."""
        if model is Unit:
            return self.unit
        if model not in self.rows:
            self._making.add(model)
            made = self._person() if model is Person else self._copy(model)
            made.save()
            self._making.discard(model)
            self.rows[model] = made
        return self.rows[model]

    def _person(self) -> Person:
        return Person(username=self.text(60), name=self.text(60), role=Role.ENTERPRISE)

    def _copy(self, model: type[models.Model]) -> models.Model:
        pattern = model._default_manager.order_by("-pk").first()
        given = {}
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.AutoField):
                given[field.name] = self._value(model, field, pattern)
        return model(**given)

    def _value(self, model: type[models.Model], field: Any, pattern: Any) -> Any:
        label = model._meta.label
        if field.name in _CLOSED:
            return _CLOSED[field.name]
        if field.name == "state" and label in _STATES:
            return _STATES[label]
        if (label, field.name) in _ALONE:
            return _ALONE[label, field.name]
        if field.is_relation:
            return self._related(model, field)
        held = getattr(pattern, field.name) if pattern is not None else None
        return self._plain(field, held)

    def _related(self, model: type[models.Model], field: Any) -> Any:
        """Its own kin; what would lead round in a circle, or to a second of a kind, is left out."""
        around = field.related_model is model or field.related_model in self._making
        if field.null and (around or field.unique):
            return None
        return self.row(field.related_model)

    def _plain(self, field: Any, held: Any) -> Any:
        if field.name in ("unit_path", "path"):
            return self.unit.path
        if isinstance(field, models.CharField | models.TextField):
            return self._words(field, held)
        if isinstance(field, models.UUIDField):
            return uuid.uuid4()
        wide = isinstance(field, models.DecimalField) and field.max_digits >= 12
        if wide or (type(field) is models.BigIntegerField and not field.name.startswith("who")):
            return NUMBER if type(field) is models.BigIntegerField else Decimal(NUMBER)
        if held is not None:
            return held
        return field.get_default() if field.has_default() or field.null else _first(field)

    def _words(self, field: Any, held: Any) -> Any:
        longest = field.max_length or 200
        if field.choices and not field.unique:
            return held or field.get_default() or field.choices[0][0]
        if field.name == "unit":
            return self.unit.code
        named = longest >= _NAME and field.name not in _CODES
        if named or field.unique:
            return self.text(longest)
        return held if held is not None else field.get_default()


def every_model() -> Iterator[type[models.Model]]:
    """Models of the portal whose rows are somebody's."""
    for model in apps.get_models():
        somebodys = model._meta.label not in _NOBODYS and model is not Event
        if model.__module__.startswith("hexi.") and somebodys:
            yield model


def _first(field: Any) -> Any:
    """Some value of a field that must have one."""
    kinds: tuple[tuple[Any, Any], ...] = (
        (models.DateTimeField, AT),
        (models.DateField, date(2026, 11, 1)),
        (models.BooleanField, False),
        (models.BinaryField, b""),
        (models.JSONField, {}),
        (models.DecimalField, Decimal(1)),
        (models.FloatField, 1.0),
        (models.IntegerField, 1),
    )
    return next(value for kind, value in kinds if isinstance(field, kind))
