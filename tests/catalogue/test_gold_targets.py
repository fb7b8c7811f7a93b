"""Every target that the labelled documents contain is a row of the shipped pack."""

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from hexi.catalogue import load_pack

SHARED = Path(os.environ.get("HEXI_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))
PLANS = {
    "000": {"gs-open-135", "gs-open-125"},
    "001": {"gs-zones-135"},
    "003": {"lzna-process-2024"},
    "004": {"gs-2023"},
}


def same(unit: str) -> str:
    """户 and 家 count the same enterprises."""
    return "家" if unit == "户" else unit


def rows(document: str) -> list[dict]:
    path = SHARED / "gold" / f"{document}.jsonl"
    if not path.exists():
        pytest.skip("the labelled documents are not at hand")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("document", PLANS)
def test_every_labelled_target_has_its_row(document):
    """Value, unit and period of a label stand in some row, as its figure or its growth rate."""
    pack = load_pack("gansu")
    figures = set()
    for target in pack.targets:
        if target.plan not in PLANS[document]:
            continue
        years = target.period[-4:]
        figures.add((target.figure.value, same(target.measure_unit), years))
        if target.growth:
            figures.add((target.growth.value, "%", years))
    missing = []
    for row in rows(document):
        if row["modality"] != "target":
            continue
        value = Decimal(str(row["value"]))
        years = (row["period"] or "")[-4:]
        if row["measure"] == "growth_total" and row["unit"] == "%":
            continue  # points between two shares that are rows of their own
        if (value, same(row["unit"]), years) not in figures:
            missing.append((row["indicator"], row["value"], row["unit"], row["period"]))
    assert missing == []
