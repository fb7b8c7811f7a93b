"""Facts for other apps (数据供给): the warehouse as it stands, and which return a fact is of.

The app of figures asks only here; it never looks into a return by itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from hexi.portal.core.models import Person
from hexi.portal.returns import form_book
from hexi.portal.returns.approval import publication
from hexi.portal.returns.models import Return
from hexi.statistics.forms import Forms
from hexi.statistics.practice import PracticeError, refuse_mixture
from hexi.warehouse import Registry, Warehouse

__all__ = ["forms", "open_warehouse", "refuse_other_side", "return_addresses"]


def open_warehouse() -> Warehouse:
    """The portal's warehouse."""
    return publication.warehouse()


def refuse_other_side(house: Warehouse, register: Registry) -> None:
    """A warehouse is read only where its register is of its own side, practice or real.

    Raises:
        Refusal: otherwise.
    """
    try:
        refuse_mixture(house.root, register)
    except PracticeError as error:
        raise publication.mixed(error) from error


def forms() -> Forms:
    """The forms that facts were reported on."""
    return form_book.book()


def return_addresses(submissions: Iterable[int], person: Person | None) -> dict[int, str]:
    """Address of the return of each submission, where this person may see it."""
    seen = Return.objects.visible_to(person).filter(submissions__in=list(submissions))
    return {number: f"/returns/{pk}/" for number, pk in seen.values_list("submissions__pk", "pk")}
