"""Claim: 10,000 targets of 60 periods each are swept within 10 CPU seconds, and in step with size.

A third of the series is yearly, a third quarterly, a third monthly; levels, shares, mean growth and
totals over the plan take turns, some series have gaps, some end early. A sweep is all of it: paths,
seasons, positions, official grades, probabilities with their bands, lamps, reasons and hashes.
Beside it stands what an office would write: a pandas loop that gives each target only the place on
a straight line, the rate still needed and a normal probability from the mean growth. Last, the
sweep is done again: the same hashes, so that nothing need be written; and with one value changed.

    python benchmarks/monitoring.py
"""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from datetime import date
from statistics import NormalDist
from time import process_time

import numpy as np
import pandas as pd

from hexi.catalogue import load_pack
from hexi.monitoring.goal import Goal, settle
from hexi.monitoring.lamps import load_rules
from hexi.monitoring.observed import Observed
from hexi.monitoring.standing import Lamp
from hexi.monitoring.sweep import Sweep, sweep

SIZES = (1_000, 3_000, 10_000)
PERIODS = 60
AT = date(2024, 3, 15)
START, END = 2020, 2025
CLAIM_SECONDS = 10.0
#: CPU of the largest over that of the smallest, per target
CLAIM_GROWTH = 1.5
#: CPU per target over that of the pandas loop, which does a small part of it
CLAIM_RATIO = 2.0
PEER_TARGETS = 1_000
MEASURES = ("level", "share", "growth_annual", "cumulative")
FREQUENCIES = (1, 4, 12)


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")


def world(size: int) -> tuple[list[Goal], dict[str, Observed]]:
    """Targets and series that look like an office's: trend, season, noise, gaps, late reports."""
    random = np.random.default_rng(20)
    flows = [one for one in load_pack("gansu").indicators if one.kind == "flow"][:30]
    ratios = [one for one in load_pack("gansu").indicators if one.kind == "ratio"][:10]
    goals: list[Goal] = []
    series: dict[str, Observed] = {}
    for number in range(size):
        frequency = FREQUENCIES[number % 3]
        measure = MEASURES[number // 3 % 4]
        values, last = _values(random, measure, frequency)
        base = float(np.nanmean(values[:5])) if frequency == 1 else 50.0
        stated = {"level": f"{base:.1f}", "share": "50"}.get(measure, "")
        line = {
            "level": f"{base * random.uniform(1.1, 2.0):.1f}",
            "share": f"{random.uniform(51, 70):.1f}",
            "growth_annual": f"{random.uniform(3, 12):.1f}",
            "cumulative": f"{base * random.uniform(4, 8):.1f}",
        }[measure]
        share = measure in ("share", "growth_annual")
        goal = settle(
            f"g{number}",
            unit=f"u{number}",
            indicator=(ratios if measure == "share" else flows)[number % 10],
            measure=measure,
            value=line,
            measure_unit="%" if share else "亿元",
            bound="ge",
            start=START,
            end=END,
            base=stated,
            nature="binding" if number % 5 == 0 else "expected",
        )
        assert isinstance(goal, Goal)
        goals.append(goal)
        first = last - PERIODS + 1
        series[goal.id] = Observed(
            goal.id, goal.unit, goal.indicator, goal.measure_unit, frequency, first, values
        )
    return goals, series


def _values(random: np.random.Generator, measure: str, frequency: int) -> tuple[np.ndarray, int]:
    steps = random.normal(0.05 / frequency, 0.06 / math.sqrt(frequency), PERIODS)
    season = 1 + 0.2 * np.sin(2 * np.pi * np.arange(PERIODS) / frequency) * (frequency > 1)
    values = 100 * np.exp(np.cumsum(steps)) * season
    if measure == "share":
        values = np.clip(50 + np.cumsum(random.normal(0.4 / frequency, 0.8, PERIODS)), 1, 99)
    if random.random() < 0.2:
        values[random.integers(0, PERIODS - 8)] = np.nan
    if random.random() < 0.1:
        values[-random.integers(1, 4) :] = np.nan
    last = {1: 2023, 4: 2023 * 4 + 3, 12: 2024 * 12 + 1}[frequency]
    return values, last


def swept(goals: list[Goal], series: dict[str, Observed]) -> tuple[Sweep, float]:
    begun = process_time()
    found = sweep(goals, series, at=AT, rules=load_rules())
    return found, process_time() - begun


def loop(goals: list[Goal], series: dict[str, Observed]) -> float:
    """What an office's own script does, target by target; returns its CPU seconds."""
    begun = process_time()
    lamps: dict[str, str] = {}
    for goal in goals:
        observed = series[goal.id]
        codes = np.arange(observed.values.size) + observed.first
        column = pd.Series(observed.values, index=codes).dropna()
        growth = np.log(column).diff().dropna()
        left = (goal.end + 1) * observed.frequency - 1 - int(column.index[-1])
        value = float(column.iloc[-1])
        base = goal.base if goal.base else float(column.iloc[0])
        gone = max(1, int(column.index[-1]) - (goal.start + 1) * observed.frequency + 1)
        due = base + (goal.line - base) * gone / (gone + left)
        needed = (goal.line / value) ** (1 / max(left, 1)) - 1
        middle = math.log(value) + left * float(growth.mean())
        spread = float(growth.std()) * math.sqrt(max(left, 1))
        chance = 1 - NormalDist(middle, max(spread, 1e-9)).cdf(math.log(goal.line))
        colour = "red" if chance < 0.2 else "green" if chance > 0.8 else "yellow"
        lamps[goal.id] = f"{colour} {due:.1f} {needed:.3f}"
    assert len(lamps) == len(goals)
    return process_time() - begun


def main() -> int:
    load_rules()
    swept(*world(300))
    spent: dict[int, float] = {}
    say("targets  periods  CPU s  ms a target  green  yellow   red  grey")
    for size in SIZES:
        goals, series = world(size)
        found, spent[size] = swept(goals, series)
        lamps = found.lamps()
        say(
            f"{size:7,} {PERIODS:8} {spent[size]:6.2f} {spent[size] / size * 1000:12.3f}"
            f" {lamps[Lamp.GREEN]:6} {lamps[Lamp.YELLOW]:7} {lamps[Lamp.RED]:5}"
            f" {lamps[Lamp.GREY]:5}"
        )
    largest, smallest = SIZES[-1], SIZES[0]
    growth = (spent[largest] / largest) / (spent[smallest] / smallest)
    some = goals[:PEER_TARGETS]
    peer = loop(some, series) / len(some)
    ratio = spent[largest] / largest / peer
    say(f"cost a target, largest over smallest: {growth:.2f} (claim: at most {CLAIM_GROWTH})")
    say(
        f"pandas loop, place and normal chance alone: {peer * 1000:.3f} ms a target;"
        f" the sweep takes {ratio:.2f} of it (claim: at most {CLAIM_RATIO})"
    )
    again, _ = swept(goals, series)
    same = sum(
        one.data_hash == other.data_hash
        for one, other in zip(found.standings, again.standings, strict=True)
    )
    say(f"swept again: {same:,} of {largest:,} rows have the same hash")
    name = goals[0].id
    values = series[name].values.copy()
    values[-6] *= 1.02
    changed, _ = swept(goals, series | {name: replace(series[name], values=values)})
    moved = sum(
        one.data_hash != other.data_hash
        for one, other in zip(found.standings, changed.standings, strict=True)
    )
    say(f"one value changed: {moved:,} rows to write (its own, and siblings that borrow from it)")
    holds = (
        spent[largest] <= CLAIM_SECONDS
        and growth <= CLAIM_GROWTH
        and ratio <= CLAIM_RATIO
        and same == largest
        and moved >= 1
    )
    say("holds" if holds else "does not hold")
    return 0 if holds else 1


if __name__ == "__main__":
    raise SystemExit(main())
