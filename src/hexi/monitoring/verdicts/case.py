"""One target under judgement (待判目标): its line, its period, its comparable values."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from hexi.calendar import period as periods
from hexi.calendar.period import Period
from hexi.catalogue.evidence import Observation, PackTarget
from hexi.monitoring.verdicts.reach import Line, interval_of, shown
from hexi.monitoring.verdicts.series import Ledger, is_weak, observed_period, preference
from hexi.monitoring.verdicts.verdict import Remark, SeriesPoint, Status
from hexi.quantities import Interval, units

__all__ = ["Answer", "Case", "rate_of"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the evidence says before it is dressed as a verdict."""

    status: Status
    reasons: tuple[Remark, ...]
    used: tuple[Observation, ...] = ()
    inferred: bool = False
    leaning: Status | None = None
    #: the value decided by, in the target's unit
    seen: Interval | None = None
    observed: str = ""
    observed_period: str = ""
    arithmetic: str = ""
    warnings: tuple[Remark, ...] = ()


@dataclass
class Case:
    """A target with all that was observed of it."""

    target: PackTarget
    ledger: Ledger
    points: tuple[SeriesPoint, ...]
    period: Period | None = field(init=False)
    line: Line = field(init=False)

    def __post_init__(self) -> None:
        self.period = periods.parse(self.target.period) if self.target.period else None
        indicator = self.ledger.indicator(self.target)
        self.line = Line(
            Fraction(self.target.figure.value),
            self.target.bound,
            indicator.direction if indicator else "up",
        )

    @property
    def year(self) -> int:
        """Last year of the target."""
        return self.period.last_year if self.period else 0

    @property
    def comparable(self) -> list[Observation]:
        """Values that may be held against the target, whatever their year."""
        return [
            point.observation
            for point in self.points
            if not point.remarks and point.role not in ("own",)
        ]

    def of_year(self, year: int, bases: tuple[str, ...]) -> list[Observation]:
        """Comparable whole-year values, best first."""
        whole = Period.year(year)
        found = [
            seen
            for seen in self.comparable
            if seen.basis in bases and observed_period(seen) == whole
        ]
        return sorted(found, key=preference)

    def level(self, year: int) -> Observation | None:
        """The best sound level of a year."""
        sound = [seen for seen in self.of_year(year, ("level",)) if not is_weak(seen)]
        return sound[0] if sound else None

    def value(self, seen: Observation) -> Interval:
        """What an observed level stands for, in the target's unit."""
        into = self.target.measure_unit
        if not units.same_dimension(seen.measure_unit, into):
            into = seen.measure_unit
        return interval_of(seen.figure, seen.measure_unit, seen.bound, into)

    def text(self, seen: Observation) -> str:
        """An observed value as it was printed, converted figures shortened to two decimals."""
        sign = {"ge": "≥", "le": "≤", "approx": "约"}.get(seen.bound, "")
        digits = seen.figure.printed
        if seen.figure.decimals > 3:
            digits = f"{seen.figure.value.quantize(Decimal('0.01'))}"
        return f"{sign}{digits}{seen.measure_unit}"

    def share_of_target(self, seen: Interval, label: str) -> str:
        """How much of the target was reached, as arithmetic."""
        middle = seen.middle if seen.middle is not None else seen.low
        if not self.line.value or middle is None or self.target.measure_unit == "位":
            return ""
        ratio = shown(middle / self.line.value * 100, 1)
        return f"{label} ÷ {self.target.figure.printed}{self.target.measure_unit} = {ratio}%"


def rate_of(seen: Observation) -> Interval:
    """An observed growth rate as a factor: 8.4 % is 1.084."""
    return interval_of(seen.figure, "%", seen.bound, "%") / 100 + 1
