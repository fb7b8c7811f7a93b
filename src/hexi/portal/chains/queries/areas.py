"""The area of a map (图谱范围): which units a person may look at, and how closely.

Inside one's own scope the register is shown as it is, with names. Everywhere else, and for the
public, only what may be published of it: a node stands where enough firms are on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.roles import Permission
from hexi.statistics.disclosure import disclosure_rule

__all__ = ["Area", "area_groups", "area_of", "fewest_told", "keeps_register", "own_units"]

_KINDS = ("province", "city", "zone", "park")


@dataclass(frozen=True, slots=True)
class Area:
    """A unit with all that lies in it."""

    unit: Unit
    #: the person may see the firms of the register here by name
    whole: bool
    #: codes of the unit and of all below it
    here: frozenset[str]

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return name_of(self.unit)


def keeps_register(person: Person | None) -> bool:
    """May the person see firms of the register by name, somewhere?"""
    return person is not None and person.grants(Permission.KEEP_REGISTER)


def area_of(person: Person | None, code: str = "") -> Area:
    """The area of a code, else the person's own first unit, else the province.

    Raises:
        NotFound: for a code that is no unit.
    """
    unit = _unit(person, code)
    if unit is None:
        raise NotFound
    whole = person is not None and keeps_register(person) and person.covers(unit.path)
    below = Unit.objects.filter(path__startswith=unit.path).values_list("code", flat=True)
    return Area(unit, whole, frozenset(below))


def _unit(person: Person | None, code: str) -> Unit | None:
    if code:
        return Unit.objects.filter(code=code).first()
    if person is not None and person.scope_units():
        return person.scope_units()[0]
    return Unit.objects.filter(kind="province").order_by("order").first()


def area_groups(person: Person | None, chosen: Area) -> list[dict[str, Any]]:
    """Areas to choose from: those in scope, and those of which the published states are shown."""
    units = list(Unit.objects.filter(kind__in=_KINDS).order_by("path"))
    own = [unit for unit in units if keeps_register(person) and person and person.covers(unit.path)]
    known = {unit.pk for unit in own}
    rest = [unit for unit in units if unit.pk not in known and unit.kind != "park"]
    groups = [
        (_("In my scope, with names"), own),
        (_("Published states only"), rest),
    ]
    return [
        {"label": label, "units": _choices(inside, chosen)} for label, inside in groups if inside
    ]


def _choices(units: Iterable[Unit], chosen: Area) -> list[dict[str, Any]]:
    inside = list(units)
    top = min((unit.depth for unit in inside), default=0)
    return [
        {
            "value": unit.code,
            "label": f"{'　' * (unit.depth - top)}{name_of(unit)}",
            "selected": unit.pk == chosen.unit.pk,
        }
        for unit in inside
    ]


def own_units(person: Person | None) -> list[dict[str, str]]:
    """Units in the person's scope, for a form that asks whose something is."""
    if person is None:
        return []
    units = Unit.objects.filter(kind__in=_KINDS).order_by("path")
    return [
        {"code": unit.code, "name": name_of(unit), "kind": unit.kind}
        for unit in units
        if person.covers(unit.path)
    ]


def fewest_told(month: int) -> int:
    """So many firms must stand on a node before the public is told that any do (YYYYMM)."""
    return disclosure_rule(settings.HEXI.pack, month).enterprises
