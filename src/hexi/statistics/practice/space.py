"""The space of practice data (演练空间): a warehouse of its own that never mixes with real facts.

A practice warehouse lies in a folder whose name says so, has a mark file, and only reporters with
practice codes; every file carries ``synthetic`` in its metadata. Facts are matched by the codes of
the register, and no code is in both, so that neither side can take up the other's returns; the
functions here refuse sooner and say why.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from hexi.statistics.practice.codes import PREFIX
from hexi.warehouse import Registry

__all__ = [
    "MARK_FILE",
    "METADATA",
    "PracticeError",
    "check_folder",
    "is_practice",
    "marked",
    "refuse_mixture",
    "write_mark",
]

MARK_FILE: Final = "PRACTICE-演练数据.json"
#: what every practice table carries in its schema
METADATA: Final[Mapping[str, str]] = {"synthetic": "true", "notice": "演练数据，非真实统计数据"}
_NAMES: Final = ("practice", "演练")


class PracticeError(Exception):
    """Practice and real data would be mixed: what, in Chinese and in English."""

    def __init__(self, message: str, message_en: str) -> None:
        super().__init__(message_en)
        self.message, self.message_en = message, message_en


def marked(table: pa.Table) -> pa.Table:
    """The table with the metadata of practice data."""
    return table.replace_schema_metadata({**(table.schema.metadata or {}), **METADATA})


def is_practice(root: Path) -> bool:
    """True for a folder of practice data."""
    return (root / MARK_FILE).is_file()


def check_folder(root: Path) -> None:
    """Refuse a folder whose name does not say practice, or that holds something else already."""
    if not any(name in root.name.lower() for name in _NAMES):
        raise PracticeError(
            f"演练数据只能写入名称含 practice 或“演练”的文件夹：{root.name}",
            f"practice data only goes into a folder named practice: {root.name}",
        )
    if root.exists() and any(root.iterdir()):
        raise PracticeError(
            f"文件夹不是空的，演练数据不与其他数据混放：{root}",
            f"the folder is not empty, and practice data is never mixed with other data: {root}",
        )


def write_mark(root: Path, about: Mapping[str, Any]) -> None:
    """Put the mark file with what the data are and how they can be made again."""
    root.mkdir(parents=True, exist_ok=True)
    text = json.dumps({**METADATA, **about}, ensure_ascii=False, indent=1)
    (root / MARK_FILE).write_text(text + "\n", encoding="utf-8")


def refuse_mixture(root: Path, registry: Registry) -> None:
    """Refuse a register that does not belong to the folder's side.

    Into a practice warehouse go practice reporters only, and into a real one none of them.
    """
    codes = registry.reporter["code"].to_pylist()
    practice = [code for code in codes if code.startswith((PREFIX, "practice-"))]
    if is_practice(root) and len(practice) != len(codes):
        strange = next(code for code in codes if not code.startswith((PREFIX, "practice-")))
        raise PracticeError(
            f"演练数据仓库不收真实单位：{strange}",
            f"a practice warehouse takes no real reporter: {strange}",
        )
    if practice and not is_practice(root):
        raise PracticeError(
            f"真实数据仓库不收演练单位：{practice[0]}",
            f"a real warehouse takes no practice reporter: {practice[0]}",
        )
