"""Short lists of promotion work (招商工作选项): channels, activities, agents, lists, funds.

They are data of the pack (`promotion/words.toml`): what is kept is a code, what is shown its word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from hexi.catalogue.faults import Fault
from hexi.catalogue.toml_keys import Keys
from hexi.catalogue.toml_lines import TomlFile
from hexi.promotion.dated_tables import fresh, read_tables

__all__ = ["LISTS", "Word", "load_words"]

LISTS: Final = ("channel", "way", "activity", "level", "agent", "firms", "fund")


@dataclass(frozen=True, slots=True)
class Word:
    """A code with its word in both languages."""

    id: str
    name: str
    name_en: str


Words = Mapping[str, Mapping[str, Word]]


def _load(root: Path) -> Words:
    return read_tables(root, "words.toml", _read) or MappingProxyType({one: {} for one in LISTS})


def _read(toml: TomlFile, faults: list[Fault]) -> Words:
    found: dict[str, dict[str, Word]] = {one: {} for one in LISTS}
    for keys in Keys.each(toml, "word", faults):
        of = keys.choice("list", LISTS)
        word = Word(
            keys.text("id", required=True),
            keys.text("name", required=True),
            keys.text("name_en", required=True),
        )
        if word.id in found[of]:
            keys.fault("id", "不重复的代码", f"“{word.id}”", "a code that is not used twice")
        found[of][word.id] = word
        keys.done()
    return MappingProxyType(found)


#: list to code to word, read again when the folder of the pack changes
load_words = fresh(_load)
