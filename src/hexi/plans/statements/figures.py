"""Figures: a numeral with its unit, found in running text.

A figure is what a statement hangs on: ``80.1亿美元``, ``240 余条``, ``3.26吨标准煤/万元``, the
first half of ``9-10天``, ``翻一番``, an implied numeral (``亿元以上项目``). Dates, ordinals,
road numbers and other digits are no figures: no unit of the lexicon follows them, or they stand
behind a
mark that makes them a name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Literal

from hexi.plans.statements.figure import Figure, FigureKind, unit_kinds
from hexi.plans.statements.lexicon import alternatives, table, words
from hexi.plans.statements.wordy import wordy_figures
from hexi.quantities import numerals

__all__ = ["Figure", "FigureKind", "find_figures"]


_DIGIT = "[0-9０-９]"
_LOST = "\ue000-\uf8ff"
_NUMERAL = rf"{_DIGIT}+(?:[,，]{_DIGIT}{{3}}(?!{_DIGIT}))*(?:[.．{_LOST}]{_DIGIT}+)?"
_NORMAL = {
    "％": "%", "百分点": "个百分点", "hm²": "hm2", "㎡": "平方米", "m2": "平方米", "m3": "立方米",
    "港币": "港元", "吨标煤": "吨标准煤", "标准煤": "吨标准煤",
}  # fmt: skip


@cache
def _pattern() -> re.Pattern[str]:
    magnitude = alternatives(tuple(table("figures")["magnitudes"]))
    base = alternatives(tuple(sorted(unit_kinds(), key=lambda word: (-len(word), word))))
    per = alternatives(words("figures", "per"))
    currency = "(?:元(?:人民币)?)"
    unit = (
        rf"(?P<unit>(?P<mag>{magnitude})?(?P<within>[余多])?\s*(?:(?P<base>{base})(?:\s*[/／·•每]\s*(?P<per>{per})){{0,2}})"
        rf"|(?P<bare>万亿|亿|千万|百万|万)(?=[，。；、,;）)的以左]|$))"
    )
    never = alternatives(words("figures", "never_after"))
    return re.compile(
        rf"(?:(?<![0-9０-９A-Za-z#第〔\[.．_{_LOST}])|(?<=第)(?={_DIGIT}+\s*[位名]))"
        rf"(?P<num>{_NUMERAL})"
        rf"(?:(?P<tail>\s*(?:{currency})?\s*)(?P<dash>[-－—–~～至]{{1,2}})\s*(?P<num2>{_NUMERAL}))?"
        rf"(?P<gap>\s*)(?P<more>[余多几]\s*)?{unit}(?!{never})"
    )


def find_figures(text: str) -> list[Figure]:
    """All figures of a logical text, in order. Linear in the length of the text."""
    found: list[Figure] = []
    if re.search(_DIGIT, text):
        for match in _pattern().finditer(text):
            found.extend(_read(text, match))
        if "结构" in text or "业比" in text or "之比" in text:
            found.extend(_structure(text))
        found.extend(_indexes(text))
    found.extend(wordy_figures(text))
    return _join_ranges(text, _disjoint(found))


def _disjoint(found: list[Figure]) -> list[Figure]:
    """In order of place; of two that overlap, the one that begins first."""
    kept: list[Figure] = []
    for figure in sorted(found, key=lambda f: f.start):
        if not kept or figure.start >= kept[-1].end:
            kept.append(figure)
    return kept


def _join_ranges(text: str, found: list[Figure]) -> list[Figure]:
    """3%-4%: two figures of one unit with nothing but a dash between them are a range."""
    for at in range(len(found) - 1):
        low, high = found[at], found[at + 1]
        if low.unit == high.unit and _DASH.fullmatch(text, low.end, high.start):
            found[at] = replace(low, bound="ge", flags=(*low.flags, "range"))
            found[at + 1] = replace(high, bound="le", flags=(*high.flags, "range"))
    return found


#: 列全省后5名: a place, where no one is counted after it
_ENDS = re.compile(r"[的之，,。；;、）)]|以[内外]|$")
_MINUS = re.compile(r"[长速幅为率降][-－−]$")
_DASH = re.compile(r"\s*[-－—–~～至]{1,2}\s*")


def _read(text: str, match: re.Match[str]) -> list[Figure]:
    base, bare = match["base"], match["bare"]
    kind: FigureKind = unit_kinds()[base] if base else "money"
    start = match.start("num")
    minus = kind == "percent" and bool(_MINUS.search(text, max(0, start - 4), start))
    if not _allowed(text, match, kind):
        return []
    if base == "年" and kind == "duration" and not _is_rule(text, match):
        return []
    if base == "名" and text[start - 1 : start] in ("前", "后") and _ENDS.match(text, match.end()):
        kind = "rank"
    unit = _normal_unit(match)
    flags: list[str] = []
    if bare:
        flags.append("implied_unit")
    if match["num2"] is None:
        bound: Literal["eq", "ge"] = "ge" if match["more"] or match["within"] else "eq"
        one = _figure(start, match.end(), match["num"], unit, kind, bound, flags)
        if one and minus:
            # 同比增长-3.6%: a decline by its sign
            one = replace(one, start=start - 1, printed="-" + one.printed, value=-one.value)
        return [one] if one else []
    low = _figure(start, match.end("num"), match["num"], unit, kind, "ge", [*flags, "range"])
    high = _figure(
        match.start("num2"), match.end(), match["num2"], unit, kind, "le", [*flags, "range"]
    )
    return [figure for figure in (low, high) if figure]


def _figure(
    start: int,
    end: int,
    printed: str,
    unit: str,
    kind: FigureKind,
    bound: Literal["eq", "ge", "le"],
    flags: list[str],
) -> Figure | None:
    numeral = numerals.read(printed)
    if numeral is None:
        return None
    if numeral.lost_point:
        flags = [*flags, "lost_point"]
    value = Decimal(numeral.value)
    return Figure(start, end, printed, value, unit, kind, bound, tuple(flags))


def _normal_unit(match: re.Match[str]) -> str:
    if match["bare"]:
        return str(match["bare"]) + "元"
    base = _NORMAL.get(match["base"], match["base"])
    unit = (match["mag"] or "") + base
    if match["per"]:
        raw = match["unit"]
        tail = re.sub(r"\s", "", raw[raw.index(match["base"]) + len(match["base"]) :])
        unit += tail.replace("／", "/").replace("每", "/")
    return unit


#: 10部门, 3部分: 部 is the beginning of another word
_BODY_PART = re.compile(r"\s*[门分署队长级委属]")


def _allowed(text: str, match: re.Match[str], kind: FigureKind) -> bool:
    """False for digits that are names, dates or addresses though a unit word follows."""
    start, end = match.start("num"), match.end()
    before = text[start - 1] if start else ""
    if before in "-－—–~～" and start > 1 and text[start - 2].isdigit():
        return False
    base, digits = match["base"], match["num"]
    if base == "部" and _BODY_PART.match(text, end):
        return False
    if base == "日" and not _limit().search(text, max(0, start - 12), end + 6):
        return False
    if base in ("年", "日", "个月") and text[end : end + 1] in ("前", "后", "起", "代", "度", "间"):
        return False
    if base in ("年", "个") and base == "年" and len(digits) == 4:
        return False
    if kind == "duration" and before in "月":
        return False
    if base == "个月" and before in "前头近":
        return False
    if kind == "count" and text[end : end + 1] == "月":
        return False
    # a big 大 between numeral and noun announces a list (十大工程); names of series (5G, 3D) too
    return not (kind == "count" and base in ("部", "门", "对", "次", "级") and before in "第")


@cache
def _limit() -> re.Pattern[str]:
    return re.compile(alternatives(words("figures", "limit")))


def _is_rule(text: str, match: re.Match[str]) -> bool:
    """Years count only as the limit of a rule (可在5年内)."""
    return bool(
        re.search(
            r"(?:可|可以|不得|须|应)在?\s*$",
            text[max(0, match.start("num") - 4) : match.start("num")],
        )
        and text[match.end() : match.end() + 1] == "内"
    )


def _structure(text: str) -> list[Figure]:
    """三次产业结构为6.8:44.1:49.1: the shares of the three sectors."""
    found: list[Figure] = []
    for match in _SECTORS.finditer(text):
        for at in range(1, 4):
            numeral = numerals.read(match[at])
            if numeral is not None:
                start, end = match.span(at)
                value = Decimal(numeral.value)
                flags = ("structure", str(at))
                found.append(Figure(start, end, match[at], value, "%", "percent", "eq", flags))
    return found


def _indexes(text: str) -> list[Figure]:
    """容积率不小于1.2: values of indicators that have no unit."""
    found: list[Figure] = []
    for match in _index().finditer(text):
        for group in ("low", "num"):
            numeral = numerals.read(match[group]) if match[group] else None
            if numeral is not None:
                start, end = match.span(group)
                value = Decimal(numeral.value)
                found.append(Figure(start, end, match[group], value, "", "measure"))
    return found


@cache
def _index() -> re.Pattern[str]:
    names = alternatives(words("figures", "unitless"))
    return re.compile(
        rf"(?:{names})[^，。；、\d]{{0,12}}(?:(?P<low>\d+(?:[.．]\d+)?)[^，。；、\d]{{1,5}}[到至为])?"
        r"(?P<num>\d+(?:[.．]\d+)?)(?=[，,。；;、）)\s以左]|$)"
    )


_PART = r"(\d{1,2}(?:[.．]\d+)?)"
_SECTORS = re.compile(
    rf"(?<=[为由到至的构比]){_PART}\s*[:：∶]\s*{_PART}\s*[:：∶]\s*{_PART}(?![\d:：∶])"
)
