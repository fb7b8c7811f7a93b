"""Checking a return (报表审核): every finding with its cells and its sentence, in both languages.

Severity ``hard`` must be put right, ``explain`` needs an explanation, ``info`` is only said. The
same findings come of the button, of an upload and of submission.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hexi.portal.returns import form_book
from hexi.portal.returns.filling.cells import cell_at, cell_name
from hexi.portal.returns.filling.surroundings import around, as_given, rules_for
from hexi.portal.returns.models import Explanation, Return
from hexi.statistics.checking import Answer, Query, check_return, lapsed, touched, unexplained
from hexi.statistics.checking.sources import Source
from hexi.statistics.forms import Form

__all__ = ["Finding", "findings_of", "let_lapse", "open_queries", "query_of", "stopping"]

#: rule, version, row, severity, cells (name to text), message, message_en, and the arithmetic
Finding = dict[str, Any]


def findings_of(row: Return, form: Form) -> list[Finding]:
    """What is wrong or unusual, hard findings first."""
    found = [*_missing_items(row, form), *_missing_cover(row, form), *_broken_rules(row, form)]
    order = {"hard": 0, "explain": 1, "info": 2}
    return sorted(found, key=lambda finding: order[finding["severity"]])


def open_queries(findings: Iterable[Finding], explanations: Iterable[Explanation]) -> list[Finding]:
    """Queries that nobody has explained for the figures as they stand."""
    asked = [finding for finding in findings if finding["severity"] == "explain"]
    given = [e.query for e in explanations if e.lapsed_at is None]
    return [finding for finding in asked if unexplained([query_of(finding)], given)]


def query_of(finding: Finding) -> Query:
    """What a finding asks about; figures have the names of their cells."""
    key = f"{finding['rule']}/{finding['version']}"
    return Query(key, str(finding.get("row", "")), finding["cells"])


def let_lapse(row: Return, at: datetime, *, changed: Collection[str] | None = None) -> None:
    """Explanations that no longer stand are marked: of cells being changed, or after a check."""
    kept = [e for e in row.explanations.all() if e.lapsed_at is None]
    given = [e.query for e in kept]
    if changed is None:
        gone = lapsed(given, [query_of(finding) for finding in row.findings])
    else:
        gone = touched(given, changed)
    for explanation in kept:
        if explanation.query in gone:
            explanation.lapsed_at = at
            explanation.save(update_fields=["lapsed_at"])


def stopping(row: Return, findings: Iterable[Finding]) -> list[Finding]:
    """What must be dealt with before the return can be submitted."""
    found = list(findings)
    hard = [finding for finding in found if finding["severity"] == "hard"]
    return hard + open_queries(found, row.explanations.all())


def _broken_rules(row: Return, form: Form) -> Iterable[Finding]:
    rules = rules_for(form, row.period)
    filled = as_given(form, row.period, row.values, row.cover)
    near = around(row, form, rules)
    for answer in check_return(rules, form, form_book.book(), filled, near):
        if answer.verdict is False:
            yield _broken(answer, row.values)


def _broken(answer: Answer, values: Mapping[str, str]) -> Finding:
    rule = answer.rule
    found = dict(answer.values)
    cells: dict[str, str] = {}
    for source in rule.cells:
        name = _place(source, rule.rows, answer.row)
        cells[name] = values.get(name) or _plain(found.get(source.key, ""))
    return {
        "rule": rule.id,
        "version": str(rule.version),
        "row": answer.row,
        "severity": rule.severity,
        "cells": cells,
        "message": answer.message,
        "message_en": answer.message_en,
        "arithmetic": answer.arithmetic,
        "arithmetic_en": answer.arithmetic_en,
    }


def _place(source: Source, section: str, row: str) -> str:
    """The name of the cell that a source is; of what is not typed, the source as it is written."""
    if source.shift:
        return source.key
    match source.kind:
        case "item":
            return source.name
        case "prior":
            return cell_name(source.name, prior=True)
        case "row":
            return f"{section}/{row}/{source.name}"
        case _:
            return source.key


def _plain(text: str) -> str:
    """A figure that is no cell of the page, as a decimal."""
    try:
        return f"{Decimal(int(Fraction(text) * 10_000)).scaleb(-4).normalize():f}"
    except ValueError:
        return text


def _missing_items(row: Return, form: Form) -> Iterable[Finding]:
    for code, item in form.items.items():
        if item.required and not row.values.get(code):
            yield _missing("required", {code: ""}, item.name, item.name_en, form)


def _missing_cover(row: Return, form: Form) -> Iterable[Finding]:
    for field in form.cover:
        if field.required and not str(row.cover.get(field.code, "")).strip():
            yield _missing("cover", {f"cover.{field.code}": ""}, field.name, field.name_en, form)


def _missing(rule: str, cells: dict[str, str], name: str, name_en: str, form: Form) -> Finding:
    assert all(cell_at(form, cell) or cell.startswith("cover.") for cell in cells)
    return {
        "rule": rule,
        "version": form.version,
        "row": "",
        "severity": "hard",
        "cells": cells,
        "message": f"“{name}”未填",
        "message_en": f"“{name_en or name}” is empty",
    }
