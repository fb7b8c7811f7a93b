"""Names in the reader's language (名称): units and indicators bear two, and a page shows one."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import get_language

__all__ = ["Named", "name_of", "named_by"]


class Named(Protocol):
    """A noun of the pack or a row that came from it."""

    @property
    def name(self) -> str: ...

    @property
    def name_en(self) -> str: ...


def named_by() -> str:
    """The column that holds the names in the reader's language."""
    return "name_en" if get_language() == "en" else "name"


def name_of(noun: Named) -> str:
    """The name to show; one that has no English name keeps its own."""
    return str(getattr(noun, named_by()) or noun.name)
