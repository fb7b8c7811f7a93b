"""Where a key stands in a TOML file (行号定位).

`tomllib` forgets line numbers, and a fault without its line is no help to the clerk who has to
mend it. This walks the lines once and remembers where each key of each table was written.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from hexi.catalogue.faults import Fault

__all__ = ["TomlFile", "parse_toml", "read_toml"]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*([A-Za-z0-9_-]+|"[^"]*"|'[^']*')\s*=\s*(.*)$""")
_AT_LINE = re.compile(r"\(at line (\d+)")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"' + r"|'[^']*'")


class TomlFile:
    """Values of a TOML file together with the line of every key."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.values: dict[str, Any] = tomllib.loads(text)
        self._lines = _lines_of_keys(text)

    def line(self, *path: str | int) -> int:
        """Line of a key, or of the nearest table around it that was written out."""
        while path:
            found = self._lines.get(path)
            if found:
                return found
            path = path[:-1]
        return 0


def _balance(value: str) -> int:
    """Open brackets left at the end of a line, strings and comments not counted."""
    bare = _STRING.sub("", value).partition("#")[0]
    return bare.count("[") - bare.count("]") + bare.count("{") - bare.count("}")


def _long_string(value: str) -> str:
    """The quotes of a multi-line string that this line leaves open, or nothing."""
    for quotes in ('"""', "'''"):
        if value.count(quotes) % 2:
            return quotes
    return ""


def _table_path(brackets: str, name: str, counts: dict[tuple[str, ...], int]) -> tuple[Any, ...]:
    names = tuple(part.strip().strip("\"'") for part in name.split("."))
    if brackets == "[[":
        counts[names] = counts.get(names, -1) + 1
    path: list[Any] = []
    for depth in range(1, len(names) + 1):
        path.append(names[depth - 1])
        if names[:depth] in counts:
            path.append(counts[names[:depth]])
    return tuple(path)


def _lines_of_keys(text: str) -> dict[tuple[Any, ...], int]:
    lines: dict[tuple[Any, ...], int] = {}
    counts: dict[tuple[str, ...], int] = {}
    table: tuple[Any, ...] = ()
    quotes, depth = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if quotes:
            quotes = "" if quotes in line else quotes
            continue
        if depth:
            depth += _balance(line)
            continue
        header = _HEADER.match(line)
        if header:
            table = _table_path(header[1], header[2], counts)
            lines[table] = number
            continue
        key = _KEY.match(line)
        if key:
            lines[(*table, key[1].strip("\"'"))] = number
            quotes = _long_string(key[2])
            depth = 0 if quotes else _balance(key[2])
    return lines


def read_toml(root: Path, file: str, faults: list[Fault]) -> TomlFile | None:
    """A TOML file of the pack; None with a fault where it cannot be read."""
    path = root / file
    if not path.is_file():
        faults.append(Fault(file, 0, "", "文件存在", "缺少此文件", "the file"))
        return None
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        faults.append(Fault(file, 0, "", "UTF-8 编码的文本", "其他编码的字节", "UTF-8 text"))
        return None
    return parse_toml(file, text, faults)


def parse_toml(file: str, text: str, faults: list[Fault]) -> TomlFile | None:
    """The text of a TOML file; None with a fault where it is not one."""
    try:
        return TomlFile(file, text)
    except RecursionError:
        faults.append(Fault(file, 0, "", "层次不深的 TOML", "嵌套过深", "TOML of modest depth"))
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        faults.append(
            Fault(file, int(at[1]) if at else 0, "", "合规的 TOML", str(error), "well-formed TOML")
        )
    return None
