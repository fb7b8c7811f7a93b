"""The back-test of the forecast: real yearly series, plans that might have been, how they ended.

GDP of countries and CO2 of nations (datasets/gdp, datasets/co2-fossil-by-nation: open data that
is not shipped). Plans of five years from every fifth base year 1965-2015, judged with three and
with two years to go on at most 15 past values. Four targets each: the mean growth of the ten years
before the base, three and one percentage points below and above. Series have at least 22 positive
values since 1955, plans a value in every year and ten in the fifteen years to their base.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hexi.catalogue import load_pack
from hexi.monitoring.forecast import Asks, Panel, fan, fit, foresee, student

SINCE, FEWEST_VALUES, FEWEST_BEFORE, WINDOW = 1955, 22, 10, 15
BASES, YEARS, LEFT = range(1965, 2016, 5), 5, (3, 2)
HEIGHTS = (-0.03, -0.01, 0.01, 0.03)
FAMILIES = ("gdp", "co2")


@dataclass(frozen=True)
class World:
    """Series as a table by year, NaN where there is no positive value."""

    values: np.ndarray
    family: np.ndarray
    names: list[str]
    first: int

    def column(self, year: int) -> int:
        return year - self.first


@dataclass(frozen=True)
class Plans:
    """One row a plan and day of judgement; targets are logarithms, a column each."""

    row: np.ndarray
    base: np.ndarray
    left: np.ndarray
    #: logarithms of the value in the base year, on the day, at the end
    start: np.ndarray
    now: np.ndarray
    end: np.ndarray
    lines: np.ndarray

    @property
    def met(self) -> np.ndarray:
        return self.end[:, None] >= self.lines

    @property
    def day(self) -> np.ndarray:
        return self.base + YEARS - self.left


@dataclass(frozen=True)
class Answers:
    """Chances by target, and the band of 80 % where the method has one."""

    p: np.ndarray
    low: np.ndarray | None = None
    high: np.ndarray | None = None


def load(folder: Path) -> World:
    """The series that are long enough."""
    found: dict[tuple[str, str], dict[int, float]] = {}
    sources = (
        ("gdp", "gdp_current_usd_by_country.csv", "Country Name", "Value"),
        ("co2", "co2_fossil_by_nation.csv", "Country", "Total"),
    )
    for family, file, name, value in sources:
        with (folder / file).open(encoding="utf-8", newline="") as lines:
            for line in csv.DictReader(lines):
                year, number = int(line["Year"]), float(line[value] or "nan")
                if year >= SINCE and number > 0:
                    found.setdefault((family, line[name]), {})[year] = number
    kept = sorted(key for key, series in found.items() if len(series) >= FEWEST_VALUES)
    last = max(max(found[key]) for key in kept)
    values = np.full((len(kept), last - SINCE + 1), np.nan)
    for row, key in enumerate(kept):
        for year, number in found[key].items():
            values[row, year - SINCE] = number
    family = np.array([FAMILIES.index(key[0]) for key in kept])
    return World(values, family, [f"{a} {b}" for a, b in kept], SINCE)


def plans_of(world: World) -> Plans:
    """Every plan of the protocol."""
    x = np.log(world.values)
    rows: list[tuple[float, ...]] = []
    for row, base, left in ((r, b, k) for r in range(len(x)) for b in BASES for k in LEFT):
        at = world.column(base)
        if at + YEARS >= x.shape[1] or np.isnan(x[row, at : at + YEARS + 1]).any():
            continue
        before = x[row, max(0, at - WINDOW + 1) : at + 1]
        before = before[np.isfinite(before)]
        if len(before) < FEWEST_BEFORE:
            continue
        growth = float(np.diff(before[-11:]).mean())
        start = x[row, at]
        lines = [start + YEARS * (growth + height) for height in HEIGHTS]
        rows.append((row, base, left, start, x[row, at + YEARS - left], x[row, at + YEARS], *lines))
    table = np.array(rows)
    whole = table[:, :3].astype(int)
    return Plans(*whole.T, *table[:, 3:6].T, table[:, 6:])


def half_of(world: World) -> np.ndarray:
    """Which half of the series each row belongs to: settings were chosen on half 0."""
    return np.array([sum(map(ord, name)) % 2 for name in world.names])


def by_line(world: World, plans: Plans) -> Answers:
    """On the schedule line or not, taken as certain."""
    due = (
        plans.start[:, None]
        + (plans.lines - plans.start[:, None]) * ((YEARS - plans.left) / YEARS)[:, None]
    )
    return Answers((plans.now[:, None] >= due).astype(float))


def _own_steps(world: World, plans: Plans) -> tuple[np.ndarray, ...]:
    """Mean, variance and number of the last steps on the day."""
    x = np.log(world.values)
    found = []
    for row, day in zip(plans.row, plans.day, strict=True):
        at = world.column(int(day))
        past = x[row, max(0, at - WINDOW + 1) : at + 1]
        steps = np.diff(past[np.isfinite(past)])
        found.append((steps.mean(), steps.var(ddof=1), len(steps)))
    return tuple(np.array(found).T)


def by_normal_drift(world: World, plans: Plans) -> Answers:
    """Logarithmic drift of the series alone, normal errors."""
    mean, variance, _ = _own_steps(world, plans)
    centre = plans.now + plans.left * mean
    scale = np.maximum(np.sqrt(variance * plans.left), 1e-6)
    p = student.survival((plans.lines - centre[:, None]) / scale[:, None], 1e6)
    reach = student.quantile(0.9, 1e6) * scale
    return Answers(p, centre - reach, centre + reach)


def by_shrunk_drift(world: World, plans: Plans) -> Answers:
    """The same with t tails, shrunk over the siblings' medians of 15 years."""
    x = np.log(world.values)
    mean, variance, count = _own_steps(world, plans)
    centre, scale = np.empty(len(mean)), np.empty(len(mean))
    h = plans.left.astype(float)
    for family in range(len(FAMILIES)):
        for day in np.unique(plans.day):
            at = world.column(int(day))
            window = x[world.family == family, max(0, at - WINDOW + 1) : at + 1]
            steps = np.diff(window, axis=1)
            known = np.isfinite(steps).sum(axis=1)
            steps = steps[(known >= 2) & np.isfinite(window[:, -1])]
            known = known[(known >= 2) & np.isfinite(window[:, -1])]
            own, spread = np.nanmean(steps, axis=1), np.nanvar(steps, axis=1, ddof=1)
            pool, growth = np.median(spread), np.median(own)
            between = max(own.var() - (spread / known).mean(), 1e-5)
            mine = (world.family[plans.row] == family) & (plans.day == day)
            shrunk = (count[mine] * variance[mine] + 8 * pool) / (count[mine] + 8)
            trust = 1 / (count[mine] / shrunk + 1 / between)
            drift = trust * (mean[mine] * count[mine] / shrunk + growth / between)
            centre[mine] = plans.now[mine] + h[mine] * drift
            scale[mine] = np.sqrt(
                shrunk * (h[mine] + h[mine] ** 2 / (count[mine] + shrunk / between))
            )
    df = count + 7
    p = student.survival((plans.lines - centre[:, None]) / scale[:, None], df[:, None])
    reach = student.quantile(0.9, df) * scale
    return Answers(p, centre - reach, centre + reach)


def by_hexi(world: World, plans: Plans) -> Answers:
    """The product's own way: on each day a panel of what was known, asked about the end."""
    p = np.empty(plans.lines.shape)
    low, high = np.empty(len(p)), np.empty(len(p))
    for day in np.unique(plans.day):
        known = world.values[:, : world.column(int(day)) + 1]
        model = fit(Panel.of(known, last=int(day), family=world.family))
        mine = np.nonzero(plans.day == day)[0]
        end = plans.base[mine] + YEARS
        for target in range(p.shape[1]):
            asks = Asks.of(plans.row[mine], "level", np.exp(plans.lines[mine, target]), end)
            outlook = foresee(model, asks)
            p[mine, target] = outlook.p
        band = fan(model, int(end.max()), plans.row[mine], levels=(0.1, 0.9)).quantiles
        step = end - int(day) - 1
        low[mine], high[mine] = np.log(band[np.arange(len(mine)), step]).T
    return Answers(p, low, high)


def pack_outcomes() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Chances, outcomes and ends inside the band, on the yearly levels of the pack itself.

    Whatever was observed up to a year is asked about the values two and three years later, at the
    growth had so far less and plus one and three percentage points. Series of the same indicator
    are siblings, others of the pack where it has few.
    """
    levels: dict[tuple[str, ...], dict[int, float]] = {}
    for seen in load_pack().observations:
        if seen.basis == "level" and seen.period.isdigit() and seen.figure.value > 0:
            key = (seen.unit, seen.indicator, *seen.facets, seen.measure_unit)
            levels.setdefault(key, {}).setdefault(int(seen.period), float(seen.figure.value))
    names = sorted(levels)
    years = sorted({year for series in levels.values() for year in series})
    table = np.full((len(names), years[-1] - years[0] + 1), np.nan)
    for row, name in enumerate(names):
        for year, value in levels[name].items():
            table[row, year - years[0]] = value
    p: list[float] = []
    met: list[bool] = []
    inside: list[bool] = []
    for day in range(years[0] + 2, years[-1]):
        known = table[:, : day - years[0] + 1]
        model = fit(Panel.of(known, last=day, family=np.zeros(len(names))))
        for left in LEFT:
            column = day + left - years[0]
            if column >= table.shape[1]:
                continue
            rows = np.nonzero(np.isfinite(known[:, -1]) & np.isfinite(table[:, column]))[0]
            rows = rows[np.isfinite(known[rows]).sum(axis=1) >= 3]
            if not len(rows):
                continue
            came = table[rows, column]
            first = np.isfinite(known[rows]).argmax(axis=1)
            growth = np.log(known[rows, -1] / known[rows, first]) / (known.shape[1] - 1 - first)
            for height in HEIGHTS:
                line = known[rows, -1] * np.exp(left * (growth + height))
                outlook = foresee(model, Asks.of(rows, "level", line, day + left))
                p += outlook.p.tolist()
                met += (came >= line).tolist()
            inside += ((came >= outlook.low80) & (came <= outlook.high80)).tolist()
    return np.array(p), np.array(met), np.array(inside)


METHODS = {
    "progress line, 1 or 0": by_line,
    "log drift, normal": by_normal_drift,
    "log drift, t, shrunk": by_shrunk_drift,
    "Hexi": by_hexi,
}
