"""Checking a pack's promotion folder (招商规则校核): every fault of every file in one round."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from hexi.catalogue.faults import Fault, PackError
from hexi.promotion.clocks import load_clocks
from hexi.promotion.fair_loading import load_fair_rules
from hexi.promotion.fund_rules import load_fund_rules
from hexi.promotion.report_columns import load_report_form
from hexi.promotion.words import load_words

__all__ = ["check_promotion"]

_LOADERS: Final[tuple[Callable[[str | Path], Any], ...]] = (
    load_clocks,
    load_fair_rules,
    load_fund_rules,
    load_report_form,
    load_words,
)


def check_promotion(pack: str | Path = "gansu") -> list[Fault]:
    """What is wrong with the promotion rules of a pack; nothing where it has none."""
    faults: list[Fault] = []
    for load in _LOADERS:
        try:
            load(pack)
        except PackError as error:
            faults += error.faults
    return faults
