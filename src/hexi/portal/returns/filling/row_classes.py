"""Classes of dynamic rows (动态行的类别): which rows may be added to a section, and their names.

A form names a classification of the pack, such as partner countries; its codes are whole numbers,
and the number is the row's place in the names of cells.
"""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from hexi.catalogue import load_pack
from hexi.catalogue.nouns import Classification, ClassItem
from hexi.portal.core.names import name_of

__all__ = ["row_names", "shown_rows"]


def row_names(classification: str) -> dict[int, str]:
    """Row number to name, in the order of the classification; only what is in force."""
    return {number: item.name for number, item in _items(classification).items()}


def shown_rows(classification: str) -> dict[int, str]:
    """The same with names in the reader's language."""
    return {number: name_of(item) for number, item in _items(classification).items()}


def _items(classification: str) -> dict[int, ClassItem]:
    pack = load_pack(settings.HEXI.pack)
    found = next((c for c in pack.classifications if c.id == classification), None)
    return {} if found is None else _numbered(_Same(found))


class _Same:
    """A classification as a key: the same object, whatever is in it."""

    def __init__(self, found: Classification) -> None:
        self.found = found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.found is self.found

    def __hash__(self) -> int:
        return id(self.found)


@lru_cache(maxsize=16)
def _numbered(same: _Same) -> dict[int, ClassItem]:
    return {int(item.code): item for item in same.found.items if not item.until}
