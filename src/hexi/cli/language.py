"""The language a person is addressed in (界面语言): simplified Chinese first, English on request.

``--lang`` decides, then ``HEXI_LANG``, then the locale; whatever is not English is Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["LANGUAGES", "Language", "Words", "choose"]

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """Picks the reader's language out of a pair: ``words("文件", "file")``."""

    language: Language = "zh"

    def __call__(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh


def choose(arguments: Sequence[str], environment: Mapping[str, str]) -> Words:
    """Language of a call, known before its arguments are parsed (help speaks it too)."""
    asked = _option(arguments) or environment.get("HEXI_LANG", "")
    if asked:
        return Words("en" if asked.lower().startswith("en") else "zh")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return Words("en" if environment[name].lower().startswith("en") else "zh")
    return Words("zh")


def _option(arguments: Sequence[str]) -> str:
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and index + 1 < len(arguments):
            return arguments[index + 1]
    return ""
