"""One return as a page shows it (报表页): figures by section, findings, signatures, its history."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.returns.approval.flow import fault_of_lock
from hexi.portal.returns.approval.ladder import ladder_of
from hexi.portal.returns.filling.cells import cell_name
from hexi.portal.returns.filling.checking import open_queries, query_of
from hexi.portal.returns.filling.row_classes import shown_rows
from hexi.portal.returns.models import Return, ReturnState, Submission
from hexi.portal.returns.models.step import Verb
from hexi.portal.returns.queries.lines import moment
from hexi.portal.returns.scope import may_decide
from hexi.statistics.forms import Form, Section, before

__all__ = ["cover_of", "figure", "findings_lines", "flags", "grid_url", "history", "sections_of"]


def sections_of(row: Return, form: Form, values: Mapping[str, str]) -> list[dict[str, Any]]:
    """Sections with their items; beside each figure the one of last year and of last period."""
    previous = before(form.frequency, row.period)
    last = Return.objects.filter(form=row.form, period=previous, reporter=row.reporter_id).first()
    known = last.values if last else {}
    return [
        _dynamic(section, values) if section.dynamic else _fixed(section, values, known)
        for section in form.sections
        if section.items
    ]


def _fixed(section: Section, values: Mapping[str, str], known: Mapping[str, str]) -> dict[str, Any]:
    lines = [
        {
            "name": name_of(item),
            "definition": item.definition,
            "unit": item.unit,
            "value": figure(values.get(item.code, "")),
            "prior": figure(values.get(cell_name(item.code, prior=True), "")),
            "last": figure(known.get(item.code, "")),
            "code": item.code,
            "required": item.required,
        }
        for item in section.items
    ]
    return {"name": name_of(section), "items": lines, "rows": [], "dynamic": False}


def _dynamic(section: Section, values: Mapping[str, str]) -> dict[str, Any]:
    start = f"{section.code}/"
    codes = {int(name.split("/")[1]) for name in values if name.startswith(start)}
    names = shown_rows(section.rows)
    rows = [
        {
            "code": code,
            "name": names.get(code, str(code)),
            "cells": [
                figure(values.get(cell_name(item.code, section.code, code), ""))
                for item in section.items
            ],
        }
        for code in sorted(codes)
    ]
    heads = [{"name": name_of(item), "unit": item.unit} for item in section.items]
    return {"name": name_of(section), "heads": heads, "rows": rows, "dynamic": True, "items": []}


def figure(text: str) -> str:
    """A figure with thousands set apart and as many decimals as are kept."""
    if not text:
        return ""
    return f"{Decimal(text):,f}".replace("-", "−")


def cover_of(form: Form, cover: Mapping[str, str]) -> list[dict[str, str]]:
    """The cover page with its signatures."""
    return [
        {"code": field.code, "label": name_of(field), "value": cover.get(field.code, "")}
        for field in form.cover
    ]


def findings_lines(row: Return) -> list[dict[str, Any]]:
    """The findings of the last check, each with its explanation."""
    explanations = list(row.explanations.filter(lapsed_at=None))
    waiting = open_queries(row.findings, explanations)
    english = get_language() == "en"
    lines = []
    for finding in row.findings:
        asked = query_of(finding)
        answer = next((e for e in explanations if e.query.same(asked)), None)
        lines.append(
            {
                "rule": finding["rule"],
                "severity": finding["severity"],
                "message": finding["message_en" if english else "message"],
                "arithmetic": finding.get("arithmetic_en" if english else "arithmetic", ""),
                "open": finding["severity"] == "hard" or finding in waiting,
                "explanation": answer.text if answer else "",
                "by": answer.by_name if answer else "",
                "at": moment(answer.at) if answer else "",
            }
        )
    return lines


def history(row: Return) -> list[dict[str, Any]]:
    """Every step, oldest first; a change after the check is no step of the office."""
    steps = row.steps.exclude(verb=Verb.CHANGE).select_related("unit").order_by("id")
    return [
        {
            "at": moment(step.at),
            "who": step.who_name,
            "verb": step.verb,
            "label": str(Verb(step.verb).label),
            "unit": name_of(step.unit) if step.unit else "",
            "reason": step.reason,
        }
        for step in steps
    ]


def flags(row: Return, person: Person | None) -> dict[str, Any]:
    """What the person may do with it now; the acts ask again."""
    mine = Return.objects.fillable_by(person).filter(pk=row.pk).exists()
    waiting = row.waiting
    decides = waiting is not None and may_decide(person, waiting.kind, waiting.path)
    given = ladder_of(row)[row.level - 1] if row.level else None
    made = Submission.objects.filter(target=row).order_by("-number").first()
    return {
        "fill": mine and row.editable,
        "submit": mine and row.editable and not fault_of_lock(row),
        "reopen": mine and row.editable and bool(fault_of_lock(row)),
        "revise": mine and row.state == ReturnState.APPROVED and waiting is None,
        "decide": decides,
        "withdraw": row.state == ReturnState.APPROVED
        and given is not None
        and may_decide(person, given.kind, given.path)
        and (made is None or made.snapshot is None),
    }


def grid_url(row: Return) -> str:
    """The page on which figures are typed in, where it stands."""
    try:
        return reverse("return-grid", args=[row.pk])
    except NoReverseMatch:
        return ""
