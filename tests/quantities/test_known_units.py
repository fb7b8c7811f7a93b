"""Every unit that the lexicon of figures or a pack's indicators name can be computed with."""

from __future__ import annotations

import pytest

from hexi.catalogue import load_pack
from hexi.plans.statements.lexicon import words
from hexi.quantities import units

_KINDS = (
    "money",
    "measure",
    "count",
    "people",
    "percent",
    "multiple",
    "duration",
    "rank",
    "per",
)


@pytest.mark.parametrize("kind", _KINDS)
def test_units_of_the_lexicon_are_known(kind: str) -> None:
    assert [unit for unit in words("figures", kind) if not units.is_unit(unit)] == []


def test_units_of_the_indicators_are_known() -> None:
    indicators = load_pack("gansu").catalogue.indicators.values()
    named = {unit for indicator in indicators for unit in indicator.units if unit}
    assert sorted(unit for unit in named if not units.is_unit(unit)) == []
