"""Reading definitions (读入指标口径): files of a pack become items, lists of classes, indicators.

The forms of a pack are the home of its items; ``items.csv`` has a row for each item that comes
in other ways. ``row_lists.csv`` names lists of classes that figures asked by class are summed
over. ``computed.toml`` has a table for each indicator. Every fault is named with file, line and
key before anything is computed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from hexi.catalogue.faults import Fault
from hexi.catalogue.tables import Column, Row, Table, read_table
from hexi.catalogue.toml_lines import TomlFile, read_toml
from hexi.quantities import units
from hexi.statistics.forms import Form
from hexi.statistics.indicators.definitions import (
    BASES,
    ClassList,
    Definitions,
    Indicator,
    Item,
)
from hexi.statistics.language import ExpressionError, parse

__all__ = [
    "COMPUTED",
    "ITEMS",
    "LISTS",
    "check_definitions",
    "form_items",
    "read_definitions",
]

_KINDS = ("flow", "stock", "average", "count")
_OVER_TIME = ("sum", "average", "last", "first", "max", "min", "none")
_OVER_UNITS = ("sum", "average", "max", "min", "none")
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_ROUNDINGS = ("half_up", "half_even")
_CONFIDENTIALITY = ("open", "protected", "internal")
_NAME = re.compile(r"[^\W\d]\w*")
_MOST_DECIMALS = 6

ITEMS = Table(
    "items.csv",
    (
        Column("code", "id", required=True),
        Column("name", required=True),
        Column("name_en", required=True),
        Column("kind", required=True, choices=_KINDS),
        Column("unit", required=True),
        Column("decimals"),
        Column("over_time", required=True, choices=_OVER_TIME),
        Column("over_units", required=True, choices=_OVER_UNITS),
        Column("reported", required=True, choices=("period", "to_date")),
        Column("every", required=True, choices=tuple(_MONTHS)),
        Column("indicator", "id"),
        Column("deflator", "id"),
        Column("definition", required=True),
    ),
    optional=True,
)
LISTS = Table(
    "row_lists.csv",
    (
        Column("id", "id", required=True),
        Column("name", required=True),
        Column("name_en", required=True),
        Column("classification", "id", required=True),
        Column("classes", "many", required=True),
        Column("source", required=True),
        Column("note"),
    ),
    optional=True,
)

#: file of the computed indicators
COMPUTED = "computed.toml"
_KEYS: dict[str, tuple[type, bool]] = {
    "id": (str, True),
    "name": (str, True),
    "name_en": (str, True),
    "expression": (str, True),
    "unit": (str, True),
    "decimals": (int, True),
    "factor": (str, False),
    "rounding": (str, False),
    "growth": (str, False),
    "valid_from": (str, False),
    "valid_to": (str, False),
    "source": (str, True),
    "confidentiality": (str, False),
    "catalogue": (str, False),
}
_CHOICES: dict[str, tuple[str, ...]] = {
    "rounding": _ROUNDINGS,
    "growth": BASES,
    "confidentiality": _CONFIDENTIALITY,
}


def form_items(forms: Iterable[Form]) -> dict[str, Item]:
    """Items of forms, one cell each; the newest version of a form tells what an item is.

    Items of dynamic rows (partner countries) are figures by class; by itself such an item is the
    sum of all its rows.
    """
    found: dict[str, Item] = {}
    for form in sorted(forms, key=lambda form: form.since):
        for section in form.sections:
            for item in section.items:
                found[item.code] = Item(
                    item.code,
                    item.name,
                    item.kind,
                    item.unit,
                    item.over_time,
                    item.over_units,
                    item.name_en,
                    item.decimals,
                    item.reported,
                    _MONTHS[form.frequency],
                    item.indicator,
                    item.definition,
                    item.deflator,
                    section.rows,
                )
    return found


def read_definitions(
    root: Path, faults: list[Fault], asked: Mapping[str, Item] | None = None
) -> Definitions:
    """Items and computed indicators of a pack's folder; faults are appended, never raised.

    ``asked`` are the items of the pack's forms; ``items.csv`` has what comes in other ways.
    """
    rows = read_table(root, ITEMS, faults)
    items: dict[str, Item] = dict(asked or {})
    for row in rows:
        item = _item(row, faults)
        if item is not None and _new(item.code, items, ITEMS.file, row.line, "code", faults):
            items[item.code] = item
    indicators: dict[str, Indicator] = {}
    toml = read_toml(root, COMPUTED, faults) if (root / COMPUTED).exists() else None
    for index in range(len(toml.values.get("indicator", ())) if toml else 0):
        one = _indicator(toml, index, faults) if toml else None
        taken: dict[str, Any] = {**items, **indicators}
        if one is not None and _new(one.id, taken, COMPUTED, one.line, "id", faults):
            indicators[one.id] = one
    lists: dict[str, ClassList] = {}
    for row in read_table(root, LISTS, faults):
        named = _list(row, faults)
        if named is not None and _new(named.id, lists, LISTS.file, row.line, "id", faults):
            lists[named.id] = named
    return Definitions(items, indicators, lists)


def check_definitions(
    definitions: Definitions,
    known: Iterable[str],
    classes: Mapping[str, Collection[int]],
    faults: list[Fault],
) -> None:
    """Links into the catalogue: ``known`` are the ids of its indicators.

    ``classes`` are the numbers of the classes of each of its classifications.
    """
    ids = set(known)
    for one in definitions.lists.values():
        strange = one.classes - set(classes.get(one.classification, ()))
        if strange:
            shown = f"{one.classification}：{'、'.join(map(str, sorted(strange)[:5]))}"
            zh, en = "分类中的类", "classes of the classification"
            faults.append(Fault(LISTS.file, one.line, "classes", zh, shown, en))
    for item in definitions.items.values():
        if item.deflator:
            _check_deflator(item, definitions.items.get(item.deflator), faults)
    linked = [(ITEMS.file, i.line, "indicator", i.indicator) for i in definitions.items.values()]
    linked += [
        (COMPUTED, i.line, "catalogue", i.catalogue) for i in definitions.indicators.values()
    ]
    for file, line, key, name in linked:
        if name and name not in ids:
            faults.append(
                Fault(file, line, key, "指标目录中的标识", f"“{name}”", "an id of indicators.csv")
            )


def _check_deflator(item: Item, index: Item | None, faults: list[Fault]) -> None:
    """A price index is a percentage of the same period of the year before, as often as the item."""
    fits = (
        index is not None
        and index.unit == "%"
        and index.over_units == "none"
        and index.reported == item.reported == "period"
        and index.every == item.every
    )
    if not fits:
        zh = "同频率、以 % 计、不按单位汇总的价格指数项目"
        en = "an item of a price index: in %, as often, of the period, not added over units"
        key = f"item.{item.code}.deflator"
        faults.append(Fault(ITEMS.file, item.line, key, zh, f"“{item.deflator}”", en))


def _new(
    name: str, taken: dict[str, Any], file: str, line: int, key: str, faults: list[Fault]
) -> bool:
    if name in taken:
        faults.append(
            Fault(file, line, key, "不重复的标识", f"“{name}” 已用过", "an id not used before")
        )
    return name not in taken


def _list(row: Row, faults: list[Fault]) -> ClassList | None:
    if not row.whole:
        return None
    cells = dict(row.cells)
    codes: tuple[str, ...] = cells["classes"]
    wrong = [code for code in codes if not (code.isascii() and code.isdigit() and int(code))]
    if wrong:
        zh, en = "正整数代码，以 | 分隔", "whole numbers parted by |"
        faults.append(Fault(LISTS.file, row.line, "classes", zh, f"“{wrong[0]}”", en))
        return None
    plain = {key: cells[key] for key in ("id", "name", "name_en", "classification", "source")}
    return ClassList(**plain, classes=frozenset(map(int, codes)), line=row.line)


def _item(row: Row, faults: list[Fault]) -> Item | None:
    cells, before = dict(row.cells), len(faults)

    def wrong(key: str, expected: str, english: str) -> None:
        faults.append(Fault(ITEMS.file, row.line, key, expected, f"“{cells[key]}”", english))

    if not row.whole:
        return None
    if not _NAME.fullmatch(cells["code"]):
        wrong("code", "能写进表达式的名称（字母开头，无连字符）", "a name fit for expressions")
    if not units.is_unit(cells["unit"]):
        wrong("unit", "计量单位", "a known unit of measure")
    digits = cells["decimals"] or "2"
    if not (digits.isascii() and digits.isdigit() and int(digits) <= 4):
        wrong("decimals", "0 至 4 的整数", "a whole number from 0 to 4")
    if cells["kind"] == "stock" and cells["over_time"] in ("sum", "average"):
        wrong("over_time", "存量的时间汇总方式（last、first、max、min、none）", "last for a stock")
    if cells["kind"] == "flow" and cells["over_time"] not in ("sum", "none"):
        wrong("over_time", "流量的时间汇总方式（sum 或 none）", "sum or none for a flow")
    if cells["reported"] == "to_date" and cells["kind"] in ("stock", "count"):
        wrong("reported", "period：时点数没有累计", "period: a stock has no sum to date")
    if len(faults) > before:
        return None
    return Item(
        **{name: cells[name] for name in ("code", "name", "kind", "unit", "name_en", "reported")},
        over_time=cells["over_time"],
        over_units=cells["over_units"],
        decimals=int(digits),
        every=_MONTHS[cells["every"]],
        indicator=cells["indicator"],
        definition=cells["definition"],
        deflator=cells["deflator"],
        line=row.line,
    )


def _indicator(toml: TomlFile, index: int, faults: list[Fault]) -> Indicator | None:
    values: dict[str, Any] = toml.values["indicator"][index]
    before = len(faults)

    def wrong(key: str, expected: str, found: str, english: str) -> None:
        line = toml.line("indicator", index, key)
        faults.append(Fault(toml.file, line, f"indicator.{key}", expected, found, english))

    for key in values:
        if key not in _KEYS:
            wrong(key, "规定的键：" + "、".join(_KEYS), "未知的键", "one of " + ", ".join(_KEYS))
    for key, (kind, required) in _KEYS.items():
        if key not in values:
            if required:
                wrong(key, "必填内容", "缺少此键", "a value")
        elif not isinstance(values[key], kind) or isinstance(values[key], bool):
            english = "a whole number" if kind is int else "text"
            wrong(key, "整数" if kind is int else "文字", repr(values[key]), english)
        elif values[key] not in _CHOICES.get(key, (values[key],)):
            listed = _CHOICES[key]
            wrong(
                key, "、".join(listed) + " 之一", f"“{values[key]}”", "one of " + ", ".join(listed)
            )
    if len(faults) > before:
        return None
    expression = None
    try:
        expression = parse(values["expression"])
    except ExpressionError as error:
        wrong("expression", f"能读的表达式（第 {error.at + 1} 字）", str(error), error.expected)
    numbers = _numbers(values, wrong)
    if expression is None or len(faults) > before:
        return None
    plain = ("id", "name", "name_en", "unit", "decimals", "source")
    chosen = {key: values[key] for key in (*_CHOICES, "catalogue") if key in values}
    return Indicator(
        **{key: values[key] for key in plain},
        **chosen,
        **numbers,
        expression=expression,
        source_text=values["expression"],
        line=toml.line("indicator", index),
    )


def _numbers(values: dict[str, Any], wrong: Any) -> dict[str, Any]:
    """Factor and dates of an indicator; unit and decimals are checked beside them."""
    found: dict[str, Any] = {}
    if not _NAME.fullmatch(values["id"]):
        wrong("id", "能写进表达式的名称", f"“{values['id']}”", "a name fit for expressions")
    if not units.is_unit(values["unit"]) and values["unit"]:
        wrong("unit", "计量单位", f"“{values['unit']}”", "a known unit of measure")
    if not 0 <= values["decimals"] <= _MOST_DECIMALS:
        wrong("decimals", f"0 至 {_MOST_DECIMALS}", str(values["decimals"]), "0 to 6")
    if "factor" in values:
        try:
            found["factor"] = Fraction(values["factor"])
        except (ValueError, ZeroDivisionError):
            wrong("factor", "数或分数", f"“{values['factor']}”", "a number or a fraction")
    for key in ("valid_from", "valid_to"):
        if key in values:
            match = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", values[key], re.ASCII)
            if match:
                found[key] = int(match[1] + match[2])
            else:
                wrong(key, "年月，如 2016-01", f"“{values[key]}”", "a month such as 2016-01")
    if found.get("valid_to", 999912) <= found.get("valid_from", 190001):
        wrong("valid_to", "晚于 valid_from 的年月", values["valid_to"], "a month after valid_from")
    return found
