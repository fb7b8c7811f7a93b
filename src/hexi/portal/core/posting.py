"""Posting letters (发信): one after the other, and it is kept to which address each thing went.

What waits for an answer keeps in ``mailed_to`` the addresses that its present step was mailed to.
An address that failed is not among them, and is tried again by the next run; when the thing rises
to a next step the list begins anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.db import models, transaction

from hexi.portal.core.letters import Letter
from hexi.portal.core.models import Unit

__all__ = ["keep_told", "not_told", "post"]

L = TypeVar("L", bound=Letter)


def post(
    letters: Iterable[L], send: Callable[[L], None], keep: Callable[[L], Any]
) -> tuple[int, list[str]]:
    """How many letters went out, and the addresses that failed.

    ``keep`` writes that a letter went out, in a transaction of its own right after it was sent:
    one bad address stops no other, and a crash repeats one letter at most.
    """
    sent, failed = 0, []
    for letter in letters:
        try:
            send(letter)
        except OSError:  # what mail servers and networks raise
            failed.append(letter.to)
            continue
        with transaction.atomic():
            keep(letter)
        sent += 1
    return sent, failed


def not_told(known: Mapping[int, str], told: Iterable[str], *units: Unit | None) -> set[str]:
    """Addresses of these units that do not have a thing yet; units without an address have none."""
    found = {known[unit.pk] for unit in units if unit is not None and unit.pk in known}
    return found - set(told)


def keep_told(rows: models.QuerySet[Any], address: str) -> None:
    """These rows went to an address; another address of the same row is told by itself."""
    for row in rows.select_for_update():
        row.mailed_to = [*row.mailed_to, address]
        row.save(update_fields=["mailed_to"])
