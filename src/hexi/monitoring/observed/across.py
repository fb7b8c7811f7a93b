"""Values on both sides of a change of definition (口径变动): the target's side is kept.

Only a factor that an authority has declared (衔接系数) carries values from the other side across.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from hexi.catalogue.evidence import Observation
from hexi.catalogue.nouns import SeriesBreak
from hexi.monitoring.goal import Goal
from hexi.monitoring.observed.series import Break
from hexi.monitoring.reasons import because
from hexi.monitoring.verdicts.series import is_after, observed_period
from hexi.monitoring.verdicts.verdict import Remark, SeriesPoint

__all__ = ["Scaled", "across"]

#: an observation and the factor that makes it comparable
Scaled = tuple[Observation, Fraction]


def across(
    goal: Goal, points: Iterable[SeriesPoint], changes: Iterable[SeriesBreak]
) -> tuple[list[tuple[Observation, Fraction]], tuple[Break, ...], list[Remark]]:
    """Values on the target's side of every change, or carried there by a declared factor."""
    blocking = list(changes)
    kept: list[tuple[Observation, Fraction]] = []
    crossed: dict[str, bool] = {}
    for point in points:
        if any(one.code != "break" for one in point.remarks):
            continue
        seen, factor = point.observation, Fraction(1)
        year = observed_period(seen).last_year
        for change in blocking:
            turn = int(change.period[:4])
            after = is_after(change, seen.definition, year >= turn)
            aimed = goal.start >= turn
            if after == aimed:
                continue
            crossed[change.id] = crossed.get(change.id, False) or aimed
            if not change.link:
                factor = Fraction(0)
                break
            link = Fraction(Decimal(change.link))
            factor = factor * link if aimed else factor / link
        if factor:
            kept.append((seen, factor))
    breaks: list[Break] = []
    cautions: list[Remark] = []
    for change in blocking:
        link_ = float(change.link) if change.link else None
        if change.id not in crossed:
            continue
        code = int(change.period[:4])
        breaks.append(Break(code, change.kind, change.note, change.note_en, link_))
        words = {"note": change.note, "note_en": change.note_en}
        if link_ is not None:
            cautions.append(because("bridged", factor=change.link, **words))
        else:
            cautions.append(because("cut" if crossed[change.id] else "blocked", **words))
    return kept, tuple(breaks), cautions
