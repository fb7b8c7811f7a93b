"""Reading the rules of lamps and warnings from a pack (装载规则): typed, with every fault named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import pack_path
from hexi.catalogue.toml_lines import TomlFile, read_toml
from hexi.monitoring.lamps.rules import (
    ConcentrationRule,
    Every,
    LampRule,
    ProjectRule,
    Rules,
    StallRule,
    TurnRule,
    VintageDay,
    WorseRule,
)
from hexi.monitoring.position.grading import GradeRule

__all__ = ["load_rules"]

FOLDER = "monitoring"

Noun = TypeVar("Noun")

#: (file, table, what it becomes)
_TABLES: tuple[tuple[str, str, str, type[Any]], ...] = (
    ("lamps", "lamps.toml", "lamp", LampRule),
    ("grades", "grades.toml", "grade", GradeRule),
    ("stalling", "warnings.toml", "stalling", StallRule),
    ("turning", "warnings.toml", "turning", TurnRule),
    ("concentration", "warnings.toml", "concentration", ConcentrationRule),
    ("projects", "warnings.toml", "projects", ProjectRule),
    ("worsening", "warnings.toml", "worsening", WorseRule),
    ("vintages", "vintages.toml", "vintage", VintageDay),
)
_SAID = {
    str: ("文字", "text"),
    int: ("整数", "a whole number"),
    float: ("数字", "a number"),
    Every: ("yearly、quarterly、monthly 三个月数", "months as yearly, quarterly, monthly"),
}
_SHARES = ("red_below", "green_above", "chance", "one", "together", "short")
_DAYS = ("since", "until", "known")


def load_rules(pack: str | Path = "gansu") -> Rules:
    """The rules of a pack, read once for each state of its files; `PackError` names each fault."""
    root = pack_path(pack).resolve()
    files = sorted({file for _, file, _, _ in _TABLES})
    paths = [root / FOLDER / file for file in files]
    state = tuple(
        (path.name, stat.st_mtime_ns, stat.st_size)
        for path in paths
        if path.is_file() and (stat := path.stat())
    )
    return _load(root, state)


@lru_cache(maxsize=8)
def _load(root: Path, _state: tuple[tuple[str, int, int], ...]) -> Rules:
    faults: list[Fault] = []
    read = {
        file: read_toml(root, f"{FOLDER}/{file}", faults)
        for file in dict.fromkeys(file for _, file, _, _ in _TABLES)
    }
    found: dict[str, tuple[Any, ...]] = {}
    for name, file, table, noun in _TABLES:
        toml = read[file]
        found[name] = () if toml is None else _nouns(toml, table, noun, faults)
    known = {table for _, _, table, _ in _TABLES}
    for toml in read.values():
        for key in toml.values if toml is not None else ():
            if key not in known:
                _fault(faults, toml, (key,), key, "规定的表", "a known table", "未知的表")
    if not faults:
        _whole(found, read, faults)
    if faults:
        raise PackError(root.name, faults)
    return Rules(**found)


def _nouns(toml: TomlFile, table: str, noun: type[Noun], faults: list[Fault]) -> tuple[Noun, ...]:
    """Every table of an array, as its type."""
    listed = toml.values.get(table, [])
    if not isinstance(listed, list):
        _fault(faults, toml, (table,), table, f"[[{table}]] 表组", f"[[{table}]]", "其他写法")
        return ()
    hints = get_type_hints(noun)
    made: list[Noun] = []
    for index, values in enumerate(listed):
        before = len(faults)
        cells: dict[str, Any] = {}
        for field in fields(noun):  # type: ignore[arg-type]
            cells[field.name] = _cell(
                toml, (table, index), field.name, hints[field.name], values, faults
            )
        for key in values:
            if key not in cells:
                place = f"{table}.{index}.{key}"
                _fault(faults, toml, (table, index, key), place, "规定的键", "a known key", "多余")
        if len(faults) == before:
            made.append(noun(**cells))
    return tuple(made)


def _cell(
    toml: TomlFile,
    path: tuple[str | int, ...],
    name: str,
    kind: type[Any],
    values: Mapping[str, Any],
    faults: list[Fault],
) -> Any:
    """One value of the right type and range."""
    place = ".".join(str(step) for step in (*path, name))
    zh, en = _SAID[kind]
    where = (*path, name)
    if name not in values:
        _fault(faults, toml, where, place, zh, en, "缺少此键")
        return None
    value = values[name]
    if kind is Every:
        months = value if isinstance(value, dict) else {}
        if set(months) != {"yearly", "quarterly", "monthly"} or not all(
            isinstance(one, int) and one >= 0 for one in months.values()
        ):
            _fault(faults, toml, where, place, zh, en, f"{value!r}")
            return None
        return Every(**months)
    right = isinstance(value, (int, float) if kind is float else kind)
    if not right or isinstance(value, bool):
        _fault(faults, toml, where, place, zh, en, f"{value!r}")
        return None
    if kind in (int, float) and value < 0:
        _fault(faults, toml, where, place, "不小于零", "zero or more", f"{value}")
    if name in _SHARES and not 0 < value < 1:
        _fault(faults, toml, where, place, "0 与 1 之间", "between 0 and 1", f"{value}")
    if name in _DAYS and value and not _is_day(value):
        _fault(faults, toml, where, place, "日期，如 2026-01-01", "a day, as 2026-01-01", value)
    if name == "nature" and value not in ("binding", "expected"):
        _fault(faults, toml, where, place, "binding 或 expected", "binding or expected", value)
    return float(value) if kind is float else value


def _whole(
    found: Mapping[str, tuple[Any, ...]],
    read: Mapping[str, TomlFile | None],
    faults: list[Fault],
) -> None:
    """Rules of one kind have names of their own, follow one another and leave no day open."""
    for name, file, table, noun in _TABLES:
        toml = read[file]
        if toml is None or noun is VintageDay:
            continue
        by_nature: dict[str, list[Any]] = {}
        for rule in found[name]:
            by_nature.setdefault(getattr(rule, "nature", ""), []).append(rule)
        wanted = ("binding", "expected") if noun is LampRule else ("",)
        for nature in wanted:
            rules = sorted(by_nature.get(nature, []), key=lambda rule: rule.since)
            ends = [rule.until for rule in rules]
            starts = [*(rule.since for rule in rules[1:]), ""]
            if not rules or ends != starts:
                said = nature or table
                _fault(
                    faults, toml, (table,), table,
                    f"{said}：各规则首尾相接，最后一条无终止日",
                    f"{said}: rules that follow one another, the last one open",
                    "有空档或重叠",
                )  # fmt: skip
        ids = [rule.id for rule in found[name]]
        if len(set(ids)) != len(ids):
            _fault(faults, toml, (table,), f"{table}.id", "不重复的 id", "ids of their own", "重复")
    for index, rule in enumerate(found["lamps"]):
        if not rule.red_below < rule.green_above - 2 * rule.width:
            toml = read["lamps.toml"]
            place = f"lamp.{index}.green_above"
            zh, en = "大于 red_below 加两倍 width", "above red_below and twice the width"
            _fault(faults, toml, ("lamp", index), place, zh, en, f"{rule.green_above}")


def _fault(
    faults: list[Fault],
    toml: TomlFile | None,
    path: tuple[str | int, ...],
    key: str,
    expected: str,
    expected_en: str,
    seen: str,
) -> None:
    file, line = (toml.file, toml.line(*path)) if toml is not None else ("", 0)
    faults.append(Fault(file, line, key, expected, seen, expected_en))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
