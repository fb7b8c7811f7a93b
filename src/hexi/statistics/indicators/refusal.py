"""Refusals of definitions (口径错误): what reads well and means nothing that can be computed."""

from __future__ import annotations

from typing import NoReturn

__all__ = ["DefinitionError", "refuse"]


class DefinitionError(ValueError):
    """An expression that reads well and means nothing that can be computed: where, and why."""

    def __init__(self, at: int, zh: str, en: str) -> None:
        self.at, self.zh, self.en = at, zh, en
        super().__init__(f"第 {at + 1} 字：{zh} / column {at + 1}: {en}")


def refuse(at: int, zh: str, en: str) -> NoReturn:
    raise DefinitionError(at, zh, en)
