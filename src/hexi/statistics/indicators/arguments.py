"""Named arguments of functions (函数的命名参数): ``basis: matched``, ``of: belt_road``."""

from __future__ import annotations

from typing import Final

from hexi.statistics.indicators.definitions import BASES, Definitions
from hexi.statistics.indicators.refusal import refuse
from hexi.statistics.language import nodes

__all__ = ["ALL_ROWS", "chosen_rows", "keyword"]

#: every row of an item that is asked by class
ALL_ROWS: Final = "*"
_WORDS: dict[str, tuple[str, ...]] = {
    "basis": BASES,
    "of": ("parent", "root"),
    "among": ("siblings", "level"),
    "order": ("down", "up"),
}


def keyword(call: nodes.Call, name: str, default: str) -> str:
    """A named argument that is a word; both ``basis: matched`` and ``basis: "matched"`` do."""
    for key, value in call.keywords:
        if key == name:
            word = value.name if isinstance(value, nodes.Name) else getattr(value, "value", None)
            if word not in _WORDS[name]:
                refuse(
                    value.at,
                    f"{name} 应为 {'、'.join(_WORDS[name])} 之一",
                    f"{name} is one of {', '.join(_WORDS[name])}",
                )
            return str(word)
    return default


def chosen_rows(call: nodes.Call, definitions: Definitions) -> str:
    """The rows that ``rows(x, of: …)`` is about: numbers of classes by commas, or all of them.

    ``of`` is the id of a list of the pack (``belt_road``) or the code of one class (``398``).
    """
    for _key, value in call.keywords:
        said = value.name if isinstance(value, nodes.Name) else str(getattr(value, "value", ""))
        if said in definitions.lists:
            return ",".join(map(str, sorted(definitions.lists[said].classes)))
        if not (said.isascii() and said.isdigit() and int(said)):
            refuse(value.at, f"没有这个分组清单：{said}", f"no such list of classes: {said}")
        return str(int(said))
    return ALL_ROWS
