"""Screening of one project (项目筛查): result, outcomes, what is missing, what helps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hexi.admission.changes import Change, least_changes
from hexi.admission.columns import Projects
from hexi.admission.fields import Space
from hexi.admission.outcomes import FAILS, NOT_KNOWN, OUTCOMES, RESULTS, screen_many
from hexi.admission.tables import Row, Table

__all__ = ["RuleOutcome", "Screening", "screen"]


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What one rule says: passes, fails, unknown or not_applicable."""

    table: Table
    row: Row
    outcome: str
    #: what the project has in the fields that the rule demands something of; None: not known
    values: Mapping[str, float | str | None]
    #: what is wrong or not known, as a sentence; empty where nothing is
    sentence: str
    sentence_en: str
    #: for a failed rule: single inputs that would turn it
    changes: tuple[Change, ...]
    #: for a rule that cannot be told: the given fields that it lacks
    missing: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Table and row."""
        return f"{self.table.id}.{self.row.id}"

    @property
    def law(self) -> str:
        """Where the rule stands: the row's own place, or the table's."""
        return self.row.source or self.table.legal


@dataclass(frozen=True, slots=True)
class Screening:
    """The answer to one project on one day."""

    on: date
    #: admitted, incomplete, unmet, refused
    result: str
    outcomes: tuple[RuleOutcome, ...]
    #: given fields that would have to be known
    missing: tuple[str, ...]

    def of(self, outcome: str) -> tuple[RuleOutcome, ...]:
        """The rules of one outcome."""
        return tuple(one for one in self.outcomes if one.outcome == outcome)

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {
            "on": self.on.isoformat(),
            "result": self.result,
            "missing": list(self.missing),
            "rules": [
                {
                    "id": one.id,
                    "table": one.table.id,
                    "title": one.row.title,
                    "title_en": one.row.title_en,
                    "severity": one.table.severity,
                    "overridable": one.table.overridable,
                    "outcome": one.outcome,
                    "values": dict(one.values),
                    "sentence": one.sentence,
                    "sentence_en": one.sentence_en,
                    "legal": one.law,
                    "assumed": one.table.assumed,
                    "assumed_en": one.table.assumed_en,
                    "missing": list(one.missing),
                    "changes": [
                        {
                            "field": change.field,
                            "number": change.number,
                            "words": list(change.words),
                            "by": change.by,
                            "breaks": list(change.breaks),
                        }
                        for change in one.changes
                    ],
                }
                for one in self.outcomes
            ],
        }


def screen(
    project: Mapping[str, object], tables: Sequence[Table], space: Space, on: date
) -> Screening:
    """What the tables in force on a day say of one project.

    Raises:
        ProjectError: for a value that the project cannot have.
    """
    projects = Projects.of([project], space)
    found = screen_many(projects, tables, on)
    said = {lang: iter(found.sentences(lang)[0]) for lang in ("zh", "en")}
    outcomes: list[RuleOutcome] = []
    for number, (table, row) in enumerate(found.rules):
        code = found.codes[number, 0]
        told = code in (FAILS, NOT_KNOWN)
        outcomes.append(
            RuleOutcome(
                table,
                row,
                OUTCOMES[int(code)],
                {name: projects.value(name, 0) for name in row.need},
                next(said["zh"]) if told else "",
                next(said["en"]) if told else "",
                least_changes(project, found, number, on) if code == FAILS else (),
                found.lacking(number, 0) if code == NOT_KNOWN else (),
            )
        )
    return Screening(on, RESULTS[int(found.results[0])], tuple(outcomes), found.missing(0))
