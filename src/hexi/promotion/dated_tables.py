"""Dated tables of a pack's promotion folder (招商规则数据): read key by key, faults with lines.

Every table has ``since`` and ``until`` (days; ``until`` is not included, empty: it still holds), so
that an old case is told by the rule of its own day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import pack_path
from hexi.catalogue.toml_keys import Keys
from hexi.catalogue.toml_lines import TomlFile, read_toml

__all__ = ["FOLDER", "Span", "fresh", "read_tables", "span_of"]

FOLDER = "promotion"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    """From which day a rule holds, and from which it no longer does."""

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Is the rule in force on a day?"""
        return self.since <= day and (self.until is None or day < self.until)


def span_of(keys: Keys) -> Span:
    """``since`` and ``until`` of a table; a wrong day is a fault."""
    since = _day(keys, "since", required=True) or date.min
    until = _day(keys, "until", required=False)
    if until is not None and until <= since:
        keys.fault("until", "晚于 since 的日期", until.isoformat(), "a day after since")
    return Span(since, until)


def _day(keys: Keys, name: str, *, required: bool) -> date | None:
    text = keys.text(name, required=required)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        keys.fault(name, "日期，如 2024-08-01", f"“{text}”", "a day as 2024-08-01")
        return None


def read_tables(root: Path, file: str, read: Callable[[TomlFile, list[Fault]], T]) -> T | None:
    """What ``read`` makes of a file of the folder; None where the pack has no such file.

    Raises:
        PackError: with every fault of the file.
    """
    name = f"{FOLDER}/{file}"
    if not (root / name).is_file():
        return None
    faults: list[Fault] = []
    toml = read_toml(root, name, faults)
    made = read(toml, faults) if toml is not None else None
    if faults:
        raise PackError(root.name, sorted(set(faults)))
    return made


def fresh(
    load: Callable[[Path], T],
) -> Callable[[str | Path], T]:
    """A loader that reads a pack's folder again when one of its files has changed."""

    @lru_cache(maxsize=8)
    def kept(root: Path, _state: tuple[Any, ...]) -> T:
        return load(root)

    def loader(pack: str | Path = "gansu") -> T:
        root = pack_path(pack).resolve()
        paths = sorted((root / FOLDER).glob("*.toml"))
        state = tuple((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in paths)
        return kept(root, state)

    return loader
