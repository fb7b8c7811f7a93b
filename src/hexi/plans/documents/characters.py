"""The logical text of a document, character for character (简化、修复后的文字).

Traditional characters read as simplified ones, Kangxi radicals and compatibility ideographs that
pdf producers write in place of ordinary characters read as those, all without changing a length,
so an offset in the logical text is an offset in the canonical text. Whole-text normalisation
(NFKC) is never used: it would turn 10³ into 103.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final, Protocol

from hexi.plans.documents.document import Flag
from hexi.plans.documents.radicals import RADICALS
from hexi.plans.documents.traditional import TRADITIONAL

__all__ = ["debris_of", "flags_of", "is_plain", "simplify"]

_TRADITIONAL: Final = re.compile(f"[{TRADITIONAL}]")
#: anything that this module repairs, flags or takes out; most texts hold none
_UNUSUAL: Final = re.compile("[\u2e80-\u2fdf\ue000-\ufaff\ufffd]")
_REPAIRABLE: Final = re.compile("[\u2e80-\u2eff\u2f00-\u2fdf\uf900-\ufaff]")
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\ufffd]")
_DIGIT: Final = frozenset("0123456789０１２３４５６７８９")

# what a converter or an editor left behind and no reader should see: bookmark tokens,
# zero-width characters, soft hyphens
_TOKEN: Final = re.compile(r"\[bookmark:[^\]\n]*\]")
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00]+")
#: anything at all that this module looks for: one look at a text that has none
_NOTICED: Final = re.compile(
    _TRADITIONAL.pattern[:-1] + _UNUSUAL.pattern[1:-1] + _INVISIBLE.pattern[1:-1]
)


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _converter() -> _Converter:
    # imported here: loading the dictionaries takes 20 ms that simplified documents need not pay
    import opencc

    converter: _Converter = opencc.OpenCC("t2s")
    return converter


def _repair(match: re.Match[str]) -> str:
    character = match.group()
    known = RADICALS.get(character)
    if known:
        return known
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


def is_plain(text: str) -> bool:
    """Nothing to simplify, repair, flag or take out: the text is its own logical text."""
    return "[bookmark" not in text and _NOTICED.search(text) is None


def debris_of(text: str) -> list[tuple[int, int]]:
    """Where the tokens and invisible characters stand that no reader should see, in order.

    They are looked for apart: a pattern for either is tried at every character of the text.
    """
    tokens = [m.span() for m in _TOKEN.finditer(text)] if "[bookmark" in text else []
    invisible = [m.span() for m in _INVISIBLE.finditer(text)]
    if not tokens or not invisible:
        return tokens or invisible
    debris: list[tuple[int, int]] = []
    for span in sorted(tokens + invisible):
        # an invisible character may stand inside a token
        if not debris or span[0] >= debris[-1][1]:
            debris.append(span)
    return debris


def simplify(text: str) -> str:
    """The logical form of a text: simplified and repaired, of the same length."""
    logical = _REPAIRABLE.sub(_repair, text) if _UNUSUAL.search(text) else text
    found = [match.start() for match in _TRADITIONAL.finditer(logical)]
    if not found:
        return logical
    if len(found) * 100 > len(logical):
        return _converted(logical)
    # a simplified text with a few traditional characters: only their lines are looked up
    pieces: list[str] = []
    at = 0
    for place in found:
        if place < at:
            continue
        start = logical.rfind("\n", 0, place) + 1
        end = logical.find("\n", place)
        end = len(logical) if end < 0 else end
        pieces += (logical[at:start], _converted(logical[start:end]))
        at = end
    return "".join((*pieces, logical[at:]))


def _converted(text: str) -> str:
    """Traditional characters as simplified ones, of the same length."""
    converted = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    # a phrase of another length in the dictionary: go character by character instead
    single = {ord(c): _converter().convert(c) for c in set(text) if c > "\u2e7f"}
    return text.translate({k: v for k, v in single.items() if len(v) == 1})


def flags_of(text: str, logical: str) -> tuple[Flag, ...]:
    """Lost decimal points, unreadable characters, repaired and traditional characters."""
    flags: list[Flag] = []
    if _UNUSUAL.search(text):
        flags = _unusual_flags(text, logical)
    if text != logical:
        traditional = [m.start() for m in _TRADITIONAL.finditer(text)]
        if len(traditional) * 100 > len(text):
            flags.append(Flag("traditional", 0, len(text), "繁体字按简体识读"))
        else:
            flags.extend(Flag("traditional", at, at + 1, logical[at]) for at in traditional)
    flags.sort(key=lambda flag: flag.start)
    return tuple(flags)


def _unusual_flags(text: str, logical: str) -> list[Flag]:
    """Lost decimal points, unreadable and repaired characters."""
    flags: list[Flag] = []
    for match in _PRIVATE.finditer(text):
        at = match.start()
        between = 0 < at < len(text) - 1 and text[at - 1] in _DIGIT and text[at + 1] in _DIGIT
        if between and match.group() != "\ufffd":
            flags.append(Flag("lost_point", at, at + 1, "数字之间的小数点丢失"))
        else:
            flags.append(Flag("unreadable", at, at + 1, "无法辨认的字符"))
    for match in _REPAIRABLE.finditer(text) if text != logical else ():
        if logical[match.start()] != match.group():
            flags.append(Flag("repaired", match.start(), match.end(), logical[match.start()]))
    return flags
