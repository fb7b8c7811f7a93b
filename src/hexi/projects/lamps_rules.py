"""Rules of project lamps (项目亮灯规则): dated data of the pack, each set with its source.

``projects/lamps.toml`` holds one set after the other; the set of a day gives the lamps of that day,
and the id of the set is kept with every lamp.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any, Final

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import pack_path
from hexi.statistics.dated_rules import Dated, in_force, read_dated
from hexi.statistics.forms.toml_keys import FormKeys

__all__ = ["RULES", "LampRules", "Limits", "check_lamps", "lamp_rules", "sentence"]

FILE: Final = "projects/lamps.toml"
#: what each rule sees: the names that its text may say
RULES: Final[Mapping[str, frozenset[str]]] = {
    "start": frozenset({"planned", "months"}),
    "behind": frozenset({"year", "month", "due", "done", "points"}),
    "statistics": frozenset({"started", "months"}),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """From which lateness on one rule burns, and what it says."""

    yellow: int
    red: int
    text: str
    text_en: str


@dataclass(frozen=True, slots=True)
class LampRules:
    """One set of rules."""

    #: months after the planned month of the start (计划开工月)
    start: Limits
    #: points of the year's plan; red where more than so many are missing
    behind: Limits
    #: full months from the start to the entry in statistics (入统)
    statistics: Limits
    #: day of the next month from which a month's progress is looked for
    due_day: int

    def of(self, rule: str) -> Limits:
        """One rule by its name."""
        found: Limits = {"start": self.start, "behind": self.behind}.get(rule, self.statistics)
        return found


def lamp_rules(pack: str | Path, month: int) -> Dated[LampRules]:
    """The set that holds in a month (202611), read once for each state of the file.

    Raises:
        PackError: with every fault of the file.
    """
    return in_force(_sets(pack), month)


def check_lamps(pack: str | Path = "gansu") -> list[Fault]:
    """What is wrong with the rules of a pack; nothing where it has no projects."""
    if not (pack_path(pack) / FILE).is_file():
        return []
    try:
        _sets(pack)
    except PackError as error:
        return error.faults
    return []


def sentence(pack: str | Path, reason: Mapping[str, Any], lang: str = "zh") -> str:
    """A kept reason in words; of a set that is gone, the rule's name and what it saw."""
    rule, saw = str(reason.get("rule")), dict(reason.get("saw") or {})
    known = {dated.id: dated.rule for dated in _sets(pack)}
    found = known.get(str(reason.get("set")))
    if found is None or rule not in RULES:
        return f"{rule}: " + ", ".join(f"{key} {value}" for key, value in saw.items())
    limits = found.of(rule)
    return (limits.text_en if lang.startswith("en") else limits.text).format_map(saw)


def _sets(pack: str | Path) -> tuple[Dated[LampRules], ...]:
    root = pack_path(pack).resolve()
    stat = (root / FILE).stat() if (root / FILE).is_file() else None
    return _read(root, (stat.st_mtime_ns, stat.st_size) if stat else (0, 0))


@lru_cache(maxsize=8)
def _read(root: Path, _state: tuple[int, int]) -> tuple[Dated[LampRules], ...]:
    return read_dated(root, FILE, "lamps", _rules)


def _rules(keys: FormKeys) -> LampRules:
    due_day = keys.number("due_day", 1, 28)
    limits = {rule: _limits(keys, rule, most) for rule, most in _MOST.items()}
    return LampRules(limits["start"], limits["behind"], limits["statistics"], due_day)


#: no sensible limit is higher: months, points, months
_MOST: Final = {"start": 120, "behind": 100, "statistics": 120}


def _limits(keys: FormKeys, rule: str, most: int) -> Limits:
    table = keys.table(rule)
    if table is None:
        keys.fault(rule, f"表 [lamps.{rule}]", "缺少此表", f"[lamps.{rule}]")
        return Limits(0, 0, "", "")
    found = Limits(
        table.number("yellow", 1, most),
        table.number("red", 1, most),
        table.text("text", required=True),
        table.text("text_en", required=True),
    )
    if found.red < found.yellow:
        table.fault("red", "不早于黄灯", str(found.red), "no less than yellow")
    for key, text in (("text", found.text), ("text_en", found.text_en)):
        _told(table, key, text, RULES[rule])
    table.done()
    return found


def _told(table: FormKeys, key: str, text: str, known: frozenset[str]) -> None:
    try:
        named = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        named = {text}
    if strange := named - known:
        listed = "、".join(f"{{{name}}}" for name in sorted(known))
        table.fault(key, f"只含 {listed}", "、".join(sorted(strange)), f"only {listed}")
