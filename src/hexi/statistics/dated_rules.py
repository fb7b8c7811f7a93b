"""Dated rules of a pack (分期适用的规则): one holds at a time, from a month to the next one's.

A file has an array of tables, each with ``id``, ``since``, ``until`` (months; ``until`` is not
included, and the last one has none), ``source``, ``note`` and ``note_en``, and keys of its own.
Rules follow one another without a gap; each mistake is told by file, line and key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Generic, TypeVar

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import pack_path
from hexi.catalogue.toml_lines import read_toml
from hexi.statistics.forms.toml_keys import FormKeys

__all__ = ["Dated", "DatedFile", "in_force", "read_dated"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """What holds in some months, and on what ground."""

    id: str
    #: first month (YYYYMM)
    since: int
    #: first month in which it no longer holds; 0: it still does
    until: int
    rule: T
    source: str
    note: str
    note_en: str


@dataclass(frozen=True)
class DatedFile(Generic[T]):
    """A file of dated rules that a pack may have, and what makes it necessary."""

    name: str
    table: str
    #: folder of the pack whose presence asks for the file
    needed_by: str
    read: Callable[[FormKeys], T]

    def at(self, path_or_name: str | Path, month: int) -> T:
        """What holds in a month (YYYYMM), read once for each state of the file.

        Raises:
            PackError: with every fault of the file.
        """
        root = pack_path(path_or_name).resolve()
        file = root / self.name
        stat = file.stat() if file.is_file() else None
        rules: tuple[Dated[T], ...] = _kept(
            self, root, (stat.st_mtime_ns, stat.st_size) if stat else (0, 0)
        )
        return in_force(rules, month).rule

    def faults(self, path_or_name: str | Path) -> list[Fault]:
        """Every fault of the file; none where the pack has no use for it."""
        root = pack_path(path_or_name)
        if not (root / self.name).is_file() and not (root / self.needed_by).is_dir():
            return []
        try:
            self.at(path_or_name, 0)
        except PackError as error:
            return error.faults
        return []


@lru_cache(maxsize=16)
def _kept(file: DatedFile[T], root: Path, _state: tuple[int, int]) -> tuple[Dated[T], ...]:
    return read_dated(root, file.name, file.table, file.read)


def in_force(rules: tuple[Dated[T], ...], month: int) -> Dated[T]:
    """The one that holds in a month (YYYYMM); before the first, that one."""
    return next((one for one in reversed(rules) if one.since <= month), rules[0])


def read_dated(
    root: Path, file: str, table: str, read: Callable[[FormKeys], T]
) -> tuple[Dated[T], ...]:
    """The rules of a file in order.

    Args:
        root: folder of the pack.
        file: name in it.
        table: name of the array of tables.
        read: makes the rule of a table's own keys, and tells its faults there.

    Raises:
        PackError: with every fault of the file.
    """
    faults: list[Fault] = []
    toml = read_toml(root, file, faults)
    found: list[tuple[Dated[T], FormKeys]] = []
    if toml is not None:
        for name in toml.values:
            if name != table:
                line, wanted = toml.line(name), f"[[{table}]]"
                faults.append(Fault(file, line, name, wanted, "未知的表", wanted))
        for keys in FormKeys.each(toml, table, faults):
            one = Dated(
                keys.text("id", required=True),
                keys.month("since"),
                keys.month("until", default=0),
                read(keys),
                keys.text("source", required=True),
                keys.text("note"),
                keys.text("note_en"),
            )
            keys.done()
            found.append((one, keys))
        if not found and not faults:
            faults.append(Fault(file, 1, table, f"[[{table}]]", "没有规则", f"[[{table}]]"))
    if not faults:
        _following(found)
    if faults:
        raise PackError(root.name, sorted(set(faults)))
    return tuple(one for one, _keys in found)


def _following(found: list[tuple[Dated[T], FormKeys]]) -> None:
    """Each begins where the one before ends; the last one is open."""
    for (one, keys), (after, _) in pairwise(found):
        if one.until != after.since or one.until <= one.since:
            keys.fault(
                "until",
                f"下一条规则的起始年月 {_written(after.since)}",
                f"“{_written(one.until)}”",
                f"the first month of the next rule, {_written(after.since)}",
            )
    last, keys = found[-1]
    if last.until:
        keys.fault(
            "until", "最后一条无终止年月", _written(last.until), "none: the last one is open"
        )


def _written(month: int) -> str:
    return f"{month // 100}-{month % 100:02}" if month else ""
