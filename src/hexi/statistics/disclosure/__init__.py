"""Confidentiality of published tables (统计保密): no figure gives a single enterprise away.

`tabulate` makes a `Table` of returns over crossed axes (`from_columns` of cells that an engine has
added up), `suppress` decides which of its cells are
hidden and proves that no sum betrays them, `Decision` is what is stored with the publication.
"""

from hexi.statistics.disclosure.axes import Axis, AxisError
from hexi.statistics.disclosure.changes import find_traces
from hexi.statistics.disclosure.columns import from_columns, hidden_rows
from hexi.statistics.disclosure.decision import Decision, DecisionError
from hexi.statistics.disclosure.loading import check_disclosure, disclosure_rule
from hexi.statistics.disclosure.rules import (
    SCALE,
    Dominance,
    Reason,
    Rule,
    Sensitivity,
    find_sensitive,
)
from hexi.statistics.disclosure.suppression import (
    Earlier,
    ProtectionFault,
    sensitive_cells,
    suppress,
)
from hexi.statistics.disclosure.table import Table, TableError, tabulate

__all__ = [
    "SCALE",
    "Axis",
    "AxisError",
    "Decision",
    "DecisionError",
    "Dominance",
    "Earlier",
    "ProtectionFault",
    "Reason",
    "Rule",
    "Sensitivity",
    "Table",
    "TableError",
    "check_disclosure",
    "disclosure_rule",
    "find_sensitive",
    "find_traces",
    "from_columns",
    "hidden_rows",
    "sensitive_cells",
    "suppress",
    "tabulate",
]
