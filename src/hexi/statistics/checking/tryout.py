"""Trying rules on past returns (规则试算): how many would have failed, before a rule takes effect.

Rules run on the facts of the warehouse, period by period, in one pass each. Where something they
read is not in the warehouse (a cover page) or needs too many digits, the rule is named as not
tried rather than counted as held.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hexi.statistics.checking.batch import Batch, compile_batch, failed_rows, fitted
from hexi.statistics.checking.facts_table import Facts, Table, return_table, row_table
from hexi.statistics.checking.rules import Rule
from hexi.statistics.forms import Form
from hexi.warehouse.engines import Engine

__all__ = ["Outcome", "check_period", "try_out"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule would have said of the returns of one period."""

    #: rule and version
    rule: str
    period: int
    held: int
    failed: int
    #: does not apply, or a figure is missing
    unknown: int
    #: False where the warehouse does not have what the rule reads
    tried: bool = True

    @property
    def share(self) -> float:
        """Share of failures among the returns that it could tell; 0 where there were none."""
        told = self.held + self.failed
        return self.failed / told if told else 0.0


def _prepared(
    engine: Engine, rules: Sequence[Rule], form: Form, period: int, given: Facts
) -> tuple[Table, Batch]:
    sources = [source for rule in rules for source in rule.tested]
    rows = rules[0].rows
    if rows:
        table = row_table(sources, form, rows, period, given)
    else:
        table = return_table(sources, form, period, given)
    batch = compile_batch(rules, table.columns, table.sql, table.keys, given.dialect)
    if any(_there(rule, table) for rule in batch.left_out):
        table = Table(table.sql, fitted(engine, table.columns, table.sql), table.keys)
        batch = compile_batch(rules, table.columns, table.sql, table.keys, given.dialect)
    return table, batch


def _there(rule: Rule, table: Table) -> bool:
    return all(source.key in table.columns for source in rule.tested)


def _by_rows(rules: Iterable[Rule], period: int) -> list[list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        if rule.applies(period):
            found.setdefault(rule.rows, []).append(rule)
    return list(found.values())


def check_period(
    engine: Engine, rules: Iterable[Rule], form: Form, period: int, given: Facts
) -> dict[tuple[int, int], list[str]]:
    """The rules that fail, by reporter and facet (0 for the whole return), for all returns of a
    form and period (YYYYMM) at once."""
    found: dict[tuple[int, int], list[str]] = {}
    for group in _by_rows(rules, period):
        table, batch = _prepared(engine, group, form, period, given)
        rows = failed_rows(engine, batch, table.columns, table.sql)
        for keys, failed in rows.items():
            found[keys[0], keys[1] if len(keys) > 1 else 0] = failed
    return found


def try_out(
    engine: Engine,
    rules: Iterable[Rule],
    form: Form,
    periods: Iterable[int],
    given: Facts,
) -> list[Outcome]:
    """What each rule would have said of past periods, whether or not it was in force then.

    The facts of peers and the edges of the tree are those of ``given``; for periods in which they
    were others, try each period by itself.
    """
    kept = list(rules)
    found: list[Outcome] = []
    for period in periods:
        groups: dict[str, list[Rule]] = {}
        for rule in kept:
            groups.setdefault(rule.rows, []).append(rule)
        for group in groups.values():
            found += _outcomes(engine, group, form, period, given)
    return found


def _outcomes(
    engine: Engine, rules: list[Rule], form: Form, period: int, given: Facts
) -> list[Outcome]:
    _, batch = _prepared(engine, rules, form, period, given)
    found = engine.fetch(batch.counts).to_pylist()[0] if batch.rules else {}
    counts = list(found.values())
    tried = []
    for place, rule in enumerate(batch.rules):
        held, failed, unknown = counts[3 * place : 3 * place + 3]
        tried.append(Outcome(rule.key, period, held, failed, unknown))
    return tried + [Outcome(rule.key, period, 0, 0, 0, False) for rule in batch.left_out]
