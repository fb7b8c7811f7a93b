"""Publish a location table (公开区位数据), or withdraw it: what the public may learn from it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hexi.portal.chains.models import LocationTable
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require

__all__ = ["publish_location_table"]


def publish_location_table(
    table_id: int, published: bool, *, by: Person | None, at: datetime
) -> LocationTable:
    """By who publishes for the unit that loaded it."""
    with transaction.atomic():
        one_visible(LocationTable.objects.all(), by, pk=table_id)
        rows = LocationTable.objects.select_for_update(of=("self",)).select_related("unit")
        row: LocationTable = rows.get(pk=table_id)
        require(by, Permission.PUBLISH_PROJECTS, row.unit.path)
        before = row.published
        row.published = published
        row.save(update_fields=["published"])
        record(
            "publish_location_table",
            row,
            by=by,
            at=at,
            unit_path=row.unit.path,
            before={"published": before},
            after={"published": published},
        )
    return row
