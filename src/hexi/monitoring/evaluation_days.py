"""When a plan's evaluations are due (评估时限): yearly, in the middle, at the end, by dated rules.

The rules are data of the pack (`monitoring/evaluations.toml`), each with its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import pack_path
from hexi.catalogue.toml_lines import read_toml

__all__ = ["DueEvaluation", "EvaluationRule", "evaluations_due", "load_evaluation_rules"]

_FILE = "monitoring/evaluations.toml"
KINDS = ("yearly", "midterm", "final")


@dataclass(frozen=True, slots=True)
class EvaluationRule:
    """One kind of evaluation, and by when it is to be there."""

    id: str
    since: str
    until: str
    #: yearly midterm final
    kind: str
    #: year of the plan that it looks back on; 0: each year (yearly), the last year (final)
    after: int
    month: int
    day: int
    source: str
    note: str
    note_en: str

    def in_force(self, day: date) -> bool:
        """Does the rule hold on a day?"""
        at = day.isoformat()
        return self.since <= at and (not self.until or at < self.until)


@dataclass(frozen=True, slots=True)
class DueEvaluation:
    """One evaluation that a plan asks for."""

    kind: str
    #: the year that it looks back on
    year: int
    due: date
    rule: EvaluationRule


def load_evaluation_rules(pack: str | Path = "gansu") -> tuple[EvaluationRule, ...]:
    """The rules of a pack; none where it has no such file. `PackError` names each fault."""
    return _load(pack_path(pack).resolve())


def evaluations_due(
    first: int, last: int, rules: tuple[EvaluationRule, ...]
) -> list[DueEvaluation]:
    """Every evaluation of a plan of these years, in the order of the days.

    The year of a mid-term evaluation needs no yearly one beside it, nor does the last year.
    """
    found = []
    midterms = {first + rule.after - 1 for rule in rules if rule.kind == "midterm"}
    for rule in rules:
        if rule.kind == "yearly":
            years = [y for y in range(first, last) if y not in midterms]
        else:
            years = [first + rule.after - 1 if rule.after else last]
        for year in years:
            # a mid-term evaluation comes within its year, the others when the year's data are in
            falls = year if rule.kind == "midterm" else year + 1
            due = date(falls, rule.month, rule.day)
            if year <= last and rule.in_force(due):
                found.append(DueEvaluation(rule.kind, year, due, rule))
    return sorted(found, key=lambda one: (one.due, one.kind))


@lru_cache(maxsize=8)
def _load(root: Path) -> tuple[EvaluationRule, ...]:
    if not (root / _FILE).is_file():
        return ()
    faults: list[Fault] = []
    toml = read_toml(root, _FILE, faults)
    rules: list[EvaluationRule] = []
    for index, values in enumerate(toml.values.get("evaluation", []) if toml else []):
        try:
            rules.append(_rule(values))
        except (TypeError, ValueError, KeyError) as error:
            line = toml.line("evaluation", index) if toml else 0
            faults.append(_fault(line, str(error)))
    if faults:
        raise PackError(root.name, faults)
    return tuple(rules)


def _rule(values: dict[str, Any]) -> EvaluationRule:
    rule = EvaluationRule(**values)
    if rule.kind not in KINDS:
        raise ValueError(rule.kind)
    date(2000, rule.month, rule.day)
    if rule.after < 0:
        raise ValueError(f"after = {rule.after}")
    return rule


def _fault(line: int, found: str) -> Fault:
    return Fault(
        file=_FILE, line=line, key="evaluation", expected="规定的键和取值",
        expected_en="the keys of an evaluation rule", found=found,
    )  # fmt: skip
