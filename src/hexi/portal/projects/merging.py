"""Putting two records together (项目合并办理): rows move, and nothing of either is lost.

The kept record's figures stand; what only the other one knows is filled in. Rows of all apps that
hang on the other record move to the kept one; where both have a row of the same month or year, the
other one's stays with the other record, which is kept and points to the kept one. The other's
earlier history comes before the kept one's, so that it stays one line.

Only acts call it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from django.apps import apps
from django.db import IntegrityError, models, transaction

from hexi.portal.core.models import Person
from hexi.portal.projects.acts.enter_progress import invested_so_far
from hexi.portal.projects.models import ProjectRecord, RecordMerge, StageSpell
from hexi.portal.projects.record_book import CARD, put

__all__ = ["put_together", "take_apart"]

#: what only one record can have
_SINGLE: Final = {
    "state_code": "state_code",
    "reporting": "reporting_id",
    "in_statistics_since": "in_statistics_since",
}
#: names of the record itself are not filled from another
_OWN: Final = ("name", "kind", "unit", "state_code")


def put_together(
    kept: ProjectRecord, other: ProjectRecord, *, reason: str, by: Person | None, at: datetime
) -> RecordMerge:
    """Move everything; returns what was moved."""
    spells = _move_history(kept, other)
    moved = {}
    for field in _pointing():
        ids = _move_rows(field, other.pk, kept.pk)
        if ids:
            moved[_name(field)] = ids
    handed = _hand_on(kept, other, at)
    filled = _fill(kept, other)
    other.merged_into = kept
    other.published = False
    put(other, {}, at)
    put(kept, {"invested": invested_so_far(kept)}, at)
    made: RecordMerge = RecordMerge.objects.create(
        kept=kept,
        other=other,
        moved=moved,
        spells=spells,
        filled=filled,
        handed_on=handed,
        version=kept.version,
        reason=reason,
        by_name=by.name if by else "",
        at=at,
    )
    return made


def take_apart(merge: RecordMerge, kept: ProjectRecord, other: ProjectRecord, at: datetime) -> None:
    """Move back what was moved; rows that came later stay with the kept record."""
    for name, ids in merge.moved.items():
        app, model, field = name.split(".")
        rows = apps.get_model(app, model)._default_manager.filter(
            pk__in=ids, **{f"{field}_id": kept.pk}
        )
        rows.update(**{field: other.pk})
    for spell_id, until in merge.spells.items():
        day = date.fromisoformat(until) if until else None
        StageSpell.objects.filter(pk=spell_id, project=kept).update(project=other, until=day)
    changes: dict[str, Any] = {name: _empty(name) for name in merge.filled}
    back: dict[str, Any] = {}
    for name, value in merge.handed_on.items():
        changes[name] = _empty(name)
        day = name == "in_statistics_since"
        back[_SINGLE[name]] = date.fromisoformat(value) if day else value
    other.merged_into = None
    put(kept, {**changes, "invested": invested_so_far(kept)}, at)
    put(other, {**back, "invested": invested_so_far(other)}, at)
    merge.undone_at = at
    merge.save(update_fields=["undone_at"])


def _pointing() -> Iterator[models.ForeignKey[Any, Any]]:
    """Every column of every app that points to a record, histories of stages apart."""
    for relation in ProjectRecord._meta.related_objects:
        field = relation.field
        if not isinstance(field, models.ForeignKey):
            continue
        if field.model not in (ProjectRecord, StageSpell, RecordMerge):
            yield field


def _name(field: models.ForeignKey[Any, Any]) -> str:
    return f"{field.model._meta.app_label}.{field.model._meta.object_name}.{field.name}"


def _move_rows(field: models.ForeignKey[Any, Any], other: int, kept: int) -> list[int]:
    """Rows that could move; one that the kept record has already stays where it is."""
    manager = field.model._default_manager
    ids = list(manager.filter(**{field.attname: other}).values_list("pk", flat=True))
    if not ids:
        return []
    try:
        with transaction.atomic():
            manager.filter(pk__in=ids).update(**{field.attname: kept})
        return ids
    except IntegrityError:
        return [pk for pk in ids if _moves(manager, pk, field.attname, kept)]


def _moves(manager: models.Manager[Any], pk: int, column: str, kept: int) -> bool:
    try:
        with transaction.atomic():
            manager.filter(pk=pk).update(**{column: kept})
    except IntegrityError:
        return False
    return True


def _move_history(kept: ProjectRecord, other: ProjectRecord) -> dict[str, str]:
    """The other's lines from before the kept one's first become its beginning."""
    first = kept.spells.order_by("since", "id").values_list("since", flat=True).first()
    if first is None:
        return {}
    moved = {}
    for spell in other.spells.filter(since__lt=first):
        moved[str(spell.pk)] = spell.until.isoformat() if spell.until else ""
        spell.project = kept
        if spell.until is None or spell.until > first:
            spell.until = first
        spell.save(update_fields=["project", "until"])
    return moved


def _hand_on(kept: ProjectRecord, other: ProjectRecord, at: datetime) -> dict[str, Any]:
    """Code and register row go to the kept record where it has none; first they leave the other."""
    handed: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for name, column in _SINGLE.items():
        mine, theirs = getattr(kept, column), getattr(other, column)
        if theirs in (None, "") or mine not in (None, ""):
            continue
        handed[name] = theirs.isoformat() if isinstance(theirs, date) else theirs
        values[column] = theirs
        setattr(other, column, _empty(name))
    if handed:
        put(other, {}, at)
        for column, value in values.items():
            setattr(kept, column, value)
    return handed


def _fill(kept: ProjectRecord, other: ProjectRecord) -> list[str]:
    filled = []
    for name in CARD:
        if name in _OWN or getattr(other, name) in (None, "", {}):
            continue
        if getattr(kept, name) in (None, "", {}):
            setattr(kept, name, getattr(other, name))
            filled.append(name)
    # sources that do not add up to the kept total are left with the other record
    if "sources" in filled and kept.total is not None and sum(kept.sources.values()) != kept.total:
        kept.sources = {}
        filled.remove("sources")
    return filled


def _empty(name: str) -> Any:
    """What stands in a field of which nothing is known."""
    if name == "sources":
        return {}
    field = ProjectRecord._meta.get_field(name)
    return None if isinstance(field, models.Field) and field.null else ""
