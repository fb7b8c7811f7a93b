"""What a failed rule answers (审核结果): which cells, in words, with the arithmetic.

税收合计 100.00 ≠ 其中：增值税 60.00 + 其中：企业所得税 30.00 = 90.00；相差 10.00
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from hexi.statistics.checking.exact import Given, number_function, verdict
from hexi.statistics.checking.given import Around, Return, given_for, row_codes
from hexi.statistics.checking.meaning import (
    Arithmetic,
    Constant,
    Extreme,
    Magnitude,
    Nothing,
    Number,
    Pick,
    Read,
    ZeroIfMissing,
    reads,
)
from hexi.statistics.checking.message import MISSING_WORD, Message, number_text
from hexi.statistics.checking.rules import Rule
from hexi.statistics.checking.sources import Source
from hexi.statistics.forms import Form, Forms

__all__ = ["Answer", "Cell", "check_return", "labels_of", "spoken"]

Language = Literal["zh", "en"]
_SIGNS: Final = {"=": "≠", "!=": "=", "<": "≥", "<=": ">", ">": "≤", ">=": "<"}
_WORDS: Final = {
    "last": ("上期", "last period"),
    "year_ago": ("上年同期", "a year ago"),
    "prior": ("上年同期栏", "column for last year"),
    "sum": ("各行合计", "sum of rows"),
    "count": ("行数", "rows"),
    "within": ("期内合计", "sum within"),
    "children": ("下级合计", "sum of units below"),
    "peers_low": ("同类下界", "low fence of peers"),
    "peers_high": ("同类上界", "high fence of peers"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure that a failure points at."""

    #: the source as the language writes it
    source: str
    label: str
    label_en: str
    #: its figure as printed; 未填 where missing
    value: str
    #: item, cover field or row item, where the reporter can put it right; else empty
    item: str
    #: code of the dynamic row; empty for a cell of the form itself
    row: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict of one rule on one return or row."""

    rule: Rule
    #: code of the dynamic row; empty for a rule on the whole return
    row: str
    #: True holds, False fails, None does not apply or cannot be told
    verdict: bool | None
    message: str = ""
    message_en: str = ""
    arithmetic: str = ""
    arithmetic_en: str = ""
    cells: tuple[Cell, ...] = ()
    #: the figures by source, exact: what an explanation binds to
    values: tuple[tuple[str, str], ...] = ()


def check_return(
    rules: Iterable[Rule],
    form: Form,
    forms: Forms,
    filled: Return,
    around: Around | None = None,
) -> list[Answer]:
    """The answer of every rule that is in use for the return's period, in the order of the rules.

    A rule on dynamic rows answers once for each row.
    """
    used = [rule for rule in rules if rule.applies(filled.period)]
    labels = labels_of((source for rule in used for source in rule.sources), form, forms)
    found: list[Answer] = []
    for rule in used:
        rows = [(rule.rows, code) for code in row_codes(filled, rule.rows)] if rule.rows else [None]
        for row in rows:
            given = given_for(rule.sources, filled, form.frequency, around, row)
            found.append(_answer(rule, row[1] if row else "", given, labels))
    return found


def _answer(rule: Rule, row: str, given: Given, labels: Mapping[str, tuple[str, str]]) -> Answer:
    found = verdict(rule.when, rule.check, given)
    if found is not False:
        return Answer(rule, row, found)
    return Answer(
        rule,
        row,
        found,
        message=spoken(rule.message, given, "zh"),
        message_en=spoken(rule.message_en, given, "en"),
        arithmetic=_arithmetic(rule, given, labels, "zh"),
        arithmetic_en=_arithmetic(rule, given, labels, "en"),
        cells=tuple(_cell(source, row, given, labels) for source in rule.cells),
        values=tuple((source.key, _exact(given.get(source.key))) for source in rule.cells),
    )


def _exact(value: Fraction | str | None) -> str:
    """A figure as a text that two equal figures share: what explanations are compared by."""
    if value is None or isinstance(value, str):
        return value or ""
    # What is read is kept with four decimals at most.
    return f"{Decimal(int(value * 10_000)).scaleb(-4).normalize():f}"


def _cell(source: Source, row: str, given: Given, labels: Mapping[str, tuple[str, str]]) -> Cell:
    zh, en = labels[source.key]
    on_page = source.on_page and source.kind != "count"
    printed = _printed(given.get(source.key), source.decimals, "zh")
    in_row = row if source.kind == "row" else ""
    return Cell(source.key, zh, en, printed, source.name if on_page else "", in_row)


def _printed(value: Fraction | str | None, decimals: int, language: Language) -> str:
    if value is None:
        return MISSING_WORD[language]
    return value if isinstance(value, str) else number_text(value, decimals)


def spoken(message: Message, given: Given, language: Language) -> str:
    """A message with its figures filled in."""
    words = []
    for part in message.parts:
        if isinstance(part, str):
            words.append(part)
        elif isinstance(part.value, Read) and part.value.source.type == "text":
            words.append(_printed(given.get(part.value.source.key), 0, language))
        else:
            value = number_function(part.value)(given)
            known = value is not None
            text = number_text(value, part.decimals, part.percent) if value is not None else ""
            words.append(text if known else MISSING_WORD[language])
    return "".join(words)


def _arithmetic(
    rule: Rule, given: Given, labels: Mapping[str, tuple[str, str]], language: Language
) -> str:
    if rule.left is None or rule.right is None:
        return ""
    left, right = number_function(rule.left)(given), number_function(rule.right)(given)
    if left is None or right is None:
        return ""
    decimals = _decimals(rule.left, rule.right)
    sides = [
        _side(side, value, given, labels, language, decimals)
        for side, value in ((rule.left, left), (rule.right, right))
    ]
    apart = number_text(abs(left - right), decimals)
    end = f"；相差 {apart}" if language == "zh" else f"; {apart} apart"
    return f"{sides[0]} {_SIGNS[rule.operator]} {sides[1]}{end}"


def _decimals(*sides: Number) -> int:
    return max((source.decimals for side in sides for source in reads(side)), default=2)


def _side(
    side: Number,
    value: Fraction,
    given: Given,
    labels: Mapping[str, tuple[str, str]],
    language: Language,
    decimals: int,
) -> str:
    words = _worded(side, given, labels, language)
    simple = isinstance(side, Read | Constant | ZeroIfMissing)
    return words if simple else f"{words} = {number_text(value, decimals)}"


def _worded(
    number: Number, given: Given, labels: Mapping[str, tuple[str, str]], language: Language
) -> str:
    """A number as its reader would write it out, every figure with its name."""

    def inner(part: Number) -> str:
        return _worded(part, given, labels, language)

    match number:
        case Constant(value):
            return f"{value:f}"
        case Nothing():
            return MISSING_WORD[language]
        case Read(source):
            label = labels[source.key][language == "en"]
            return f"{label} {_printed(given.get(source.key), source.decimals, language)}"
        case Arithmetic("-", Constant(zero), right) if not zero:
            return f"-{inner(right)}"
        case Arithmetic(operator, left, right):
            sign = {"*": "×", "/": "÷"}.get(operator, operator)
            pair = [
                f"({inner(part)})" if _loose(operator, part, second) else inner(part)
                for part, second in ((left, False), (right, True))
            ]
            return f"{pair[0]} {sign} {pair[1]}"
        case Magnitude(operand):
            return f"|{inner(operand)}|"
        case ZeroIfMissing(operand):
            return inner(operand)
        case Extreme(which, operands):
            return f"{which}({', '.join(map(inner, operands))})"
        case Pick(_, then, Nothing()):
            return inner(then)
        case Pick(_, then, otherwise):
            return f"[{inner(then)} | {inner(otherwise)}]"


def _loose(operator: str, part: Number, second: bool) -> bool:
    """Whether a part of a difference, product or quotient needs brackets."""
    if not isinstance(part, Arithmetic) or operator == "+":
        return False
    sums = part.operator in "+-"
    if operator == "/":
        return sums or second
    return sums and (operator == "*" or second)


def labels_of(sources: Iterable[Source], form: Form, forms: Forms) -> dict[str, tuple[str, str]]:
    """The name of every source in both languages, by its key."""
    return {source.key: _label(source, form, forms) for source in sources}


def _label(source: Source, form: Form, forms: Forms) -> tuple[str, str]:
    zh, en = _plain_label(source, form, forms)
    for word in (source.kind, source.shift):
        if word in _WORDS:
            more_zh, more_en = _WORDS[word]
            zh, en = f"{zh}（{more_zh}）", f"{en} ({more_en})"
    return zh, en


def _plain_label(source: Source, form: Form, forms: Forms) -> tuple[str, str]:
    match source.kind:
        case "month":
            return "月份", "month"
        case "reporter":
            return f"名录：{source.name}", f"register: {source.name}"
        case "cover":
            field = next(field for field in form.cover if field.code == source.name)
            return field.name, field.name_en
        case "count":
            section = form.section(source.name)
            return section.name, section.name_en
        case _:
            home = forms.latest(source.form) if source.form not in ("", form.id) else form
            item = next(item for item in home.every_item() if item.code == source.name)
            if home is form:
                return item.name, item.name_en
            return f"{home.name}：{item.name}", f"{home.name_en}: {item.name_en}"
