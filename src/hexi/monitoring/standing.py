"""Where a target stands on a day (进度): one row of a sweep, ready to be stored and shown."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from hexi.monitoring.verdicts.verdict import Remark

__all__ = ["Contribution", "Grade", "Lamp", "Official", "Standing"]


class Grade(StrEnum):
    """How far a target is, against what is due by now (进度等次)."""

    REACHED = "reached"  # 提前实现、已完成
    AHEAD = "ahead"  # 快于预期
    ON_SCHEDULE = "on_schedule"  # 符合预期
    BEHIND = "behind"  # 滞后
    UNKNOWN = "unknown"  # 无法判断


class Lamp(StrEnum):
    """The colour a target is shown in (亮灯)."""

    GREEN = "green"  # 绿灯
    YELLOW = "yellow"  # 黄灯
    RED = "red"  # 红灯
    GREY = "grey"  # 数据不足
    FINISHED = "finished"  # 已到期


@dataclass(frozen=True, slots=True)
class Official:
    """Progress as official evaluation reckons it (时序进度): done against due, in shares of 1."""

    grade: Grade
    due: float
    done: float
    #: log (compound) or plain
    scale: str

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {"grade": self.grade.value, "due": self.due, "done": self.done, "scale": self.scale}


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one part adds to the gap of the whole (拖累与拉动)."""

    part: str
    #: actual less expected, in the goal's unit (for ratios: weighted by the part's denominator)
    gap: float
    #: of the whole's gap; None where the whole has no gap
    share: float | None

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {"part": self.part, "gap": self.gap, "share": self.share}


@dataclass(frozen=True, slots=True)
class Standing:
    """Position, forecast and lamp of one target on one day; None is not to be said."""

    goal: str
    as_of: date
    #: period of the actual value, as written; empty where there is none
    last_period: str
    actual: float | None
    #: what the path has for that period
    expected: float | None
    #: actual less expected
    gap: float | None
    #: share of the way from base to line, 1 is all of it
    completion: float | None
    #: needed from now on, and had since the base: per cent a year where `rate` is compound,
    #: else the goal's unit a year
    required_rate: float | None
    past_rate: float | None
    #: compound or linear
    rate: str
    grade: Grade
    official: Official | None
    #: probability of meeting the target
    p: float | None
    low80: float | None
    high80: float | None
    #: of what the target measures, at its end
    median: float | None
    method: str
    reasons: tuple[Remark, ...]
    lamp: Lamp
    #: id of the dated rule that gave the lamp
    lamp_rule: str
    contributions: tuple[Contribution, ...] = ()
    #: of the inputs and of what came out: equal hash, nothing to rewrite
    data_hash: str = ""

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {
            "goal": self.goal,
            "as_of": self.as_of.isoformat(),
            "last_period": self.last_period,
            "actual": _plain(self.actual),
            "expected": _plain(self.expected),
            "gap": _plain(self.gap),
            "completion": _plain(self.completion),
            "required_rate": _plain(self.required_rate),
            "past_rate": _plain(self.past_rate),
            "rate": self.rate,
            "grade": self.grade.value,
            "official": self.official.as_record() if self.official else None,
            "p": _plain(self.p),
            "low80": _plain(self.low80),
            "high80": _plain(self.high80),
            "median": _plain(self.median),
            "method": self.method,
            "reasons": [
                {"code": one.code, "text": one.text, "text_en": one.text_en} for one in self.reasons
            ],
            "lamp": self.lamp.value,
            "lamp_rule": self.lamp_rule,
            "contributions": [one.as_record() for one in self.contributions],
            "data_hash": self.data_hash,
        }


def _plain(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else value
