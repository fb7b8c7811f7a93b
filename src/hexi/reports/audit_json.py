"""The audit for programs (核算结果的 JSON): a list of findings, one object each."""

from __future__ import annotations

import json

from hexi.reports.audit_report import AuditReport

__all__ = ["render"]


def render(report: AuditReport, *, everything: bool = False) -> str:
    """A JSON list in the order of the report; ``everything`` adds what was right."""
    items = [*report.faults, *(report.right if everything else ())]
    records = [item.finding.as_record() for item in items]
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"
