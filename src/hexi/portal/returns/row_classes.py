"""Classes of dynamic rows (动态行的类别): which rows may be added to a section, and their names.

A form names a classification of the pack, such as partner countries; its codes are whole numbers,
and the number is the row's place in the names of cells.
"""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from hexi.catalogue import load_pack
from hexi.catalogue.nouns import Classification

__all__ = ["row_names"]


def row_names(classification: str) -> dict[int, str]:
    """Row number to name, in the order of the classification; only what is in force."""
    pack = load_pack(settings.HEXI.pack)
    found = next((c for c in pack.classifications if c.id == classification), None)
    return {} if found is None else _names(_Same(found))


class _Same:
    """A classification as a key: the same object, whatever is in it."""

    def __init__(self, found: Classification) -> None:
        self.found = found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.found is self.found

    def __hash__(self) -> int:
        return id(self.found)


@lru_cache(maxsize=16)
def _names(same: _Same) -> dict[int, str]:
    return {int(item.code): item.name for item in same.found.items if not item.until}
