"""Numerals (数字): what a printed number is worth, exactly.

Official documents write numbers in ASCII digits, in full-width digits, with western or full-width
thousands separators, in Chinese numerals (十二点四, 两千, 二〇二〇, 三分之一), and, after a bad
conversion, with a private-use character where the decimal point was. ``read`` takes one such
numeral without its unit (万 and 亿 after digits belong to the unit) and gives its value and the
number of decimals printed, which is what the rounding interval rests on.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

__all__ = ["CHINESE_NUMERAL", "DIGIT_NUMERAL", "Numeral", "read", "read_percent"]


class Numeral(NamedTuple):
    """A numeral as printed. ``ratio`` is set only where no decimal is exact (三分之一)."""

    value: Decimal
    decimals: int
    chinese: bool = False
    lost_point: bool = False
    ratio: Fraction | None = None

    @property
    def exact(self) -> Fraction:
        """The value without any rounding."""
        return Fraction(self.value) if self.ratio is None else self.ratio


#: digits of either width, separators, one point (which a conversion may have lost)
DIGIT_NUMERAL = (
    r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])(?:[.．\ue000-\uf8ff][0-9０-９]+)?"
    r"|[0-9０-９]+(?:[.．\ue000-\uf8ff][0-9０-９]+)?"
)
#: characters that a Chinese numeral is made of
CHINESE_NUMERAL = r"[零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]"

_ASCII = re.compile(r"[0-9]+(?:\.([0-9]+))?", re.ASCII)
_DIGITS = re.compile(rf"([+＋\-－−﹣]?)({DIGIT_NUMERAL})")
_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.", ",，")
_LOST = re.compile("[\ue000-\uf8ff]")
_DIGIT_OF = {c: n for n, cs in enumerate(
    ["零〇○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"]
) for c in cs}  # fmt: skip
_SCALE = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIAD = {"万": 10**4, "亿": 10**8}


@lru_cache(maxsize=16384)
def read(text: str) -> Numeral | None:
    """The numeral that ``text`` is, or None if it is not exactly one numeral."""
    plain = _ASCII.fullmatch(text)
    if plain is not None:
        fraction = plain[1]
        return Numeral(Decimal(text), len(fraction) if fraction else 0)
    text = text.strip()
    match = _DIGITS.fullmatch(text)
    if match is not None:
        return _read_digits(match[1], match[2])
    return _read_chinese(text)


def read_percent(text: str) -> Numeral | None:
    """The per cent figure of 百分之十二点五 (12.5), or None."""
    return _read_chinese(text[3:]) or read(text[3:]) if text.startswith("百分之") else None


def _read_digits(sign: str, digits: str) -> Numeral:
    repaired = _LOST.sub(".", digits)
    plain = repaired.translate(_WIDTH)
    value = Decimal(plain)
    decimals = len(plain) - plain.index(".") - 1 if "." in plain else 0
    negative = sign not in ("", "+", "＋")
    return Numeral(-value if negative else value, decimals, lost_point=repaired != digits)


def _read_chinese(text: str) -> Numeral | None:
    if text.startswith("负"):
        positive = _read_chinese(text[1:])
        if positive is None:
            return None
        ratio = None if positive.ratio is None else -positive.ratio
        return Numeral(-positive.value, positive.decimals, True, ratio=ratio)
    if text == "一半":
        return Numeral(Decimal("0.5"), 1, True)
    if "分之" in text:
        return _read_ratio(text)
    whole_text, point, tail = text.partition("点")
    whole = _positional(whole_text) if not point or whole_text else None
    if whole is None:
        return None
    if not point:
        return Numeral(Decimal(whole), 0, True)
    if not tail or any(c not in _DIGIT_OF for c in tail):
        return None
    decimals = "".join(str(_DIGIT_OF[c]) for c in tail)
    return Numeral(Decimal(f"{whole}.{decimals}"), len(decimals), True)


def _read_ratio(text: str) -> Numeral | None:
    below, _, above = text.partition("分之")
    denominator, numerator = _positional(below), _positional(above)
    if not denominator or numerator is None:
        return None
    ratio = Fraction(numerator, denominator)
    value = Decimal(numerator) / Decimal(denominator)
    exact = Fraction(value) == ratio
    exponent = value.normalize().as_tuple().exponent
    decimals = max(0, -exponent) if exact and isinstance(exponent, int) else 0
    return Numeral(value, decimals, True, ratio=None if exact else ratio)


def _positional(text: str) -> int | None:
    """一百零五 -> 105; digits in a row (二〇二〇) only where they cannot mean "two or three"."""
    if not text:
        return None
    if all(c in _DIGIT_OF for c in text):
        if len(text) == 1:
            return _DIGIT_OF[text]
        if len(text) >= 4 or (len(text) > 1 and any(c in "零〇○" for c in text[1:])):
            return int("".join(str(_DIGIT_OF[c]) for c in text))
        return None
    total = 0
    for mark in ("亿", "万"):
        head, found, rest = text.rpartition(mark)
        if found:
            group = _positional(head) if mark == "亿" and "万" in head else _below_myriad(head)
            if not group:
                return None
            total += group * _MYRIAD[mark]
            text = rest
            if not text:
                return total
            if text in _DIGIT_OF:  # 三万五: see below
                return None
    rest_value = _below_myriad(text)
    return None if rest_value is None else total + rest_value


def _below_myriad(text: str) -> int | None:
    """千百十 groups in falling order, each digit with its place (零 may bridge a gap)."""
    total, digit, place = 0, -1, 10**4
    bridged = False
    for character in text:
        scale = _SCALE.get(character)
        if scale is None:
            value = _DIGIT_OF.get(character)
            if value is None or digit > 0:
                return None
            bridged = bridged or value == 0
            digit = value
            continue
        if digit < 0:
            if scale != 10 or (total and not bridged):
                return None
            digit = 1
        if scale >= place or digit == 0:
            return None
        total, place, digit = total + digit * scale, scale, -1
    if digit > 0:
        # 一百五 and 三万五 are spoken short forms (150, 35000) that no document should print.
        if place > 10 and place < 10**4 and not bridged:
            return None
        return total + digit
    return total if (total and digit < 0) or text in ("零", "〇") else None
