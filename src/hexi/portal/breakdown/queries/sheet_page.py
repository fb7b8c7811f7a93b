"""The sheet of a breakdown as a page (分解表页): units down, a year's figures or all final ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hexi.monitoring.goal import Unclear
from hexi.portal.breakdown.models import Breakdown, Method, Part
from hexi.portal.breakdown.queries.labels import LAMPS, kind_label
from hexi.portal.breakdown.sheet.balancing import Check, checks_of, makeup, text_in
from hexi.portal.breakdown.sheet.cells import (
    BASE,
    CAPACITY,
    FINAL,
    KINDS,
    WEIGHT,
    cell_name,
    text_of,
)
from hexi.portal.breakdown.sheet.changing import standing_cells
from hexi.portal.breakdown.sheet.course import Course
from hexi.portal.core.names import name_of
from hexi.portal.plans.queries import words

__all__ = ["check_records", "headline", "sheet_context", "standing", "totals_of"]

ALL = "all"
_FREE = 6


def sheet_context(
    sheet: Breakdown, lines: Sequence[Part], course: Course, asked: str, *, editable: bool
) -> dict[str, Any]:
    """Everything that the template shows, and ``data`` for its script."""
    shown = _shown_year(course, asked)
    columns = _columns(sheet, course, shown)
    checks = checks_of(course, lines)
    shares = _shares(lines)
    return {
        "sheet": sheet,
        "year": shown,
        "tabs": _tabs(course, shown),
        "columns": columns,
        "lines": [_line(line, shares, columns, course, editable=editable) for line in lines],
        "totals": [_total(lines, course, column) for column in columns],
        "checks": check_records(checks),
        "check_here": next((c for c in check_records(checks) if c["year"] == shown), None),
        "all_agree": all(check.agrees for check in checks),
        "any_spread": any(check.spreadable for check in checks),
        "methods": [
            {"value": value, "label": label, "selected": value == sheet.method}
            for value, label in Method.choices
            if value != Method.HAND and (value != Method.PLAN or any(x.adopted for x in lines))
        ],
        "agreed": course.agreed,
        "weighted": makeup(course) == "ratio",
        "sums": makeup(course) == "sum",
        "any_open": any(line.is_open for line in lines),
        "out": [line for line in lines if not line.is_open],
        "undo": _undo(sheet),
        "headline": headline(course, lines, checks),
        "data": _data(sheet, lines, course, editable=editable),
    }


def headline(course: Course, lines: Sequence[Part], checks: Sequence[Check]) -> str:
    """What the sheet comes to, in one sentence."""
    n = len(lines)
    said = ngettext("%(n)d unit", "%(n)d units", n) % {"n": n}
    unclear = next((check for check in checks if not check.total and not check.agrees), None)
    if unclear is not None:
        return _("%(units)s, not reckoned yet") % {"units": said}
    open_years = [check for check in checks if not check.agrees]
    if not open_years:
        return _("%(units)s, the parts give the whole") % {"units": said}
    last = open_years[-1]
    if not last.complete:
        return _("%(units)s, not all figures are there") % {"units": said}
    gap = Decimal(last.gap or "0")
    unit = "" if isinstance(course.goal, Unclear) else course.goal.measure_unit
    text = (
        _("%(units)s, %(gap)s short in %(year)s")
        if gap > 0
        else _("%(units)s, %(gap)s too much in %(year)s")
    )
    return text % {"units": said, "gap": f"{words.figure(str(abs(gap)))}{unit}", "year": last.label}


def check_records(checks: Sequence[Check]) -> list[dict[str, Any]]:
    """Checks as the page and its script show them."""
    return [
        {
            "year": check.year,
            "label": check.label,
            "whole": words.figure(check.whole),
            "total": words.figure(check.total),
            "gap": words.figure(check.gap),
            "agrees": check.agrees,
            "said": check.said,
            "spreadable": check.spreadable,
            **_lamp(check),
        }
        for check in checks
    ]


def _lamp(check: Check) -> dict[str, str]:
    """Lamp and word of a check."""
    if check.agrees:
        return {"lamp": "met", "word": _("Agrees")}
    if not check.complete:
        return {"lamp": "waiting", "word": _("Not complete")}
    if check.total:
        return {"lamp": "missed", "word": _("Gap")}
    return {"lamp": "unknown", "word": _("Unclear")}


def standing(sheet: Breakdown, lines: Sequence[Part], course: Course) -> dict[str, Any]:
    """What the script is told after every change: count, checks, totals, shares."""
    return {
        "edit": sheet.edit,
        "checks": check_records(checks_of(course, lines)),
        "totals": totals_of(lines, course),
        "shares": _shares(lines),
        "headline": headline(course, lines, checks_of(course, lines)),
        "undo": len(sheet.past[-1]["before"]) if sheet.past else 0,
    }


def totals_of(lines: Sequence[Part], course: Course) -> dict[str, str]:
    """Sums of the columns that add up."""
    if makeup(course) != "sum":
        return {}
    names = [BASE, CAPACITY, *(f"{year}.{kind}" for year in course.years for kind in KINDS)]
    return {name: words.figure(_sum(lines, course, name)) for name in names}


def _shown_year(course: Course, asked: str) -> int | str:
    if asked == ALL and len(course.years) > 1:
        return ALL
    if asked.isdecimal() and int(asked) in course.years:
        return int(asked)
    return course.years[-1] if course.years else ALL


def _tabs(course: Course, shown: int | str) -> list[dict[str, Any]]:
    if len(course.years) < 2:
        return []
    tabs = [
        {"label": course.labels[year], "url": f"?year={year}", "here": year == shown}
        for year in course.years
    ]
    return [*tabs, {"label": _("All years"), "url": f"?year={ALL}", "here": shown == ALL}]


def _columns(sheet: Breakdown, course: Course, shown: int | str) -> list[dict[str, Any]]:
    """Columns of the table: base, what carries the method, and the figures of the year."""
    columns = [_column(BASE, course)]
    if sheet.method == Method.SHARE and makeup(course) == "sum":
        columns.append({"name": "share", "label": _("Share"), "unit": "%", "computed": True})
    if sheet.method == Method.CAPACITY:
        columns.append(_column(CAPACITY, course))
    if makeup(course) == "ratio":
        columns.append(_column(WEIGHT, course))
    if shown == ALL:
        return columns + [_column(f"{year}.{FINAL}", course) for year in course.years]
    return columns + [_column(f"{shown}.{kind}", course) for kind in KINDS]


def _column(name: str, course: Course) -> dict[str, Any]:
    year, _dot, kind = name.rpartition(".")
    return {
        "name": name,
        "label": kind_label(kind),
        "unit": course.labels.get(int(year), year) if year else "",
        "computed": False,
        "strong": kind == FINAL,
    }


def _line(
    line: Part,
    shares: Mapping[str, str],
    columns: Sequence[dict[str, Any]],
    course: Course,
    *,
    editable: bool,
) -> dict[str, Any]:
    cells = []
    for column in columns:
        text = text_in(line, course, column["name"])
        cells.append(
            {
                "name": cell_name(line.unit.code, column["name"]),
                "text": words.figure(text),
                "column": column,
                "share": shares.get(line.unit.code, "") if column["computed"] else "",
                "open": editable and line.is_open and not column["computed"],
            }
        )
    return {
        "part": line,
        "code": line.unit.code,
        "name": name_of(line.unit),
        "url": reverse("part", args=[line.pk]),
        "cells": cells,
        "adopted": line.adopted,
        "state": line.get_state_display(),
        "lamp": LAMPS[line.state],  # type: ignore[index]
        "reason": line.reason if line.state == "returned" else "",
        "due": line.due.isoformat() if line.due and line.state == "proposed" else "",
    }


def _shares(lines: Sequence[Part]) -> dict[str, str]:
    """Share of every unit in the bases, in per cent; nothing while one is missing."""
    bases = {line.unit.code: line.figures.get(BASE) for line in lines}
    if not bases or any(text is None for text in bases.values()):
        return {}
    total = sum((Decimal(str(text)) for text in bases.values()), Decimal(0))
    if total <= 0:
        return {}
    return {code: f"{Decimal(str(text)) / total * 100:.1f}" for code, text in bases.items()}


def _total(lines: Sequence[Part], course: Course, column: dict[str, Any]) -> dict[str, Any]:
    sums = makeup(course) == "sum" and not column["computed"] and column["name"] != WEIGHT
    text = words.figure(_sum(lines, course, column["name"])) if sums else ""
    return {
        "name": column["name"],
        "text": text,
        "label": f"{column['label']} {column['unit']}".strip(),
    }


def _sum(lines: Sequence[Part], course: Course, column: str) -> str:
    texts = [text for line in lines if (text := text_in(line, course, column))]
    if not texts:
        return ""
    total = sum((Decimal(text) for text in texts), Decimal(0))
    return text_of(total, course.decimals) if column != CAPACITY else format(total, "f")


def _undo(sheet: Breakdown) -> dict[str, Any] | None:
    if not sheet.past:
        return None
    step = sheet.past[-1]
    return {"name": step["name"], "cells": len(step["before"]), "who": step["who"]}


def _data(
    sheet: Breakdown, lines: Sequence[Part], course: Course, *, editable: bool
) -> dict[str, Any]:
    names = [BASE, CAPACITY, WEIGHT, *(f"{y}.{k}" for y in course.years for k in KINDS)]
    return {
        "id": sheet.pk,
        "store": f"hexi.breakdown.{sheet.pk}",
        "edit": sheet.edit,
        "editable": editable,
        "values": standing_cells(lines),
        "measures": {},
        "columns": {
            name: {
                "name": kind_label(name.rpartition(".")[2]),
                "unit": sheet.whole.measure_unit,
                "decimals": _FREE if name in (CAPACITY, WEIGHT) else course.decimals,
                "free": name in (CAPACITY, WEIGHT),
                "negative": name not in (CAPACITY, WEIGHT),
            }
            for name in names
        },
        "units": {line.unit.code: name_of(line.unit) for line in lines},
        "urls": {"save": reverse("breakdown-cells", args=[sheet.whole_id])},
        "words": sheet_words(),
    }


def sheet_words() -> dict[str, str]:
    """Words of the script; ``{n}`` and its like are gaps that the script fills."""
    return {
        "saved": _("Saved"),
        "unsaved": _("Not saved"),
        "offline": _("Offline"),
        "signed_out": _("You are no longer signed in. Sign in again in another tab, then go on."),
        "failed": _("The server did not carry this out. Your figures are kept in this browser."),
        "restored": _("{n} cells that had not been sent were found in this browser."),
        "lost": _("{n} values of the block had no cell and were left out."),
        "number": _("“{text}” is not a number. Write digits only."),
        "decimals": _("At most {n} decimals in {unit}."),
        "negative": _("“{item}” cannot be below zero."),
        "large": _("Too many digits: check the unit of measure ({unit})."),
        "keep_mine": _("Keep mine"),
        "take_theirs": _("Take theirs"),
        "unsent": _("Some figures have not reached the server yet."),
    }
