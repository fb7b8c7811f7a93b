"""When a cell gives an enterprise away (主保密规则): too few enterprises, or one that dominates.

A cell of a published table is a sum over enterprises. It is *sensitive* where fewer than three
enterprises are in it (不足三家), where its second largest contributor, who knows his own return,
could estimate the largest within p per cent (p% 规则), or, as an option, where the one or two
largest make up more than k per cent of it ((n, k) 优势规则). A sensitive cell is never shown, and
nobody may be able to work it out more closely than its *protection levels* allow (保护区间).

Sources: A. Hundepool and others, Statistical Disclosure Control (Wiley 2012), chapter 4, table 4.2
for the protection levels; Handbook on Statistical Disclosure Control (ESSnet SDC), section 4.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

__all__ = ["SCALE", "Dominance", "Reason", "Rule", "Sensitivity", "find_sensitive"]

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

#: amounts are whole numbers of ten-thousandths, as exact as the warehouse stores them
SCALE = 10_000


class Reason(IntEnum):
    """Why a cell is shown or not (理由); the numbers are stored with a decision."""

    #: nothing speaks against it
    OPEN = 0
    #: nobody reported: there is nothing to give away
    EMPTY = 1
    #: fewer enterprises than the rule asks for
    FEW = 2
    #: one enterprise, or a few, dominate
    DOMINANT = 3
    #: both of them
    FEW_AND_DOMINANT = 4
    #: hidden so that sums do not betray a sensitive cell (次级保密)
    SECONDARY = 5

    @property
    def primary(self) -> bool:
        """True where the cell itself is sensitive."""
        return Reason.FEW <= self <= Reason.FEW_AND_DOMINANT


@dataclass(frozen=True, slots=True)
class Dominance:
    """The (n, k) rule: sensitive where the ``largest`` contributors exceed ``percent`` of it."""

    #: n: 1 or 2
    largest: int
    #: k
    percent: int

    def __post_init__(self) -> None:
        if self.largest not in (1, 2) or not 0 < self.percent < 100:
            raise ValueError("(n, k): n is 1 or 2 and k lies between 0 and 100")


@dataclass(frozen=True, slots=True)
class Rule:
    """What an office holds confidential (保密规则); a pack says which (`disclosure_rule`).

    What stands here holds for tables of nobody's pack.
    """

    #: a cell needs so many enterprises to be shown
    enterprises: int = 3
    #: p: nobody may come nearer than this to an enterprise's amount
    percent: int = 10
    dominance: Dominance | None = None
    #: protection that even a tiny amount gets, in the unit of the cell
    least: int = 1
    #: hold against a respondent who knows its own return too, not only against a reader
    insiders: bool = True

    def __post_init__(self) -> None:
        if self.enterprises < 1 or not 0 < self.percent <= 100 or self.least < 1:
            raise ValueError("a rule needs enterprises ≥ 1, 0 < percent ≤ 100, least ≥ 1")

    def describe(self) -> str:
        """The rule as it is stored with a decision; equal rules describe themselves equally."""
        parts = [f"n>={self.enterprises}", f"p={self.percent}"]
        if self.dominance:
            parts.append(f"nk=({self.dominance.largest},{self.dominance.percent})")
        parts += [f"least={self.least}", "insiders" if self.insiders else "readers"]
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Which cells are sensitive and what they need; arrays of the table's shape."""

    #: Reason of each cell
    reason: npt.NDArray[np.int8]
    #: nobody may exclude values from ``sum - lower`` to ``sum + upper``; ten-thousandths
    lower: Whole
    upper: Whole

    @property
    def primary(self) -> Mask:
        """True where the cell is sensitive."""
        return self.reason >= Reason.FEW


def find_sensitive(
    total: Whole, reporters: Whole, first: Whole, second: Whole, rule: Rule
) -> Sensitivity:
    """Primary suppression of cells, all arrays of one shape, amounts in ten-thousandths.

    The attacker of the p % rule is the second largest contributor; where there is only one, any
    reader is. All comparisons are of whole numbers, so that a cell on the border falls the same
    way on every machine.
    """
    remainder = total - first - second
    wanted = rule.percent * first
    estimated = (100 * remainder < wanted) & (reporters > 0)
    upper = np.where(estimated, -(-wanted // 100) - remainder, 0)
    dominant = estimated
    if rule.dominance is not None:
        heads = first if rule.dominance.largest == 1 else first + second
        heavy = (100 * heads > rule.dominance.percent * total) & (reporters > 0)
        needed = -(-100 * heads // rule.dominance.percent) - total
        upper = np.where(heavy, np.maximum(upper, needed), upper)
        dominant = dominant | heavy
    few = (reporters > 0) & (reporters < rule.enterprises)
    # enough to blur the largest, where only the number of enterprises speaks against the cell
    upper = np.where(few & ~dominant, -(-wanted // 100), upper)
    reason = np.full(total.shape, Reason.OPEN, np.int8)
    reason[reporters == 0] = Reason.EMPTY
    reason[few] = Reason.FEW
    reason[dominant] = np.where(few[dominant], Reason.FEW_AND_DOMINANT, Reason.DOMINANT)
    sensitive = few | dominant
    upper = np.where(sensitive, np.maximum(upper, rule.least * SCALE), 0)
    return Sensitivity(reason, np.minimum(upper, total), upper)
