"""Levels of approval (审批层级): park, zone, province, as far as they stand above the reporter."""

from __future__ import annotations

from hexi.portal.core.models import Unit
from hexi.portal.returns.models import Reporter, Return
from hexi.portal.returns.scope import RANKS

__all__ = ["chain_codes", "ladder", "ladder_of"]


def ladder(unit: Unit, reporter: Reporter) -> list[Unit]:
    """The units that approve, from below. A unit does not approve what it reports itself, except
    at the top, where nobody stands above it."""
    above = [u for u in _chain(unit) if u.kind in RANKS]
    others = [u for u in above if u.pk != reporter.unit_id]
    return others or above[:1]


def ladder_of(row: Return) -> list[Unit]:
    """The units that approve this return."""
    return ladder(row.unit, row.reporter)


def chain_codes(unit: Unit) -> list[str]:
    """Codes of the unit and of all units above it, from the root down."""
    return [code for code in unit.path.split("/") if code]


def _chain(unit: Unit) -> list[Unit]:
    """The unit and those above it, from below."""
    rows = {row.code: row for row in Unit.objects.filter(code__in=chain_codes(unit))}
    return [rows[code] for code in reversed(chain_codes(unit)) if code in rows]
