"""Drop a location table (删除区位数据): by who loads tables for its unit."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.chains.models import LocationTable
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require

__all__ = ["drop_location_table"]


def drop_location_table(table_id: int, *, by: Person | None, at: datetime) -> None:
    """A published one is withdrawn first; what it was stays in the record of events."""
    with transaction.atomic():
        one_visible(LocationTable.objects.all(), by, pk=table_id)
        rows = LocationTable.objects.select_for_update(of=("self",)).select_related("unit")
        row: LocationTable = rows.get(pk=table_id)
        require(by, Permission.PROMOTE, row.unit.path)
        if row.published:
            raise Refusal(
                "published",
                _("The table is open to the public."),
                _("Withdraw it first."),
                status=409,
            )
        record(
            "drop_location_table",
            row,
            by=by,
            at=at,
            unit_path=row.unit.path,
            before={"title": row.title, "source": row.source, "date": row.date},
        )
        row.delete()
