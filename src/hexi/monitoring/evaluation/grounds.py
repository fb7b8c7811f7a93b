"""The evidence list while a report is written (依据登记): each ground once, named by its key."""

from __future__ import annotations

from hexi.catalogue.nouns import SeriesBreak
from hexi.monitoring.evaluation.nouns import Evidence, Said
from hexi.monitoring.evaluation.subject import Assessed
from hexi.monitoring.verdicts.verdict import SeriesPoint

__all__ = ["BASES", "Grounds", "aim", "amount"]

#: bounds of a target as they are printed before its figure
_BOUNDS = {"ge": ("≥", "≥ "), "le": ("≤", "≤ "), "approx": ("约", "about ")}
#: what kind of figure an observed value is, where that is not its level
BASES = {
    "growth_yoy": Said("同比增长", "year-on-year growth"),
    "growth_average": Said("年均增长", "mean annual growth"),
    "growth_total": Said("累计增长", "growth over the time"),
    "cumulative": Said("累计", "cumulative"),
    "to_date": Said("历年累计", "since the beginning"),
}


class Grounds:
    """Collects what sentences rest on, in the order in which it is first named."""

    def __init__(self) -> None:
        self._found: dict[str, Evidence] = {}

    def all(self) -> tuple[Evidence, ...]:
        """Every ground once."""
        return tuple(self._found.values())

    def keep(self, evidence: Evidence) -> str:
        """Enter a ground; its key."""
        self._found.setdefault(evidence.key, evidence)
        return evidence.key

    def target(self, one: Assessed) -> str:
        """The target's own line in the plan."""
        target = one.target
        return self.keep(
            Evidence(
                f"target:{target.id}",
                "target",
                Said(f"{one.unit.zh}{target.name}", f"{target.name}, {one.unit.en}"),
                aim(one).zh,
                one.place,
                target.id,
            )
        )

    def used(self, one: Assessed) -> tuple[str, ...]:
        """The target's line and every observed value that its verdict rests on."""
        points = [point for point in one.verdict.series if point.used]
        return (self.target(one), *(self.point(point) for point in points))

    def point(self, point: SeriesPoint) -> str:
        """An observed value with its source."""
        seen = point.observation
        basis = BASES.get(seen.basis, Said("", ""))
        return self.keep(
            Evidence(
                f"observation:{seen.id}",
                "observation",
                Said(f"{seen.period}观测值", f"observed, {seen.period}"),
                f"{basis.zh}{amount(seen.figure.printed, seen.measure_unit, seen.bound)}",
                point.source,
                seen.id,
            )
        )

    def change(self, change: SeriesBreak) -> str:
        """A change of definition, from its period on."""
        return self.keep(
            Evidence(
                f"definition:{change.id}",
                "definition",
                Said("口径变动", "change of definition"),
                change.period,
                change.indicator,
                change.id,
            )
        )

    def count(self, key: str, what: Said, value: int, place: str) -> str:
        """A number of things that a table of the report lists."""
        return self.keep(Evidence(f"count:{key}", "count", what, str(value), place))


def amount(printed: str, measure_unit: str, bound: str = "eq") -> str:
    """A figure with its sign and unit as a Chinese report prints it."""
    return f"{_BOUNDS.get(bound, ('', ''))[0]}{printed}{measure_unit}"


def aim(one: Assessed) -> Said:
    """What the target asks for, in words short enough for a cell."""
    target = one.target
    figure = amount(target.figure.printed, target.measure_unit, target.bound)
    before = {
        "growth_annual": Said("年均增长", "per year "),
        "growth_yoy": Said("增长", "growth "),
        "growth_total": Said("累计增长", "in all "),
        "cumulative": Said("累计", "in all "),
    }.get(target.measure, Said("", ""))
    if target.measure == "growth_total" and target.measure_unit in ("番", "倍"):
        before = Said("翻", "doubled ×") if target.measure_unit == "番" else before
    return Said(f"{before.zh}{figure}", f"{before.en}{figure}")
