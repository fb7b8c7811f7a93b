"""The numbers of headings in official documents (公文层次序数): 一、 then （一） then 1."""

from __future__ import annotations

__all__ = ["numeral"]

_DIGITS = "〇一二三四五六七八九"


def numeral(number: int) -> str:
    """1 to 99 in Chinese numerals (一、十一、二十); larger numbers stay in figures."""
    if number < 10:
        return _DIGITS[number]
    tens, ones = divmod(number, 10)
    if tens >= 10:
        return str(number)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
