"""Automatic numbering of Word documents (自动编号): what stands before a paragraph but in no text.

第一章, （一） and 1. are mostly not typed but counted by Word: a paragraph, or its style, points
to a list level with a number format and a template such as 第%1章. Without them a plan has no
chapters.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

__all__ = ["Numbering", "format_number"]

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL: Final = _W + "val"
_DIGITS: Final = "〇一二三四五六七八九"
_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _counted(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """一, 十, 二十三, 一百零五: counting as one speaks."""
    if number <= 0:
        return digits[0]
    if number >= 10_000:
        return str(number)
    zero = "零"
    out, pending = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if not digit:
            pending = bool(out)
            continue
        out += zero if pending else ""
        out += digits[digit] + (units[power - 1] if power else "")
        pending = False
    if 10 <= number < 20 and digits is _DIGITS:
        out = out[1:]
    return out


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def _letters(number: int) -> str:
    index = (number - 1) % 26
    return chr(ord("a") + index) * ((number - 1) // 26 + 1) if number > 0 else ""


def _circled(number: int) -> str:
    return chr(0x245F + number) if 1 <= number <= 20 else f"({number})"


def format_number(number: int, form: str) -> str:
    """A number in one of Word's number formats."""
    number = min(number, 1_000_000)
    if form in {"bullet", "none"}:
        return ""
    if form in {"chineseCounting", "chineseCountingThousand", "taiwaneseCounting",
                "taiwaneseCountingThousand", "japaneseCounting", "koreanCounting"}:  # fmt: skip
        return _counted(number)
    if form in {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form in {"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"}:
        return _counted(number, _LEGAL, "拾佰仟")
    if form == "ideographTraditional":
        return _STEMS[(number - 1) % 10]
    if form == "ideographZodiac":
        return _BRANCHES[(number - 1) % 12]
    if form in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese",
                "ideographEnclosedCircle"}:  # fmt: skip
        return _circled(number)
    if form in {"decimalEnclosedParen"}:
        return f"（{number}）"
    if form in {"decimalFullWidth", "decimalFullWidth2"}:
        return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
    if form == "decimalZero":
        return f"{number:02d}"
    if form in {"upperLetter", "lowerLetter"}:
        text = _letters(number)
        return text.upper() if form == "upperLetter" else text
    if form in {"upperRoman", "lowerRoman"} and 0 < number < 4000:
        text = _roman(number)
        return text.upper() if form == "upperRoman" else text
    return str(number)


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    template: str = ""
    suffix: str = "tab"
    #: all numbers of the template as plain figures (isLgl)
    legal: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of one document, counting as its paragraphs go by."""

    #: numId -> (abstractNumId, levels)
    _lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    #: abstract list -> counters of its nine levels (None: not yet used)
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _overridden: set[tuple[str, int]] = field(default_factory=set)
    _restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    #: the numbering part, until the first numbered paragraph: most plans number by hand
    _unread: etree._Element | None = None

    @classmethod
    def of(cls, root: etree._Element | None) -> Numbering:
        """The lists that a document's numbering part declares."""
        return cls(_unread=root)

    def _declare(self, root: etree._Element) -> None:
        abstract: dict[str, dict[int, _Level]] = {}
        linked: dict[str, str] = {}
        for element in root.iter(_W + "abstractNum"):
            key = element.get(_W + "abstractNumId", "")
            abstract[key] = {
                _integer(level.get(_W + "ilvl")): _level(level)
                for level in element.iterchildren(_W + "lvl")
            }
            link = element.find(_W + "numStyleLink")
            if link is not None:
                linked[key] = link.get(_VAL, "")
            name = element.find(_W + "styleLink")
            if name is not None:
                abstract["style:" + name.get(_VAL, "")] = abstract[key]
        for key, style in linked.items():
            abstract[key] = abstract.get("style:" + style, abstract[key])
        for element in root.iter(_W + "num"):
            self._add(element, abstract)

    def _add(self, element: etree._Element, abstract: dict[str, dict[int, _Level]]) -> None:
        key = element.get(_W + "numId", "")
        reference = element.find(_W + "abstractNumId")
        base = reference.get(_VAL, "") if reference is not None else ""
        levels = dict(abstract.get(base, {}))
        for override in element.iterchildren(_W + "lvlOverride"):
            at = _integer(override.get(_W + "ilvl"))
            own = override.find(_W + "lvl")
            if own is not None:
                levels[at] = _level(own)
            start = override.find(_W + "startOverride")
            if start is not None:
                self._restarts[key, at] = _integer(start.get(_VAL), 1)
                levels[at] = replace(levels.get(at, _Level()), start=_integer(start.get(_VAL), 1))
        self._lists[key] = (base, levels)

    def next(self, list_id: str, at: int) -> str:
        """The number that stands before the next paragraph of a list level."""
        if self._unread is not None:
            self._declare(self._unread)
            self._unread = None
        if list_id not in self._lists or not 0 <= at <= 8:
            return ""
        base, levels = self._lists[list_id]
        level = levels.get(at)
        if level is None:
            return ""
        counters = self._counters.setdefault(base, [None] * 9)
        if (list_id, at) in self._restarts and (list_id, at) not in self._overridden:
            self._overridden.add((list_id, at))
            counters[at] = None
        current = counters[at]
        counters[at] = level.start if current is None else current + 1
        for upper in range(at):
            if counters[upper] is None:
                counters[upper] = levels.get(upper, _Level()).start
        for deeper in range(at + 1, 9):
            counters[deeper] = None
        return self._written(level, levels, counters)

    def _written(self, level: _Level, levels: dict[int, _Level], counters: list[int | None]) -> str:
        if level.form == "none":
            return ""
        if level.form == "bullet":
            return "● "
        text = level.template
        for place in range(9):
            sign = f"%{place + 1}"
            if sign in text:
                form = "decimal" if level.legal else levels.get(place, _Level()).form
                text = text.replace(sign, format_number(counters[place] or 0, form))
        if level.suffix == "nothing" or not text:
            return text
        # a tab after 一、 or （一） is layout; after 第一章 or 1.1 it parts number and words
        parts = text[-1].isalnum() or level.suffix == "space"
        return text + " " if parts else text


def _integer(text: str | None, default: int = 0) -> int:
    try:
        return int(text or default)
    except ValueError:
        return default


def _level(element: etree._Element) -> _Level:
    def value(name: str, default: str) -> str:
        child = element.find(_W + name)
        return default if child is None else child.get(_VAL, default)

    form = value("numFmt", "decimal")
    return _Level(
        start=_integer(value("start", "1"), 1),
        form=form,
        template=value("lvlText", ""),
        suffix=value("suff", "tab"),
        legal=element.find(_W + "isLgl") is not None,
    )
