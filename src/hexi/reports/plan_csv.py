"""One table of a registered plan as CSV (逗号分隔文件), for Excel with a byte order mark.

Text cells that a spreadsheet would run as a formula get an apostrophe in front; numbers do not.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from hexi.plans.audit.finding import Finding
from hexi.plans.register import Plan
from hexi.plans.statements.statement import Statement
from hexi.reports.audit_report import Language
from hexi.reports.legal_text import inert
from hexi.reports.plan_tables import Value, plan_tables

__all__ = ["TableKey", "render"]

TableKey = Literal["overview", "targets", "statements", "projects", "tasks", "parks", "findings"]


def render(
    plan: Plan,
    statements: Sequence[Statement] = (),
    findings: Sequence[Finding] = (),
    *,
    table: TableKey = "targets",
    bom: bool = False,
    language: Language = "zh",
) -> bytes:
    """The table in UTF-8; ``bom`` is what Excel needs to see that it is."""
    (found,) = (t for t in plan_tables(plan, statements, findings, language) if t.key == table)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(column.head for column in found.columns)
    writer.writerows([_cell(value) for value in row] for row in found.rows)
    return buffer.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int):
        return str(value)
    return inert(value)
