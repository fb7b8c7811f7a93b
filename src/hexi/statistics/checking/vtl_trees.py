"""Identities over a tree of items as VTL 2.1 (层次规则集): trade = export + import.

Such a rule set runs by ``check_hierarchy`` over facts as they lie: reporter, item, value. VTL's
mode says what missing items are: with ``non_null`` a rule waits until all are there (our skip_any),
with ``non_zero`` they are zero. What VTL leaves out is a tolerance: it gives the imbalance, and the
statement that runs the rule set keeps what exceeds it. So one rule set has one mode and one
tolerance. Sides of which only some may be missing (skip_all) have no mode, and stay with the
data-point rule sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from hexi.catalogue.faults import Fault
from hexi.statistics.checking.meaning import (
    Arithmetic,
    Compared,
    Constant,
    Magnitude,
    Number,
    Read,
    ZeroIfMissing,
)
from hexi.statistics.checking.rules import Rule
from hexi.statistics.checking.vtl_export import ERROR_LEVELS
from hexi.statistics.checking.vtl_words import Stop, Words

__all__ = ["TreeRuleset", "export_trees", "read_trees"]

#: how VTL treats items that are not there, to our missing strategy
_MODES: Final = {
    "non_null": "skip_any",
    "partial_null": "skip_any",
    "always_null": "skip_any",
    "non_zero": "zero",
    "partial_zero": "zero",
    "always_zero": "zero",
}


class _NotSaid(Exception):
    """Why a rule is no identity over items, in both languages."""


@dataclass(frozen=True)
class TreeRuleset:
    """One ``define hierarchical ruleset``, and the statement that runs it on ``DS``."""

    name: str
    text: str
    #: ``DS_r <- check_hierarchy(...)``; DS has reporter, item and value
    statement: str
    #: codes of the items that it reads
    items: tuple[str, ...]
    #: keys of the rules in it
    rules: tuple[str, ...]


@dataclass(frozen=True)
class _Identity:
    rule: Rule
    left: str
    #: sign and item
    right: tuple[tuple[str, str], ...]
    mode: str
    tolerance: Decimal


def export_trees(
    rules: Iterable[Rule],
) -> tuple[list[TreeRuleset], dict[str, tuple[str, str]]]:
    """Identities of one form and version as hierarchical rulesets.

    Returns:
        The rulesets, and the key of each rule of the kind identity that is none, with its reason
        (Chinese, English).
    """
    groups: dict[tuple[str, Decimal], list[_Identity]] = {}
    left_out: dict[str, tuple[str, str]] = {}
    for rule in rules:
        if rule.kind != "identity":
            continue
        try:
            found = _identity(rule)
        except _NotSaid as reason:
            left_out[rule.key] = reason.args[0], reason.args[1]
            continue
        groups.setdefault((found.mode, found.tolerance), []).append(found)
    return [_ruleset(number, group) for number, group in enumerate(groups.values(), 1)], left_out


def _identity(rule: Rule) -> _Identity:
    if rule.when is not None or rule.rows or rule.left is None or rule.right is None:
        raise _NotSaid("有前提条件或作用于动态行", "it has a guard, or is about rows")
    sides = [list(_terms(side, "+")) for side in (rule.left, rule.right)]
    modes = {mode for side in sides for _, _, mode in side}
    if len(modes) != 1:
        raise _NotSaid("两边缺失策略不同", "its sides treat missing figures differently")
    if len(sides[0]) > 1:
        sides.reverse()
    (sign, left, mode), *more = sides[0]
    if more or sign != "+":
        raise _NotSaid("没有一边是单个项目", "neither side is a single item")
    right = tuple((sign, item) for sign, item, _ in sides[1])
    if len({left, *(item for _, item in right)}) <= len(right):
        raise _NotSaid("同一项目出现两次", "an item is named twice")
    return _Identity(rule, left, right, mode, _tolerance(rule))


def _terms(side: Number, sign: str) -> Iterator[tuple[str, str, str]]:
    """Sign, item and VTL's mode of each part of a sum."""
    match side:
        case Read(source) if source.kind == "item" and not source.shift:
            yield sign, source.name, "non_null"
        case ZeroIfMissing(Read(source)) if source.kind == "item" and not source.shift:
            yield sign, source.name, "non_zero"
        case Arithmetic("+" | "-" as operator, left, right):
            yield from _terms(left, sign)
            yield from _terms(right, sign if operator == "+" else "-" if sign == "+" else "+")
        case _:
            zh, en = "不是本表项目的和差", "it is no sum of items of the form"
            raise _NotSaid(zh, en)


def _tolerance(rule: Rule) -> Decimal:
    match rule.check:
        case Compared("=", _, _):
            return Decimal(0)
        case Compared("<=", Magnitude(), Constant(room)):
            return room
        case _:
            raise _NotSaid("容差为相对数", "its tolerance is a share")


def _ruleset(number: int, group: list[_Identity]) -> TreeRuleset:
    head = group[0]
    rule = head.rule
    name = f"{rule.form.replace('-', '_')}_{rule.form_version}_tree_{number}"
    lines = []
    for found in group:
        parts = " ".join(f"{sign} '{item}'" for sign, item in found.right).removeprefix("+ ")
        label = "R_" + "".join(c if c.isalnum() and c.isascii() else "_" for c in found.rule.id)
        level = ERROR_LEVELS[found.rule.severity]
        lines.append(
            f"  {label}: '{found.left}' = {parts} errorcode \"{found.rule.key}\" errorlevel {level}"
        )
    text = (
        f"define hierarchical ruleset {name} (variable rule item) is\n"
        + ";\n".join(lines)
        + "\nend hierarchical ruleset;\n"
    )
    # invalid rows are those whose imbalance is not zero
    beyond = f"[filter abs('imbalance') > {head.tolerance:f}]" if head.tolerance else ""
    statement = (
        f"DS_{number} <- check_hierarchy(DS, {name} rule item {head.mode} dataset invalid)"
        f"{beyond};\n"
    )
    items = dict.fromkeys(i for found in group for i in (found.left, *(p[1] for p in found.right)))
    keys = tuple(found.rule.key for found in group)
    return TreeRuleset(name, text, statement, tuple(items), keys)


def read_trees(
    text: str, form: str, file: str, rules: list[dict[str, Any]], faults: list[Fault]
) -> None:
    """The rules of the hierarchical rulesets of a script, added to ``rules`` and ``faults``.

    How missing items and small differences count is not in a ruleset but in the statement that
    runs it; without one they are what VTL takes: ``non_null``, and none.
    """
    runs = _runs(Words(text))
    words = Words(text)
    while (ruleset := words.find("hierarchical")) is not None:
        mode, tolerance = runs.get(ruleset, ("non_null", ""))
        while not words.at_end_of_ruleset():
            start = words.here
            try:
                found = _rule(words, form, len(rules) + 1)
            except Stop as stop:
                line, zh, en, seen = stop.args
                faults.append(Fault(file, line, "rule", zh, seen, en))
                words.skip_rule(start)
                continue
            found["missing"] = _MODES[mode]
            rules.append(found | ({"tolerance": tolerance} if tolerance else {}))


def _rule(words: Words, form: str, number: int) -> dict[str, Any]:
    """[name :] item = item {+ | - item} [errorcode t] [errorlevel n] [;]."""
    name = words.name_of_rule(number)
    if words.word == "when":
        words.fail("没有 when 的规则", "a rule without when")
    left = words.name()
    sign = words.accept("=", ">", "<", ">=", "<=")
    if not sign:
        words.fail("=、>、<、>=、<=", "=, >, <, >= or <=")
    parts = [f"-{words.name()}" if words.accept("-") else _plain(words)]
    while operator := words.accept("+", "-"):
        parts += [operator, words.name()]
    end = words.end_of_rule(form, name)
    kind = "identity" if sign == "=" else "range"
    return {**end, "kind": kind, "check": f"{left} {sign} {' '.join(parts)}"}


def _plain(words: Words) -> str:
    words.accept("+")
    return words.name()


def _runs(words: Words) -> dict[str, tuple[str, str]]:
    """Mode and tolerance by the name of the ruleset, from the statements that run them:
    ``check_hierarchy(DS, name … mode …)[filter abs(imbalance) > 0.5]``."""
    found: dict[str, tuple[str, str]] = {}
    while not words.ended:
        if not words.accept("check_hierarchy"):
            words.here += 1
            continue
        inside: list[str] = []
        while not words.ended and not words.accept(")"):
            inside.append(words.tokens[words.here][1])
            words.here += 1
        name = inside[inside.index(",") + 1] if "," in inside[:-1] else ""
        mode = next((word for word in inside if word in _MODES), "non_null")
        found[name] = (mode, _beyond(words))
    return found


def _beyond(words: Words) -> str:
    """The tolerance of ``[filter abs(imbalance) > 0.5]``; empty where there is none."""
    ahead = [word for _, word, _ in words.tokens[words.here : words.here + 8]]
    if ahead[:7] == ["[", "filter", "abs", "(", "imbalance", ")", ">"]:
        return ahead[7]
    return ""
