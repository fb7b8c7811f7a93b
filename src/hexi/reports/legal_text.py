"""Text that an office file and a terminal can hold (合法字符): documents from outside may hold
characters that XML forbids or that steer a terminal, and a report on them must still open."""

from __future__ import annotations

import re

__all__ = ["inert", "legal"]

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


#: openings that make a spreadsheet program take a csv cell for a formula
_RUNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[\d,]+(\.\d+)?%?")


def inert(text: str) -> str:
    """The text as a csv cell that nothing runs: an apostrophe before whatever could be a formula.

    A plain signed number stays a number."""
    runs = text.startswith(_RUNS) and not _NUMBER.fullmatch(text)
    return f"'{text}" if runs else text


def legal(text: str) -> str:
    """The text with a replacement character for every character that does not belong."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
