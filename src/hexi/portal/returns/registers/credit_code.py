"""Unified social credit code (统一社会信用代码), GB 32100-2015: 17 characters and a check."""

from __future__ import annotations

from typing import Final

__all__ = ["check_character", "is_code", "plain_code"]

#: digits and capitals without I, O, S, V and Z, which are taken for others
CHARACTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH: Final = 18


def plain_code(text: str) -> str:
    """A code as it is kept: capitals, without spaces and hyphens."""
    return "".join(text.split()).replace("-", "").upper()


def check_character(body: str) -> str:
    """The last character that follows from the first seventeen; empty where one cannot stand."""
    if len(body) != _LENGTH - 1 or any(letter not in CHARACTERS for letter in body):
        return ""
    total = sum(CHARACTERS.index(letter) * pow(3, at, 31) for at, letter in enumerate(body))
    return CHARACTERS[-total % 31]


def is_code(code: str) -> bool:
    """Does the check character fit?"""
    return len(code) == _LENGTH and check_character(code[:-1]) == code[-1]
