"""The observed series beside a target (观测序列): what was seen, and what of it can be compared.

Rule for several values of one period: nothing is thrown away. Values of another scope, currency or
definition are shown and set aside with the reason; the plan's own figures are never evidence; of
what remains, figures as first published go before revised ones (a target was set in the statistics
of its day), and sound sources before weak ones. Where the remaining values give different answers,
no answer is given.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from hexi.calendar import period as periods
from hexi.calendar.period import Period
from hexi.catalogue import Catalogue
from hexi.catalogue.evidence import Observation, PackTarget, PlanRef, Source
from hexi.catalogue.nouns import Indicator, SeriesBreak
from hexi.monitoring.verdicts.remarks import remark
from hexi.monitoring.verdicts.verdict import Remark, Role, SeriesPoint
from hexi.quantities import units

__all__ = [
    "BLOCKING",
    "GROWTH_BASES",
    "Ledger",
    "is_after",
    "is_weak",
    "observed_period",
    "preference",
]

GROWTH_BASES = ("growth_yoy", "growth_average", "growth_total")
_GROWTH_MEASURES = ("growth_annual", "growth_yoy", "growth_total")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
#: figures as first published, and figures without a mark, before those revised later
_VINTAGES = {"": 0, "as-published": 0, "pre-4th-census": 1, "estimate": 3}
_CONFIDENCES = {"high": 0, "medium": 1, "low": 2}
#: kinds of change after which values no longer compare
BLOCKING = ("definition", "scope", "counting", "system")


def observed_period(observation: Observation) -> Period:
    """Its period; a month means the year to date through that month."""
    month = _MONTH.fullmatch(observation.period)
    if month:
        return Period.year_to_date(int(month[1]), int(month[2]))
    return periods.parse(observation.period)


def is_weak(observation: Observation) -> bool:
    """An estimate, or one that fails a check of consistency."""
    return observation.confidence == "low" or observation.vintage == "estimate"


def preference(observation: Observation) -> tuple[int, int, str]:
    """Smaller is preferred among comparable values of one period."""
    vintage = _VINTAGES.get(observation.vintage, 2)
    return (vintage, _CONFIDENCES[observation.confidence], observation.id)


class Ledger:
    """All observations of a pack by unit and indicator, as far as the day ``until`` had them."""

    def __init__(
        self,
        observations: Iterable[Observation],
        *,
        catalogue: Catalogue,
        sources: Iterable[Source] = (),
        breaks: Iterable[SeriesBreak] = (),
        plans: Iterable[PlanRef] = (),
        until: date | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.sources = {source.id: source for source in sources}
        self.plans = {plan.id: plan for plan in plans}
        self._by_matter: dict[tuple[str, str], list[Observation]] = defaultdict(list)
        months = None if until is None else until.year * 12 + until.month - 1
        for observation in observations:
            if months is not None and observed_period(observation).last >= months:
                continue
            self._by_matter[observation.unit, observation.indicator].append(observation)
        self._breaks: dict[str, list[SeriesBreak]] = defaultdict(list)
        for change in breaks:
            self._breaks[change.indicator].append(change)

    def observed(self, unit: str, indicator: str) -> tuple[Observation, ...]:
        """Every observed value of a matter, in the order of time."""
        found = self._by_matter.get((unit, indicator), ())
        return tuple(sorted(found, key=lambda seen: (observed_period(seen), seen.id)))

    def indicator(self, target: PackTarget) -> Indicator | None:
        """The indicator of a target."""
        return self.catalogue.indicator(target.indicator)

    def base_year(self, target: PackTarget) -> int:
        """Year the target counts from: its base value's, its plan's, or the year before."""
        if target.base_period:
            return periods.parse(target.base_period).last_year
        if target.plan in self.plans:
            return self.plans[target.plan].base
        return periods.parse(target.period).first_year - 1 if target.period else 0

    def changes(self, target: PackTarget) -> tuple[SeriesBreak, ...]:
        """Changes of definition in the target's series."""
        return tuple(
            change
            for change in self._breaks.get(target.indicator, ())
            if not change.units or target.unit in change.units
        )

    def points(self, target: PackTarget) -> tuple[SeriesPoint, ...]:
        """Every observed value of the target's matter with the part it can play."""
        seen = self.observed(target.unit, target.indicator)
        return tuple(self._point(target, observation) for observation in seen)

    def related(self, target: PackTarget, at: str) -> tuple[SeriesPoint, ...]:
        """Values of member and governing units around the target's last year."""
        year = periods.parse(target.period).last_year if target.period else 0
        near = [
            membership.unit if membership.parent == target.unit else membership.parent
            for membership in self.catalogue.memberships
            if target.unit in (membership.unit, membership.parent)
            and membership.relation != "located"
            and membership.holds(at)
        ]
        around = [
            SeriesPoint(observation, "other", False, self._title(observation))
            for unit in near
            for observation in self.observed(unit, target.indicator)
            if abs(observed_period(observation).last_year - year) <= 1
        ]
        return tuple(around[:12])

    def _title(self, observation: Observation) -> str:
        source = self.sources.get(observation.source)
        return source.title if source else observation.source

    def _point(self, target: PackTarget, observation: Observation) -> SeriesPoint:
        point = SeriesPoint(observation, "other", False, self._title(observation))
        source = self.sources.get(observation.source)
        if source and source.plan and source.plan == target.plan:
            return replace(point, role="own")
        remarks = tuple(self._differences(target, observation))
        return replace(point, role=self._role(target, observation, remarks), remarks=remarks)

    def _role(
        self, target: PackTarget, observation: Observation, remarks: Sequence[Remark]
    ) -> Role:
        when = observed_period(observation)
        if when.last_year <= self.base_year(target):
            return "base"
        if remarks or not target.period:
            return "other"
        due = periods.parse(target.period)
        if when == due or (when.kind == "year" and when.last_year == due.last_year):
            return "weak" if is_weak(observation) else "evidence"
        return "partial" if due.contains(when) else "other"

    def _differences(self, target: PackTarget, observation: Observation) -> Iterable[Remark]:
        """Why the value cannot be held against the target."""
        if set(observation.facets) != set(target.facets):
            yield remark(
                "scope",
                seen="、".join(observation.facets) or "全部",
                seen_en="、".join(observation.facets) or "all",
                aimed="、".join(target.facets) or "全部",
                aimed_en="、".join(target.facets) or "all",
            )
        rate = target.measure in _GROWTH_MEASURES or observation.basis in GROWTH_BASES
        if not rate and not units.same_dimension(observation.measure_unit, target.measure_unit):
            yield remark("currency", seen=observation.measure_unit, aimed=target.measure_unit)
        base, year = self.base_year(target), observed_period(observation).last_year
        for change in self.changes(target):
            if change.kind == "parallel" and observation.definition == change.after:
                yield remark("parallel", note=change.note, note_en=change.note_en)
            elif change.kind in BLOCKING and year > base:
                turn = int(change.period[:4])
                if (base >= turn) != is_after(change, observation.definition, year >= turn):
                    yield remark("break", note=change.note, note_en=change.note_en)


def is_after(change: SeriesBreak, definition: str, by_date: bool) -> bool:
    """On which side of a change a value lies: by its definition tag, else by its date."""
    if definition and definition == change.after:
        return True
    if definition and definition == change.before:
        return False
    return by_date
