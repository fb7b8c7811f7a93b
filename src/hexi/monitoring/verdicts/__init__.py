"""Verdicts (完成判定): what became of targets, judged by observed values, with every reason."""

from hexi.monitoring.verdicts.judging import judge, judge_one, judge_pack, ledger_of
from hexi.monitoring.verdicts.verdict import Remark, SeriesPoint, Status, TargetVerdict

__all__ = [
    "Remark",
    "SeriesPoint",
    "Status",
    "TargetVerdict",
    "judge",
    "judge_one",
    "judge_pack",
    "ledger_of",
]
