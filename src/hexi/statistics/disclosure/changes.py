"""What a new vintage tells by its difference (版本差异): a late return shows in every sum.

Where a cell is published in two vintages and only one enterprise's return came or changed in
between, the difference of the two is that enterprise's. No suppression of the new vintage can
take the old one back without hiding every sum up to the province; an office rather waits until
several returns have come together. These cells are therefore named before publication.
"""

from __future__ import annotations

import numpy as np

from hexi.statistics.disclosure.decision import Decision
from hexi.statistics.disclosure.rules import Mask, Rule
from hexi.statistics.disclosure.suppression import sensitive_cells
from hexi.statistics.disclosure.table import Table

__all__ = ["find_traces"]


def find_traces(changes: Table, before: Decision, after: Decision, rule: Rule) -> Mask:
    """Cells shown in both vintages whose change gives an enterprise away.

    ``changes`` is the table of what changed: `tabulate` over the returns that came or were
    corrected, each with the difference of its amount (``signed`` where some fell).
    """
    open_ = before.published & ~before.hidden & after.published & ~after.hidden
    traces: Mask = open_ & sensitive_cells(changes, rule).primary & (changes.gross > 0)
    return np.asarray(traces, bool)
