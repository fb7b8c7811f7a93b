"""What is said of a target (目标判定): met, missed, on the way or unknown, and on what grounds.

A verdict never stands alone: it carries the observed series with every vintage, the arithmetic,
the reasons, and warnings where definitions, scope or units differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from hexi.catalogue.evidence import Figure, Observation, PackTarget
from hexi.catalogue.nouns import SeriesBreak
from hexi.quantities import Interval

__all__ = ["GrowthCheck", "Remark", "Role", "SeriesPoint", "Status", "TargetVerdict"]


class Status(StrEnum):
    """The four answers."""

    MET = "met"  # 完成
    MISSED = "missed"  # 未完成
    ON_THE_WAY = "on_the_way"  # 推进中
    UNKNOWN = "unknown"  # 无法判定


@dataclass(frozen=True, slots=True)
class Remark:
    """A reason or a warning: a code for programs, a sentence for people."""

    code: str
    text: str
    text_en: str


#: evidence: of the target's period and comparable; weak: comparable but an estimate or of low
#: confidence; partial: part of the period; own: the plan's own figure; base: before the plan
#: began; other: another scope, unit, definition or year
Role = Literal["evidence", "weak", "partial", "own", "base", "other"]


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One observed value beside the target."""

    observation: Observation
    role: Role
    #: the verdict rests on it
    used: bool
    source: str
    #: why it cannot be compared, where it cannot
    remarks: tuple[Remark, ...] = ()

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        seen = self.observation
        return {
            "id": seen.id,
            "unit": seen.unit,
            "period": seen.period,
            "value": seen.figure.printed,
            "measure_unit": seen.measure_unit,
            "basis": seen.basis,
            "bound": seen.bound,
            "vintage": seen.vintage,
            "definition": seen.definition,
            "confidence": seen.confidence,
            "source": self.source,
            "note": seen.note,
            "role": self.role,
            "used": self.used,
            "remarks": [remark.code for remark in self.remarks],
        }


@dataclass(frozen=True, slots=True)
class GrowthCheck:
    """The growth rate that goes with a target, against the rate that was observed."""

    required: Figure
    bound: str
    observed: Interval
    status: Status
    arithmetic: str


@dataclass(frozen=True, slots=True)
class TargetVerdict:
    """The verdict on one target with everything it rests on."""

    target: PackTarget
    status: Status
    reasons: tuple[Remark, ...]
    warnings: tuple[Remark, ...] = ()
    #: computed from other recorded values, not recorded itself
    inferred: bool = False
    #: where the status is unknown: which way the evidence points
    leaning: Status | None = None
    #: the observed value it was decided by, in the target's unit, as text
    observed: str = ""
    observed_period: str = ""
    #: what it stands for, in the target's unit
    seen: Interval | None = None
    arithmetic: str = ""
    growth: GrowthCheck | None = None
    series: tuple[SeriesPoint, ...] = ()
    #: values of member or upper units, no evidence in themselves
    related: tuple[SeriesPoint, ...] = ()
    breaks: tuple[SeriesBreak, ...] = ()

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        growth = self.growth
        return {
            "target": self.target.id,
            "status": self.status.value,
            "inferred": self.inferred,
            "leaning": self.leaning.value if self.leaning else "",
            "observed": self.observed,
            "observed_period": self.observed_period,
            "arithmetic": self.arithmetic,
            "reasons": [_remark(remark) for remark in self.reasons],
            "warnings": [_remark(remark) for remark in self.warnings],
            "growth": {
                "required": growth.required.printed,
                "bound": growth.bound,
                "status": growth.status.value,
                "arithmetic": growth.arithmetic,
            }
            if growth
            else None,
            "series": [point.as_record() for point in self.series],
            "related": [point.as_record() for point in self.related],
            "breaks": [
                {"period": change.period, "text": change.note, "text_en": change.note_en}
                for change in self.breaks
            ],
        }


def _remark(remark: Remark) -> dict[str, str]:
    return {"code": remark.code, "text": remark.text, "text_en": remark.text_en}
