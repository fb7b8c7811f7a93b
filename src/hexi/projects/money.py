"""Money of projects (项目资金): kept in whole yuan, written and read in 元, 万元 and 亿元.

Sheets of different offices mix the three; a figure says its unit itself, or the head of its column
does, or the office's custom holds (万元). What cannot be meant is named, never guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

__all__ = [
    "UNITS",
    "MoneyFault",
    "in_unit",
    "money_words",
    "read_money",
    "unit_named",
    "without_unit",
]

#: yuan in one of each; the order is that of reading, longest first
UNITS: Final[dict[str, int]] = {
    "亿元": 10**8,
    "千万元": 10**7,
    "百万元": 10**6,
    "万元": 10**4,
    "千元": 10**3,
    "元": 1,
}
_WORDS: Final = {**UNITS, **{name.removesuffix("元"): yuan for name, yuan in UNITS.items()}}
_FOREIGN: Final = re.compile(
    "美元|港元|港币|欧元|日元|英镑|USD|HKD|EUR|JPY|GBP|[$€£]", re.IGNORECASE
)
#: full-width digits and signs, as Chinese input methods leave them
_HALF: Final = str.maketrans("０１２３４５６７８９，．－−（）", "0123456789,.--()")
_FILLING: Final = re.compile("[\\s\u3000\u00a0￥¥]|人民币|RMB")
_TYPED: Final = re.compile(r"([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(\D*)", re.ASCII)
_NAMED: Final = re.compile(
    r"[(（\[【/:：]\s*(?:单位[:：]?)?\s*((?:亿|千万|百万|万|千)?元)\s*[)）\]】]?\s*$"
)


class MoneyFault(ValueError):
    """A text is no sum of money in yuan; ``code`` says why.

    ``money_wrong``: not one number; ``money_unit``: its unit is not known; ``money_currency``:
    it is in another currency, which has no rate here; ``money_parts``: a part of a yuan;
    ``money_negative``: below nothing.
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text


def read_money(text: str, unit: str = "万元") -> int:
    """Whole yuan: ``1.2亿`` is 120000000, ``3,500`` in 万元 is 35000000.

    Raises:
        MoneyFault: where it is no such sum.
    """
    bare = _FILLING.sub("", text.translate(_HALF))
    if _FOREIGN.search(bare):
        raise MoneyFault("money_currency", text)
    found = _TYPED.fullmatch(bare)
    if found is None:
        raise MoneyFault("money_wrong", text)
    sign, digits, behind = found.groups()
    factor = _WORDS.get(behind) if behind else UNITS[unit]
    if factor is None:
        raise MoneyFault("money_unit", text)
    yuan = Decimal(digits.replace(",", "")) * factor
    if sign == "-" and yuan:
        raise MoneyFault("money_negative", text)
    if yuan != yuan.to_integral_value():
        raise MoneyFault("money_parts", text)
    return int(yuan)


def unit_named(head: str) -> str:
    """The unit that a column's head names: 总投资（亿元） is 亿元; empty where it names none."""
    found = _NAMED.search(head)
    return found[1] if found and found[1] in UNITS else ""


def without_unit(head: str) -> str:
    """The head of a column without the unit that it names: 总投资（亿元） is 总投资."""
    return _NAMED.sub("", head) if unit_named(head) else head


def in_unit(yuan: int | None, unit: str = "万元") -> str:
    """The exact figure in a unit without its name, for forms and files: 35000000 is 3500."""
    if yuan is None:
        return ""
    figure = Decimal(yuan) / UNITS[unit]
    return format(figure.normalize(), "f") if figure else "0"


def money_words(yuan: int | None, lang: str = "zh") -> str:
    """The sum as a page says it, at most two decimals: 1.25 亿元, 3,500 万元, 800 元."""
    if yuan is None:
        return ""
    for name in ("亿元", "万元", "元"):
        if abs(yuan) >= UNITS[name] or name == "元":
            figure = round(Decimal(yuan) / UNITS[name], 2)
            text = f"{figure:,.2f}".rstrip("0").rstrip(".")
            return f"¥{Decimal(yuan) / 10**6:,.2f} m" if lang == "en" else f"{text} {name}"
    raise AssertionError("yuan always fit")
