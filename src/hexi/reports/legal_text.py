"""Text that an office file and a terminal can hold (合法字符): documents from outside may hold
characters that XML forbids or that steer a terminal, and a report on them must still open."""

from __future__ import annotations

import re

__all__ = ["legal"]

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """The text with a replacement character for every character that does not belong."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
