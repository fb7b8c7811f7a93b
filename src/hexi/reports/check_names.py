"""Names of checks, verdicts and ranks on paper (核算项目、判定与等级的名称)."""

from __future__ import annotations

from hexi.plans.audit.check_names import CHECK_NAMES
from hexi.plans.audit.finding import Rank, Verdict

__all__ = ["CHECK_NAMES", "RANK_NAMES", "VERDICT_NAMES", "check_name"]

VERDICT_NAMES: dict[Verdict, tuple[str, str]] = {
    Verdict.EQUAL: ("相等", "equal"),
    Verdict.PASS: ("通过", "pass"),
    Verdict.ROUNDING: ("舍入可通", "rounding"),
    Verdict.OPEN: ("因界限词可通", "open"),
    Verdict.SUSPECT: ("存疑", "suspect"),
    Verdict.OUTSIDE: ("不符", "outside"),
}

RANK_NAMES: dict[Rank, tuple[str, str]] = {
    "identity": ("算式不成立", "identity broken"),
    "passages": ("前后不一", "passages differ"),
    "plausibility": ("合理性存疑", "plausibility"),
}


def check_name(check: str) -> tuple[str, str]:
    """Name of a check; its own code where it has none yet."""
    return CHECK_NAMES.get(check, (check, check))
