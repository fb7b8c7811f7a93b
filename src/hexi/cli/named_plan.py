"""A plan named on the command line (规划参数): a plan of the pack by its id, or a document.

Commands that look at targets take either. A document is compiled; where it is one of the pack's
own plans, known by its title, the pack's targets stand for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hexi.catalogue import Pack
from hexi.cli.exits import Refusal
from hexi.cli.sources import load, name_sources
from hexi.plans.compiler import CompiledPlan, compile_document

__all__ = ["NamedPlan", "named_plan"]


@dataclass(frozen=True, slots=True)
class NamedPlan:
    """Exactly one of the two is there."""

    pack_id: str = ""
    compiled: CompiledPlan | None = None


def named_plan(given: str, pack: Pack, *, ocr: bool = False) -> NamedPlan:
    """The plan that ``given`` names; ids of the pack go before files of the same name."""
    ids = [plan.id for plan in pack.plans]
    if given in ids:
        return NamedPlan(pack_id=given)
    if given != "-" and not Path(given).exists():
        known = "、".join(ids)
        raise Refusal(
            f"{given}：既不是数据包中的规划代码，也不是文件。",
            f"{given}: neither a plan of the pack nor a file.",
            f"规划代码有：{known}。",
            f"Plans of the pack: {', '.join(ids)}.",
        )
    document = load(name_sources([given])[0], ocr=ocr)
    return NamedPlan(compiled=compile_document(document, pack.catalogue))
