"""Words that mark the parts of a plan (篇章词表), read once from ``lexicon.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["alternatives", "one_of", "synonyms", "table", "words"]


@cache
def _lexicon() -> dict[str, Any]:
    path = files("hexi.plans.register").joinpath("lexicon.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def table(section: str) -> dict[str, tuple[str, ...]]:
    """A section: word lists by name, in the order of the file."""
    return {name: tuple(listed) for name, listed in _lexicon()[section].items()}


def words(section: str, name: str) -> tuple[str, ...]:
    """One word list."""
    return table(section)[name]


@cache
def alternatives(section: str, name: str) -> str:
    """The list as alternatives of a regular expression, longest first."""
    listed = sorted(words(section, name), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in listed)


@cache
def one_of(section: str, name: str) -> re.Pattern[str]:
    """A compiled pattern of the list's alternatives."""
    return re.compile(alternatives(section, name))


@cache
def synonyms() -> dict[str, str]:
    """Each name of a group -> the name that stands for all of them."""
    return {other: name for name, others in table("synonyms").items() for other in (name, *others)}
