"""What if (情景测算): the chance of a target under one declared assumption; nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hexi.monitoring.forecast import (
    Adjustment,
    Delay,
    ExchangeRate,
    Growth,
    Leaving,
    Scenario,
    foresee,
)
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.typed_number import read_number
from hexi.portal.plans.queries import words
from hexi.portal.scoreboard.models import MonitoredTarget
from hexi.portal.scoreboard.queries.wording import chance, number
from hexi.portal.scoreboard.sweep.bench import Bench, bench_of

__all__ = ["Effect", "asked_scenario", "drivers", "scenario_of"]

_DRIVERS: dict[str, tuple[Any, Any]] = {
    "growth": (
        lazy("Growth higher or lower"),
        lazy("Growth: percentage points a year, for example −2."),
    ),
    "delay": (
        lazy("A project starts late"),
        lazy("Project: its output a year in the target's unit, and the years it comes later."),
    ),
    "leaving": (
        lazy("A large firm leaves"),
        lazy("Firm: the per cent of the whole that it makes, for example 15."),
    ),
    "exchange": (
        lazy("The exchange rate changes"),
        lazy("Exchange rate: per cent by which the value in this unit changes, for example −5."),
    ),
}
_MOST_YEARS = 20


@dataclass(frozen=True, slots=True)
class Effect:
    """The target with and without the assumption; or what was wrong with what was asked."""

    fault: str = ""
    before: str = ""
    after: str = ""
    median_before: str = ""
    median_after: str = ""
    unit: str = ""
    assumptions: list[str] = field(default_factory=list)


def drivers() -> list[dict[str, str]]:
    """What can be changed, and how it is entered."""
    return [
        {"value": key, "label": str(label), "hint": str(hint)}
        for key, (label, hint) in _DRIVERS.items()
    ]


def asked_scenario(given: Mapping[str, Any]) -> dict[str, str]:
    """What the address asks for."""
    names = ("driver", "amount", "since", "years")
    return {name: str(given.get(name, "")).strip()[:20] for name in names}


def scenario_of(row: MonitoredTarget, given: Mapping[str, Any], today: date) -> Effect | None:
    """The effect of what was asked; None where nothing was."""
    asked = asked_scenario(given)
    if not asked["driver"]:
        return None
    bench = bench_of(row, today)
    if bench is None:
        return Effect(fault=_("Nothing was observed of this target; there is nothing to vary."))
    if bench.until <= bench.last:
        return Effect(fault=_("The figure of the due year is known; nothing can change it."))
    try:
        change = _change(asked, bench)
    except Refusal as refusal:
        return Effect(fault=f"{refusal.message} {refusal.remedy}")
    model, asks, place = bench.asked.model, bench.asks(), bench.place
    scenario = Scenario.of(model, bench.until, [change])
    plain, other = foresee(model, asks), foresee(model, asks, scenario)
    key = "text_en" if words.english() else "text"
    return Effect(
        before=chance(float(plain.p[place])),
        after=chance(float(other.p[place])),
        median_before=number(float(plain.median[place]), row.value),
        median_after=number(float(other.median[place]), row.value),
        unit=bench.goal.measure_unit,
        assumptions=[str(getattr(one, key)) for one in scenario.assumptions],
    )


def _change(asked: Mapping[str, str], bench: Bench) -> Adjustment:
    """The assumption in the engine's terms.

    Raises:
        Refusal: where a figure cannot be read or makes no sense.
    """
    amount = float(read_number(asked["amount"]))
    steps, last, row = bench.frequency, bench.last, bench.row
    since = _year(asked["since"], (last + 1) // steps) * steps
    start = max(since, last + 1)
    match asked["driver"]:
        case "growth":
            return Growth(row, amount, start)
        case "delay":
            years = _year(asked["years"] or "1", 1)
            return Delay(row, amount, start, min(years, _MOST_YEARS) * steps)
        case "leaving":
            return Leaving(row, _part(amount), start)
        case "exchange":
            return ExchangeRate(row, max(1 + amount / 100, 0.0), start)
        case _:
            raise Refusal(
                "unknown_driver", _("There is no such driver."), _("Choose one of the list.")
            )


def _part(amount: float) -> float:
    if not 0 < amount <= 100:
        raise Refusal(
            "not_a_part",
            _("A part lies between 0 and 100 per cent."),
            _("Write it as 15 for 15 per cent."),
        )
    return amount / 100


def _year(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) <= 4 else default
