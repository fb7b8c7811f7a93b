"""A screening on paper (筛查意见表): what Word, workbook and data files are made of.

Everything is text in one language already: the same words stand on the page and on paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["Paper", "PaperInput", "PaperOverride", "PaperRule"]


@dataclass(frozen=True, slots=True)
class PaperInput:
    """One input; ``taken``: from the record of the library."""

    title: str
    value: str
    unit: str
    taken: bool


@dataclass(frozen=True, slots=True)
class PaperRule:
    """One rule with its outcome."""

    title: str
    severity: str
    outcome: str
    outcome_label: str
    values: str
    sentence: str
    law: str
    assumed: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperOverride:
    """One rule set aside; with a withdrawal where there was one."""

    rule: str
    by: str
    day: date
    reason: str
    document: str
    withdrawn_by: str
    withdrawn_reason: str


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole screening."""

    number: str
    name: str
    unit: str
    day: date
    edition: str
    result: str
    result_label: str
    sentence: str
    note: str
    by: str
    kept_at: str
    inputs: tuple[PaperInput, ...]
    rules: tuple[PaperRule, ...]
    #: missing inputs with the rules that ask for them
    gaps: tuple[tuple[str, tuple[str, ...]], ...]
    overrides: tuple[PaperOverride, ...]
