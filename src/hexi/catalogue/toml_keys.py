"""Reading one table of a TOML file key by key (逐键读取), each mistake a fault with its line.

Forms, rules and schemes are written by officials: a key that is unknown, missing or of the wrong
kind is told with file, line and key, and reading goes on so that all faults come in one round.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Self

from hexi.catalogue.faults import Fault
from hexi.catalogue.toml_lines import TomlFile

__all__ = ["Keys"]


class Keys:
    """One table: typed answers by key, faults gathered, `done` tells what nobody asked for."""

    def __init__(
        self, toml: TomlFile, path: tuple[str | int, ...], values: Any, faults: list[Fault]
    ) -> None:
        self._toml, self._path, self._faults = toml, path, faults
        self._values: dict[str, Any] = values if isinstance(values, dict) else {}
        self._asked: set[str] = set()
        if not isinstance(values, dict):
            self.fault("", "表 [...]", repr(values), "a table")

    @property
    def file(self) -> str:
        """The file inside the pack."""
        return self._toml.file

    def line(self, key: str = "") -> int:
        """Line of a key, or of the table."""
        return self._toml.line(*self._path, *([key] if key else []))

    def fault(self, key: str, expected: str, found: str, expected_en: str) -> None:
        """Note a mistake at a key."""
        dotted = ".".join(str(part) for part in (*self._path, key) if part != "")
        self._faults.append(
            Fault(self._toml.file, self.line(key), dotted, expected, found, expected_en)
        )

    def has(self, key: str) -> bool:
        """True where the key was written."""
        return key in self._values

    def _get(
        self, key: str, kind: type | tuple[type, ...], words: tuple[str, str], required: bool
    ) -> Any:
        self._asked.add(key)
        if key not in self._values:
            if required:
                self.fault(key, "必填内容", "缺少此键", "a value")
            return None
        value = self._values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(key, words[0], repr(value), words[1])
            return None
        return value

    def text(self, key: str, *, required: bool = False, default: str = "") -> str:
        """A text; a required one is not empty."""
        value = self._get(key, str, ("文字", "text"), required)
        if value is not None and required and not value.strip():
            self.fault(key, "必填内容", "空白", "a value")
        return default if value is None else str(value)

    def number(self, key: str, least: int, most: int, *, default: int | None = None) -> int:
        """A whole number within bounds; required where there is no default."""
        value = self._get(key, int, ("整数", "a whole number"), default is None)
        if value is not None and not least <= value <= most:
            zh, en = f"{least} 至 {most} 的整数", f"a whole number from {least} to {most}"
            self.fault(key, zh, str(value), en)
            value = None
        return (least if default is None else default) if value is None else int(value)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """true or false."""
        value = self._get(key, bool, ("true 或 false", "true or false"), False)
        return default if value is None else bool(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts that do not repeat."""
        value = self._get(key, list, ("文字列表", "a list of text"), False)
        if value is None:
            return ()
        if not all(isinstance(part, str) for part in value) or len(set(value)) < len(value):
            self.fault(key, "互不重复的文字列表", repr(value), "a list of text without repeats")
            return ()
        return tuple(value)

    def choice(self, key: str, choices: Sequence[str], *, default: str | None = None) -> str:
        """One of several words; required where there is no default."""
        value = self.text(key, required=default is None, default=default or "")
        if value and value not in choices:
            listed = "、".join(choices)
            self.fault(key, f"{listed} 之一", f"“{value}”", f"one of {', '.join(choices)}")
            value = ""
        return value or default or choices[0]

    def amount(self, key: str, *, default: float | None = None) -> float:
        """A number; required where there is no default."""
        value = self._get(key, (int, float), ("数字", "a number"), default is None)
        if value is not None and (isinstance(value, bool) or not math.isfinite(value)):
            self.fault(key, "数字", repr(value), "a number")
            value = None
        return (default or 0.0) if value is None else float(value)

    def amounts(self, key: str) -> dict[str, float]:
        """Numbers by name; empty where there are none."""
        value = self._get(key, dict, ("名称与数字", "numbers by name"), False) or {}
        if not all(_is_number(number) for number in value.values()):
            self.fault(key, "名称与数字", repr(value), "numbers by name")
            return {}
        return {str(name): float(number) for name, number in value.items()}

    def rows(self, key: str) -> tuple[tuple[float, ...], ...]:
        """Rows of numbers, as [[1, 2], [3, 4]]; empty where there are none."""
        value = self._get(key, list, ("数字行", "rows of numbers"), False) or []
        if not all(isinstance(row, list) and all(map(_is_number, row)) for row in value):
            self.fault(key, "数字行，如 [[1, 2], [3, 4]]", repr(value), "rows as [[1, 2], [3, 4]]")
            return ()
        return tuple(tuple(float(number) for number in row) for row in value)

    def written(self, key: str) -> Any:
        """The value as it was written, for a key of several forms; None where it is not there."""
        self._asked.add(key)
        return self._values.get(key)

    def table(self, key: str) -> Self | None:
        """A table inside this one; None where it was not written."""
        self._asked.add(key)
        if key not in self._values:
            return None
        return type(self)(self._toml, (*self._path, key), self._values[key], self._faults)

    def done(self) -> None:
        """Keys that were written and nobody asked for are faults."""
        for key in self._values:
            if key not in self._asked:
                known = sorted(self._asked)
                self.fault(
                    key, "规定的键：" + "、".join(known), "未知的键", "one of " + ", ".join(known)
                )

    @classmethod
    def each(cls, toml: TomlFile, name: str, faults: list[Fault]) -> Iterator[Self]:
        """The tables of ``[[name]]``, in order."""
        listed = toml.values.get(name, [])
        if not isinstance(listed, list):
            line = toml.line(name)
            expected = f"[[{name}]]"
            faults.append(Fault(toml.file, line, name, f"{expected} 表组", "其他写法", expected))
            return
        for index, values in enumerate(listed):
            yield cls(toml, (name, index), values, faults)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
