"""Computed indicators (计算指标): one definition, right at every level, in every window of time.

definitions = load_definitions("gansu")
figures = compute(definitions, Source.of(warehouse), tree="zone_type", periods=[202503])

Definitions are typed (`types`), lowered to arithmetic over additive leaves (`ir`, `plan`) and run
as three plain SQL stages: additive facts (`additive`), dated roll-up (`tree`, `rollup`) and the
finish that is never added again (`finish`).
"""

from hexi.statistics.indicators.compute import RESULT, Figures, Source, compute
from hexi.statistics.indicators.definitions import Definitions, Indicator, Item
from hexi.statistics.indicators.lineage import Lineage, lineage
from hexi.statistics.indicators.loading import load_definitions
from hexi.statistics.indicators.plan import VIEWS, View
from hexi.statistics.indicators.types import DefinitionError

__all__ = [
    "RESULT",
    "VIEWS",
    "DefinitionError",
    "Definitions",
    "Figures",
    "Indicator",
    "Item",
    "Lineage",
    "Source",
    "View",
    "compute",
    "lineage",
    "load_definitions",
]
