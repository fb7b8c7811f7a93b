"""Levels of approval (审批层级): park, zone, province, as far as they stand above the reporter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hexi.portal.core.models import Person, Unit
from hexi.portal.returns.models import Reporter, Return
from hexi.portal.returns.scope import RANKS, may_decide

__all__ = ["chain_codes", "decided_by", "ladder", "ladder_of"]


def ladder(unit: Unit, reporter: Reporter) -> list[Unit]:
    """The units that approve, from below. A unit does not approve what it reports itself, except
    at the top, where nobody stands above it."""
    return _levels(_chain(unit), reporter.unit_id)


def ladder_of(row: Return) -> list[Unit]:
    """The units that approve this return."""
    return ladder(row.unit, row.reporter)


def decided_by(
    person: Person | None, reporters: Iterable[tuple[int, Unit, bool]]
) -> frozenset[int]:
    """Which of many reporters the person approves, at whatever level.

    Each is its number, the unit that it stands in, and whether it is that unit itself.
    """
    listed = list(reporters)
    codes = {code for _pk, unit, _own in listed for code in chain_codes(unit)}
    rows = {row.code: row for row in Unit.objects.filter(code__in=codes, kind__in=RANKS)}
    return frozenset(
        pk
        for pk, unit, own in listed
        for level in _levels(_upward(unit, rows), unit.pk if own else None)
        if may_decide(person, level.kind, level.path)
    )


def chain_codes(unit: Unit) -> list[str]:
    """Codes of the unit and of all units above it, from the root down."""
    return [code for code in unit.path.split("/") if code]


def _chain(unit: Unit) -> list[Unit]:
    """The unit and those above it, from below."""
    return _upward(unit, {row.code: row for row in Unit.objects.filter(code__in=chain_codes(unit))})


def _upward(unit: Unit, rows: Mapping[str, Unit]) -> list[Unit]:
    return [rows[code] for code in reversed(chain_codes(unit)) if code in rows]


def _levels(chain: Iterable[Unit], own: int | None) -> list[Unit]:
    """Those of a chain that approve, where the reporter is the unit ``own``, or no unit."""
    above = [u for u in chain if u.kind in RANKS]
    return [u for u in above if u.pk != own] or above[:1]
