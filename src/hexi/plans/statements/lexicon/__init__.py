"""The lexicon of the grammar (词表): words as data, loaded once.

Nothing here knows a document. Each table is a role that words play; the grammar speaks of roles.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["alternatives", "table", "words"]


@cache
def table(name: str) -> dict[str, Any]:
    """The named TOML table file of this folder."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, role: str, key: str = "words") -> tuple[str, ...]:
    """Words of one role, longest first (so that an alternation prefers the longest)."""
    found: list[str] = table(name)[role][key]
    return tuple(sorted(set(found), key=lambda word: (-len(word), word)))


def alternatives(found: tuple[str, ...]) -> str:
    """A regular-expression alternation of literal words."""
    special = ".^$*+?{}[]\\|()#/"
    return "|".join("".join("\\" + c if c in special else c for c in word) for word in found)
