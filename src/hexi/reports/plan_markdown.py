"""A registered plan in Markdown (规划登记稿): for a wiki, a ticket or a mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from hexi.plans.audit.finding import Finding
from hexi.plans.register import Plan
from hexi.plans.statements.statement import Statement
from hexi.reports.audit_report import Language
from hexi.reports.plan_tables import Table, Value, plan_tables

__all__ = ["render"]


def render(
    plan: Plan,
    statements: Sequence[Statement] = (),
    findings: Sequence[Finding] = (),
    *,
    language: Language = "zh",
) -> str:
    """A heading, the overview as a list, and a table for each part that has rows."""
    overview, *tables = plan_tables(plan, statements, findings, language)
    lines = [f"# {_escape(plan.title)}", ""]
    mark = ": " if language == "en" else "："
    lines += [f"- {_escape(str(item))}{mark}{_cell(text)}" for item, text in overview.rows[1:]]
    lines.append("")
    for table in tables:
        if table.rows:
            lines += _table(table)
    return "\n".join(lines)


def _table(table: Table) -> list[str]:
    """The table without columns that are empty in every row."""
    used = [
        index
        for index in range(len(table.columns))
        if any(row[index] not in (None, "") for row in table.rows)
    ]
    numeric = [
        all(isinstance(row[index], (int, Decimal, type(None))) for row in table.rows)
        for index in used
    ]
    heads = " | ".join(_escape(table.columns[index].head) for index in used)
    rule = "|".join("---:" if right else "---" for right in numeric)
    rows = [" | ".join(_cell(row[index]) for index in used) for row in table.rows]
    return (
        [f"## {_escape(table.title)}", "", f"| {heads} |", f"|{rule}|"]
        + [f"| {row} |" for row in rows]
        + [""]
    )


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return _escape(str(value))


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_|<>\[\]#])", r"\\\1", " ".join(text.split()))
