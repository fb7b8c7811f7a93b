"""Rules for the browser (浏览器端审核): the meaning of each rule as JSON, decimals as texts.

``static/hexi/js/checking.js`` reads this and comes to the same verdicts while a return is being
filled in. The tree is nested lists, each beginning with what it is:

    ["n", "0.5"] number   ["x", key] source   ["0"] nothing   ["t", "C"] text
    ["+", a, b] - * /   ["abs", a]   ["zero", a]   ["min", ...]   ["max", ...]   ["if", c, a, b]
    ["<=", a, b] and the other comparisons   ["and", ...]   ["or", ...]   ["not", a]
    ["absent", a]   ["starts", text, beginning]   ["true"]   ["false"]
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hexi.statistics.checking.answers import labels_of
from hexi.statistics.checking.given import Around, Return, given_for
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
from hexi.statistics.checking.message import Message, Slot
from hexi.statistics.checking.rules import Rule
from hexi.statistics.checking.sources import Source
from hexi.statistics.forms import Form, Forms

__all__ = ["around_record", "rules_record", "tree"]

#: raised when what the tree or the record looks like changes
FORMAT = 1


def tree(node: Condition | Value) -> list[Any]:
    """A node as nested lists."""
    match node:
        case Constant(value):
            return ["n", f"{value:f}"]
        case Nothing():
            return ["0"]
        case Read(source):
            return ["x", source.key]
        case TextConstant(value):
            return ["t", value]
        case Arithmetic(operator, left, right) | Compared(operator, left, right):
            return [operator, tree(left), tree(right)]
        case Magnitude(operand):
            return ["abs", tree(operand)]
        case ZeroIfMissing(operand):
            return ["zero", tree(operand)]
        case Extreme(word, operands) | Both(word, operands):
            return [word, *(tree(part) for part in operands)]
        case Pick(condition, then, otherwise):
            return ["if", tree(condition), tree(then), tree(otherwise)]
        case Starts(text, start):
            return ["starts", tree(text), tree(start)]
        case Absent(operand):
            return ["absent", tree(operand)]
        case Turned(operand):
            return ["not", tree(operand)]
        case Truth(value):
            return ["true" if value else "false"]


def rules_record(rules: Iterable[Rule], form: Form, forms: Forms) -> dict[str, Any]:
    """All rules of a form as one JSON-ready record, with what they read and how it is called."""
    kept = list(rules)
    sources = dict.fromkeys(source for rule in kept for source in rule.sources)
    labels = labels_of(sources, form, forms)
    return {
        "format": FORMAT,
        "form": form.id,
        "version": form.version,
        "sources": {source.key: _source(source, labels[source.key]) for source in sources},
        "rules": [_rule(rule) for rule in kept],
    }


def _source(source: Source, label: tuple[str, str]) -> dict[str, Any]:
    return {
        "kind": source.kind,
        "name": source.name,
        "type": source.type,
        "shift": source.shift,
        "decimals": source.decimals,
        "page": source.on_page,
        "label": {"zh": label[0], "en": label[1]},
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "key": rule.key,
        "kind": rule.kind,
        "severity": rule.severity,
        "name": {"zh": rule.name, "en": rule.name_en},
        "rows": rule.rows,
        "since": rule.since,
        "until": rule.until,
        "when": tree(rule.when) if rule.when else None,
        "check": tree(rule.check),
        "left": _side(rule.left),
        "right": _side(rule.right),
        "operator": rule.operator,
        "cells": [source.key for source in rule.cells],
        "message": {"zh": _message(rule.message), "en": _message(rule.message_en)},
    }


def _side(side: Number | None) -> list[Any] | None:
    return None if side is None else tree(side)


def _message(message: Message) -> list[Any]:
    return [_slot(part) if isinstance(part, Slot) else part for part in message.parts]


def _slot(slot: Slot) -> dict[str, Any]:
    return {"value": tree(slot.value), "decimals": slot.decimals, "percent": slot.percent}


def around_record(rules: Iterable[Rule], form: Form, period: int, around: Around) -> dict[str, Any]:
    """The figures that are not typed on the page: the page gets them together with the form.

    ``values``: source to figure. ``rows``: section, code of the row, source to figure, for rules
    on rows that look back.
    """
    kept = [rule for rule in rules if rule.applies(period)]
    blank = Return(form.id, period)
    far = dict.fromkeys(source for rule in kept for source in rule.sources if not source.on_page)
    plain = [source for source in far if source.kind != "row"]
    values = given_for(plain, blank, form.frequency, around)
    rows: dict[str, dict[str, dict[str, str | None]]] = {}
    for section in dict.fromkeys(rule.rows for rule in kept if rule.rows):
        back = [source for source in far if source.kind == "row"]
        codes = dict.fromkeys(code for r in around.returns for code in r.rows.get(section, {}))
        for code in codes if back else ():
            given = given_for(back, blank, form.frequency, around, (section, code))
            rows.setdefault(section, {})[code] = {k: _text(v) for k, v in given.items()}
    return {"values": {key: _text(value) for key, value in values.items()}, "rows": rows}


def _text(value: Fraction | str | None) -> str | None:
    """A figure as an exact decimal; none has more than four decimals."""
    if value is None or isinstance(value, str):
        return value
    return f"{Decimal(int(value * 10_000)).scaleb(-4):f}"
