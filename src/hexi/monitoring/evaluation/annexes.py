"""Annexes (附件): every target with its answer, and the list of what each sentence rests on."""

from __future__ import annotations

from hexi.monitoring.evaluation.achievement import ALL_TARGETS, target_rows, target_sheet
from hexi.monitoring.evaluation.grounds import Grounds
from hexi.monitoring.evaluation.nouns import Said, Section
from hexi.monitoring.evaluation.subject import Subject

__all__ = ["all_targets"]


def all_targets(subject: Subject, grounds: Grounds) -> Section:
    """目标完成情况总表: those that cannot be told stand here with the reason."""
    title = Said("目标完成情况总表", "All targets")
    rows = target_rows(ALL_TARGETS, subject.targets, subject.owner, grounds, why=True)
    sheet = target_sheet(f"{ALL_TARGETS}.sheet", title, rows, why=True)
    return Section(ALL_TARGETS, title, (sheet,), annex=True)
