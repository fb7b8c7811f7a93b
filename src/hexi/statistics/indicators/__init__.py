"""Computed indicators (计算指标): one definition, right at every level, in every window of time.

    definitions = load_definitions("gansu")
    figures = compute(definitions, Source.of(warehouse), tree="zone_type", periods=[202503])

Definitions are typed (`types`), lowered to arithmetic over additive leaves (`ir`, `plan`) and run
as three plain SQL stages: additive facts (`additive`), dated roll-up (`tree`, `rollup`) and the
finish that is never added again (`finish`).

What an expression may say of items and of other indicators, beside ``+ - * /`` and ``if … then``:

| function | figure |
|---|---|
| ``ytd(x)``, ``month(x)`` | of the year to date (累计), of the period alone (当期) |
| ``prev(x)``, ``last_year(x)`` | of the period before (上期), of a year before (上年同期) |
| ``growth(x, basis: matched)`` | growth: restated, matched (同口径), nominal, comparable (可比价) |
| ``change(x, basis: …)`` | difference to the year before; of percentages, in points |
| ``share(x, of: parent)`` | part of the unit above, or ``of: root`` of the top (比重) |
| ``contribution(x, of: …, basis: …)`` | points of the growth above that this unit makes (拉动) |
| ``opening(x)``, ``average(x)`` | a stock at the start of the window; mean of start and end |
| ``latest(x, within: 12)`` | a stock as last returned within so many months (最近一期) |
| ``total(x, y, …)`` | sum of those that were returned |
| ``rows(x, of: belt_road)`` | of an item asked by class: a list of the pack, or one class (分组) |
| ``reporters(x)`` | how many returned it (填报家数) |
| ``rank(x, among: siblings)`` | place among units of one parent, or of one level (位次) |
"""

from hexi.statistics.indicators.additive import Part
from hexi.statistics.indicators.compute import RESULT, Figures, compute
from hexi.statistics.indicators.definitions import Definitions, Indicator, Item
from hexi.statistics.indicators.lineage import Lineage, lineage
from hexi.statistics.indicators.loading import load_definitions
from hexi.statistics.indicators.plan import VIEWS, View
from hexi.statistics.indicators.refusal import DefinitionError
from hexi.statistics.indicators.source import Source

__all__ = [
    "RESULT",
    "VIEWS",
    "DefinitionError",
    "Definitions",
    "Figures",
    "Indicator",
    "Item",
    "Lineage",
    "Part",
    "Source",
    "View",
    "compute",
    "lineage",
    "load_definitions",
]
