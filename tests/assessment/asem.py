"""Figures of COINr 1.1.14 on its ASEM case (MIT, github.com/bluefoxr/COINr), as a slice for tests.

The slice holds every unit of eight indicators and one pillar, each step and each method. The whole
case is read where `COINR_ASEM` names a folder with the package's steps as csv files.
"""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path

import numpy as np

SLICE = Path(__file__).with_name("asem_slice.csv")
WHOLE = os.environ.get("COINR_ASEM", "")
#: indicator → denominator and direction
ITEMS = {
    "Goods": ("GDP", 1),
    "Services": ("GDP", 1),
    "FDI": ("GDP", 1),
    "PRemit": ("GDP", 1),
    "ForPort": ("GDP", 1),
    "CostImpEx": ("", -1),
    "Tariff": ("", -1),
    "LPI": ("", 1),
}


def number(text: str) -> float:
    """A number of R."""
    return float({"NA": "nan", "": "nan"}.get(text, text))


@cache
def _slice() -> dict[str, dict[str, str]]:
    """Step and item, as in “Raw.LPI” → unit → value."""
    with SLICE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {head: {row["unit"]: row[head] for row in rows} for head in rows[0] if head != "unit"}


def units() -> tuple[str, ...]:
    return tuple(_slice()["Raw.LPI"])


def groups() -> tuple[str, ...]:
    return tuple(_slice()["group.EurAsia_group"].values())


def column(step: str, item: str) -> np.ndarray:
    """Values of a step, in the order of `units`."""
    held = _slice()[f"{step}.{item}"]
    return np.array([number(held[unit]) for unit in units()])


def table(file: str) -> tuple[list[str], list[str], np.ndarray]:
    """Units, heads and values of a file of the whole case."""
    with (Path(WHOLE) / file).open(encoding="utf-8") as opened:
        rows = list(csv.reader(opened))
    values = np.array([[number(cell) for cell in row[1:]] for row in rows[1:]])
    return [row[0] for row in rows[1:]], rows[0][1:], values


def records(file: str) -> list[dict[str, str]]:
    with (Path(WHOLE) / file).open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))
