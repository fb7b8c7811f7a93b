"""Units report too (单位填报): every park, zone and city of the pack becomes a reporter.

Runs at every start, after the pack has been loaded. People and enterprises are never made here: a
real installation begins with an empty register of enterprises.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hexi.portal.core.models import Unit
from hexi.portal.core.record import record
from hexi.portal.returns.models import Reporter, ReporterKind

__all__ = ["seed_reporters"]

_KINDS = ("park", "zone", "county", "city", "province")


def seed_reporters(*, at: datetime) -> int:
    """How many were added; an event says so only where some were."""
    with transaction.atomic():
        known = {row.unit_id: row for row in Reporter.objects.filter(kind=ReporterKind.UNIT)}
        units = list(Unit.objects.filter(kind__in=_KINDS))
        fresh = [
            Reporter(kind=ReporterKind.UNIT, code=u.code, name=u.name, unit=u, home=u)
            for u in units
            if u.pk not in known
        ]
        Reporter.objects.bulk_create(fresh)
        renamed = [u for u in units if u.pk in known and known[u.pk].name != u.name]
        for unit in renamed:
            Reporter.objects.filter(unit=unit).update(name=unit.name)
        root = Unit.objects.filter(parent=None).order_by("order").first()
        if root is not None and (fresh or renamed):
            record(
                "seed_reporters",
                root,
                by=None,
                at=at,
                unit_path=root.path,
                after={"reporters": len(fresh), "renamed": len(renamed)},
            )
    return len(fresh)
