"""Verdicts beside targets (目标判定入库): computed by the engine, kept for lists and counts."""

from __future__ import annotations

from typing import Any

from hexi.catalogue import Pack

__all__ = ["put_verdicts"]


def put_verdicts(pack: Pack, rows: Any) -> int:
    """Judge the pack targets of these rows against the pack's observations."""
    return 0
