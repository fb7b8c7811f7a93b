"""The lexicon of the grammar (词表): words as data, loaded once.

Nothing here knows a document. Each table is a role that words play; the grammar speaks of roles.
"""

from __future__ import annotations

import re
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


@cache
def alternatives(found: tuple[str, ...]) -> str:
    """A regular expression of literal words, the longest first.

    Words with one beginning share it (增(?:长(?:到|至)?|加)), so that a place in the text where no
    word begins is passed over at its first character."""
    tree: dict[str, Any] = {}
    for word in found:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, Any]) -> str:
    ends = "" in node
    inner = [re.escape(c) + _branches(rest) for c, rest in node.items() if c]
    if not inner:
        return ""
    if len(inner) == 1 and not ends:
        return inner[0]
    return f"(?:{'|'.join(inner)})" + ("?" if ends else "")
