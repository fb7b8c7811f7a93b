"""Rules as VTL 2.1 (VTL 导出): data-point rulesets that other statistical offices can run.

Exported is what both can say: conditions over cells of the return, their last and last-year
figures, and fields of cover and register, each a component of one data set. The rest is named
with the reason. Components stand in quotes, since VTL has words of its own (output). VTL calls a
rule satisfied where its ``when`` is false; here it does not apply. Which rows fail is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hexi.statistics.checking.meaning import (
    Absent,
    Arithmetic,
    Both,
    Compared,
    Condition,
    Constant,
    Extreme,
    Magnitude,
    Nothing,
    Number,
    Pick,
    Read,
    Starts,
    TextConstant,
    Truth,
    Turned,
    Value,
    ZeroIfMissing,
)
from hexi.statistics.checking.rules import Rule
from hexi.statistics.checking.sources import Source

__all__ = ["ERROR_LEVELS", "Ruleset", "component", "export_rules"]

#: VTL's errorlevel for each severity
ERROR_LEVELS: Final = {"hard": 3, "explain": 2, "info": 1}


class _NotSaid(Exception):
    """What VTL has no words for, in both languages."""


@dataclass(frozen=True)
class Ruleset:
    """One ``define datapoint ruleset``, over whole returns or over rows of one section."""

    name: str
    text: str
    #: component of the data set to source
    components: dict[str, Source]
    #: key of each rule that is left out, with the reason (Chinese, English)
    left_out: dict[str, tuple[str, str]]


def component(source: Source) -> str:
    """The name of a source as a component: ``output``, ``output__last``, ``cover__stage``.

    Raises:
        KeyError: where a source is no component of one data set.
    """
    match source.kind:
        case "item" | "row":
            return f"{source.name}__{source.shift}" if source.shift else source.name
        case "prior" | "cover" | "reporter" if not source.shift:
            first, second = (
                (source.name, "prior") if source.kind == "prior" else (source.kind, source.name)
            )
            return f"{first}__{second}"
        case _:
            raise KeyError(source.key)


def export_rules(rules: Iterable[Rule]) -> list[Ruleset]:
    """The rules of one form and version as rulesets: one for returns, one for each rows section."""
    by_rows: dict[str, list[Rule]] = {}
    for rule in rules:
        by_rows.setdefault(rule.rows, []).append(rule)
    return [_ruleset(found) for found in by_rows.values()]


def _ruleset(rules: list[Rule]) -> Ruleset:
    lines: list[str] = []
    components: dict[str, Source] = {}
    left_out: dict[str, tuple[str, str]] = {}
    for rule in rules:
        try:
            when = f"when {_condition(rule.when)} then " if rule.when else ""
            check = _condition(rule.check)
            named = {component(source): source for source in rule.tested}
        except _NotSaid as reason:
            left_out[rule.key] = reason.args[0], reason.args[1]
            continue
        except KeyError as source:
            key = source.args[0]
            left_out[rule.key] = f"{key} 不在本表的数据集中", f"{key} is not in the data set"
            continue
        components |= named
        name = "R_" + "".join(c if c.isalnum() and c.isascii() else "_" for c in rule.id)
        level = ERROR_LEVELS[rule.severity]
        lines.append(f'  {name}: {when}{check} errorcode "{rule.key}" errorlevel {level}')
    head = rules[0]
    parts = [head.form.replace("-", "_"), head.form_version, head.rows]
    name = "_".join(part for part in parts if part)
    listed = ", ".join(f"'{name}'" for name in components)
    text = (
        f"define datapoint ruleset {name} (variable {listed}) is\n"
        + ";\n".join(lines)
        + "\nend datapoint ruleset;\n"
    )
    return Ruleset(name, text if lines else "", components, left_out)


def _condition(condition: Condition) -> str:
    match condition:
        case Compared(operator, left, right):
            return _compared(operator, left, right)
        case Both(operator, operands):
            return "(" + f" {operator} ".join(map(_condition, operands)) + ")"
        case Turned(operand):
            return f"(not {_condition(operand)})"
        case Absent(operand):
            return f"isnull({_value(operand)})"
        case Starts(text, TextConstant(start)):
            return f'(substr({_value(text)}, 1, {len(start)}) = "{start}")'
        case Truth(value):
            return "true" if value else "false"
        case _:
            raise _NotSaid("文字开头须为常量", "only a constant beginning can be said")


def _compared(operator: str, left: Value, right: Value) -> str:
    """A comparison. A side that is missing where all its figures are becomes a guard in front."""
    guards: list[Condition] = []
    first, second = _bare(left, guards), _bare(right, guards)
    compared = _with_room(operator, first, second)
    if not guards:
        return compared
    reported = " and ".join(_condition(guard) for guard in dict.fromkeys(guards))
    return f"((not ({reported})) or {compared})"


def _bare(value: Value, guards: list[Condition]) -> Value:
    """A value without the choices that make it missing; their conditions are gathered."""
    match value:
        case Pick(condition, then, Nothing()) if _never_unknown(condition):
            guards.append(condition)
            return _bare(then, guards)
        case Arithmetic(operator, left, right):
            return Arithmetic(operator, _number(left, guards), _number(right, guards))
        case Magnitude(operand):
            return Magnitude(_number(operand, guards))
        case Extreme(which, operands):
            return Extreme(which, tuple(_number(part, guards) for part in operands))
        case _:
            return value


def _number(value: Number, guards: list[Condition]) -> Number:
    found = _bare(value, guards)
    assert not isinstance(found, TextConstant)
    return found


def _with_room(operator: str, left: Value, right: Value) -> str:
    """The larger of two tolerances, which VTL has no word for, is two comparisons."""
    match right:
        case Extreme("max", (Constant(), Arithmetic("*", Constant(), Magnitude())) as rooms):
            word = " and " if operator == ">" else " or "
            return "(" + word.join(_plain(operator, left, room) for room in rooms) + ")"
        case Arithmetic(
            sign,
            base,
            Extreme("max", (Constant(), Arithmetic("*", Constant(), Magnitude())) as rooms),
        ):
            parts = [Arithmetic(sign, base, room) for room in rooms]
            return "(" + " or ".join(_plain(operator, left, part) for part in parts) + ")"
        case _:
            return _plain(operator, left, right)


def _plain(operator: str, left: Value, right: Value) -> str:
    return f"({_value(left)} {'<>' if operator == '!=' else operator} {_value(right)})"


def _value(value: Value) -> str:
    match value:
        case TextConstant(text):
            return f'"{text}"'
        case Constant(number):
            return f"({number:f})" if number < 0 else f"{number:f}"
        case Read(source):
            return f"'{component(source)}'"
        case Arithmetic(operator, left, right):
            return f"({_value(left)} {operator} {_value(right)})"
        case Magnitude(operand):
            return f"abs({_value(operand)})"
        case ZeroIfMissing(operand):
            return f"nvl({_value(operand)}, 0)"
        case Pick(condition, then, otherwise) if _never_unknown(condition):
            return f"(if {_condition(condition)} then {_value(then)} else {_value(otherwise)})"
        case Pick():
            zh, en = "条件可能未知的选择", "a choice whose condition can be unknown"
            raise _NotSaid(zh, en)
        case Extreme():
            raise _NotSaid("min、max 作用于一行之内", "min and max within a row")
        case _:
            raise _NotSaid("空值", "a missing value")


def _never_unknown(condition: Condition) -> bool:
    match condition:
        case Absent() | Truth():
            return True
        case Both(_, operands):
            return all(map(_never_unknown, operands))
        case Turned(operand):
            return _never_unknown(operand)
        case _:
            return False
