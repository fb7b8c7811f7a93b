"""Charts of a report (图): how the answers are distributed, and the course of judged targets."""

from __future__ import annotations

from hexi.calendar import period as periods
from hexi.monitoring.evaluation.counting import STATUSES, tally
from hexi.monitoring.evaluation.grounds import Grounds
from hexi.monitoring.evaluation.nouns import Chart, Line, Said
from hexi.monitoring.evaluation.subject import Assessed, Subject
from hexi.monitoring.evaluation.wording import name_of
from hexi.monitoring.verdicts.series import is_weak, observed_period
from hexi.monitoring.verdicts.verdict import SeriesPoint
from hexi.quantities import units

__all__ = ["answers_chart", "course"]

#: with fewer values than this a chart says no more than the table
_LEAST = 3
_OBSERVED, _AIMED = Said("实际", "observed"), Said("目标", "aim")


def answers_chart(subject: Subject) -> Chart:
    """Number of targets by answer."""
    count = tally(subject.targets)
    numbers = (count.met, count.missed, count.on_the_way, count.unknown)
    return Chart(
        "chart.answers",
        "bar",
        Said("目标判定结果", "Targets by answer"),
        tuple(STATUSES.values()),
        (Line(Said("目标数", "targets"), tuple(float(number) for number in numbers), "count"),),
        "项",
        ("count:targets",),
    )


def course(one: Assessed, grounds: Grounds) -> Chart | None:
    """Observed whole years beside base and aim of a level; None where there are too few."""
    target = one.target
    if target.measure not in ("level", "count", "share") or not target.period:
        return None
    due = periods.parse(target.period).last_year
    kept = _whole_years(one)
    if len(kept) < _LEAST:
        return None
    first = min([*kept, *_base_year(one)])
    years = range(first, max(due, max(kept)) + 1)
    seen = tuple(
        _value(kept[year], target.measure_unit) if year in kept else None for year in years
    )
    aimed: list[float | None] = [None] * len(years)
    aimed[due - first] = float(target.figure.value)
    for year in _base_year(one):
        if target.base is not None:
            aimed[year - first] = float(target.base.value)
    name = name_of(one)
    return Chart(
        f"chart.{target.id}",
        "line",
        Said(f"{name.zh}（{target.measure_unit}）", f"{name.en} ({target.measure_unit})"),
        tuple(Said(str(year), str(year)) for year in years),
        (Line(_OBSERVED, seen, "observed"), Line(_AIMED, tuple(aimed), "target")),
        target.measure_unit,
        (grounds.target(one), *(grounds.point(point) for point in kept.values())),
    )


def _base_year(one: Assessed) -> tuple[int, ...]:
    text = one.target.base_period
    return (periods.parse(text).last_year,) if text and one.target.base is not None else ()


def _whole_years(one: Assessed) -> dict[int, SeriesPoint]:
    """The best comparable level of each year, first published before revised."""
    kept: dict[int, SeriesPoint] = {}
    for point in one.verdict.series:
        seen = point.observation
        when = observed_period(seen)
        if point.remarks or when.kind != "year" or seen.basis not in ("level", "share"):
            continue
        if not units.same_dimension(seen.measure_unit, one.target.measure_unit):
            continue
        before = kept.get(when.last_year)
        if before is None or (is_weak(before.observation) and not is_weak(seen)):
            kept[when.last_year] = point
    return dict(sorted(kept.items()))


def _value(point: SeriesPoint, into: str) -> float:
    seen = point.observation
    return float(units.convert(seen.figure.value, seen.measure_unit, into))
