"""Holding a row of promotion while an act changes it (办理锁定); only acts call it."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.projects.models import ProjectRecord

__all__ = ["held", "one_project", "within"]

Row = TypeVar("Row", bound=models.Model)


def held(
    model: type[Row],
    row_id: int,
    by: Person | None,
    permission: Permission,
    *,
    seen: int | None = None,
    also: tuple[str, ...] = (),
) -> Row:
    """The row, locked until the transaction ends; hidden and missing ones look the same.

    ``seen`` is the version that the person had before the eyes, ``also`` what is read with it.

    Raises:
        NotFound: where it is not, or outside the scope.
        NotPermitted: where the step is not this person's.
        Refusal: where it was changed meanwhile.
    """
    rows: Any = model._default_manager
    if not rows.visible_to(by).filter(pk=row_id).exists():
        raise NotFound
    rows.select_for_update(of=("self",)).get(pk=row_id)
    row: Any = rows.select_related(*also).get(pk=row_id)
    require(by, permission, row.unit_path)
    if seen is not None and seen != row.version:
        raise Refusal(
            "changed_meanwhile",
            _("It has been changed since this page was opened."),
            _("Look at it as it stands now, and do your step again."),
            status=409,
        )
    checked: Row = row
    return checked


def one_project(project_id: int, by: Person | None, permission: Permission) -> ProjectRecord:
    """A live project of the person's own scope, for a row that is to hang on it."""
    rows: Any = ProjectRecord.objects
    row: ProjectRecord | None = (
        rows.visible_to(by).select_related("unit").filter(pk=project_id).first()
    )
    if row is None:
        raise NotFound
    require(by, permission, row.unit_path)
    if row.merged_into_id is not None:
        raise Refusal(
            "merged_away",
            _("This record was merged into another."),
            _("Go on with the record that it was merged into."),
            status=409,
        )
    return row


def within(unit: Unit | None, by: Person) -> list[Refusal]:
    """Nothing where the unit lies inside the person's scope."""
    if unit is None or by.covers(unit.path):
        return []
    return [NotPermitted()]
