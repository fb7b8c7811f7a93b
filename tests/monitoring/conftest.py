"""Goals for the tests of monitoring: made by the one door that the product uses."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from hexi.catalogue import load_pack
from hexi.catalogue.nouns import Indicator
from hexi.monitoring.goal import Goal, Unclear, settle


@dataclass(frozen=True)
class Settler:
    """Settles goals of a unit with the pack's indicators."""

    indicators: dict[str, Indicator] = field(repr=False)

    def __call__(self, value: str = "430", **other: Any) -> Goal | Unclear:
        fields: dict[str, Any] = {
            "unit": "lz-etdz", "indicator": "retail", "measure": "level", "measure_unit": "亿元",
            "bound": "ge", "start": 2015, "end": 2020, "base": "225.98",
        } | other  # fmt: skip
        fields["indicator"] = self.indicators.get(fields["indicator"])
        return settle(fields.pop("id", "t"), value=value, **fields)


@pytest.fixture(scope="session")
def settled() -> Settler:
    """Call with digits and what differs from a level of 430亿元 in 2020 from 225.98 in 2015."""
    return Settler({one.id: one for one in load_pack("gansu").indicators})
