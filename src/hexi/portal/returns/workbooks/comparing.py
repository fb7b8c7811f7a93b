"""What an uploaded return would change (导入预览): shown before anything is written.

The preview is the very acts of opening and saving, done and taken back: what it says is what
applying will do. Figures that are far from the last ones are asked about (万元 for 元, perhaps).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import get_language

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.open_return import open_return
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.filling.cells import cell_at
from hexi.portal.returns.filling.checking import Finding, findings_of
from hexi.portal.returns.filling.surroundings import beside
from hexi.portal.returns.models import Reporter, Return
from hexi.portal.returns.workbooks.answers import Answer, answer, answers_of
from hexi.portal.returns.workbooks.reading import Filled
from hexi.statistics.forms import Form

__all__ = ["Preview", "complete", "content_of", "label_of", "preview"]

#: about ten thousand times: between these
_FAR = (Decimal(2000), Decimal(50_000))
#: findings of what has to be filled in, a return's own and of no rule, to their answer
_UNFILLED = {"required": "unfilled", "cover": "cover_unfilled"}


@dataclass(slots=True)
class Preview:
    """What would become of one uploaded return."""

    reporter: Reporter | None = None
    #: the return, where it is there already
    target: int | None = None
    changes: list[dict[str, str]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)


def preview(filled: Filled, *, by: Person | None, at: datetime) -> Preview:
    """Changes and answers; nothing is written."""
    found = Preview(answers=list(filled.answers))
    if not filled.reporter or not filled.period:
        return found
    mine = Reporter.objects.fillable_by(by)
    found.reporter = mine.filter(code=filled.reporter).first()
    if found.reporter is None:
        found.answers.append(answer("reporter_unknown", found=filled.reporter))
        return found
    known = Return.objects.filter(
        reporter=found.reporter, form=filled.form, period=filled.period
    ).first()
    found.target = known.pk if known else None
    try:
        with transaction.atomic():
            _try(filled, found, by, at)
            transaction.set_rollback(True)
    except Refusal as refusal:
        found.answers += _refused(refusal)
    return found


def complete(filled: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, str]:
    """The cells to be saved: those of the file, and rows that it no longer has are emptied."""
    cells: dict[str, str] = dict(filled["cells"])
    for name in values:
        section = name.split("/")[0]
        if "/" in name and section in filled.get("sections", ()) and name not in cells:
            cells[name] = ""
    return cells


def content_of(filled: Filled) -> dict[str, Any]:
    """What a line keeps of its file, to be applied later."""
    return {
        "cells": filled.cells,
        "units": filled.units,
        "edit": filled.edit,
        "sections": filled.sections,
    }


def _try(filled: Filled, found: Preview, by: Person | None, at: datetime) -> None:
    assert found.reporter is not None
    row = open_return(filled.form, filled.period, found.reporter.pk, by=by, at=at)
    form = form_book.version_of(row.form, row.form_version)
    before = {**row.values, **{f"cover.{k}": v for k, v in row.cover.items()}}
    seen = filled.edit if found.target else None
    cells = complete(content_of(filled), row.values)
    saved = save_cells(row.pk, cells, by=by, at=at, seen=seen, units=filled.units)
    for name, refusal in saved.refused.items():
        found.answers += _of_cell(filled, name, refusal, before)
    for name, text in saved.kept.items():
        old = str(before.get(name, ""))
        if text != old:
            sheet, cell = filled.places.get(name, ("", ""))
            change = {"name": name, "label": label_of(form, name), "before": old, "after": text}
            found.changes.append({**change, "sheet": sheet, "cell": cell})
    found.answers += _far(saved.row, form, saved.kept, filled)
    if found.changes:
        findings = findings_of(saved.row, form)
        found.answers += _unfilled(filled, form, findings)
        found.answers += [_of_finding(filled, f) for f in findings if f["rule"] not in _UNFILLED]


def label_of(form: Form, name: str) -> str:
    """A cell's name as a person reads it."""
    if name.startswith("cover."):
        code = name.removeprefix("cover.")
        return next((entry.name for entry in form.cover if entry.code == code), code)
    cell = cell_at(form, name)
    if cell is None:
        return name
    row = f" {cell.facet}" if cell.facet else ""
    return f"{cell.item.name}{row}{'（上年同期）' if cell.prior else ''}"


def _refused(refusal: Refusal) -> list[Answer]:
    if isinstance(refusal, NotFound | NotPermitted):
        return [answer("reporter_unknown", found="")]
    return answers_of(refusal)


def _of_cell(
    filled: Filled, name: str, refusal: Refusal, before: Mapping[str, str]
) -> list[Answer]:
    sheet, cell = filled.places.get(name, ("", name))
    if refusal.code == "overtaken":
        return [answer("overtaken", sheet, cell, found=before.get(name) or "–")]
    return answers_of(refusal, sheet, cell)


def _unfilled(filled: Filled, form: Form, findings: Iterable[Finding]) -> list[Answer]:
    """What has to be filled in and is not: one answer a sheet.

    A cell that could not be read has its own answer, and is not named again.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        code = _UNFILLED.get(finding["rule"])
        for name in finding["cells"] if code else ():
            if code and name not in filled.unread:
                sheet = filled.places.get(name, ("", ""))[0]
                groups.setdefault((code, sheet), []).append(name)
    found = []
    for (code, sheet), missing in groups.items():
        cells = [filled.places[name][1] for name in missing if name in filled.places]
        said = answer(code, sheet, ", ".join(cells), names=_listed(form, tuple(missing)))
        found.append({**said, "kind": "hard"})
    return found


def _named(form: Form, names: tuple[str, ...]) -> str:
    """Names of cells in the reader's language, one after the other."""
    fields = {f"cover.{field.code}": field for field in form.cover}
    nouns = [fields.get(name) or form.items[name] for name in names]
    return (", " if get_language() == "en" else "、").join(map(name_of, nouns))


_listed = lazy(_named, str)


def _of_finding(filled: Filled, finding: Finding) -> Answer:
    """What a rule says, at the first of its cells that the file has."""
    places = (filled.places.get(name) for name in finding["cells"])
    sheet, cell = next((place for place in places if place), ("", ""))
    return {
        "code": finding["rule"],
        "severity": "check" if finding["severity"] != "info" else "note",
        "kind": finding["severity"],
        "sheet": sheet,
        "cell": cell,
        "message": finding["message"],
        "message_en": finding["message_en"],
        "remedy": "",
        "remedy_en": "",
    }


def _far(row: Return, form: Form, kept: Mapping[str, str], filled: Filled) -> list[Answer]:
    """Figures that are about ten thousand times the last ones, or a ten-thousandth of them."""
    near = beside(row, form)
    found = []
    for name, text in kept.items():
        last = near.last.get(name) or near.year_ago.get(name)
        if name.startswith("cover.") or not text or not last:
            continue
        value, known = abs(Decimal(text)), abs(Decimal(last))
        if not value or not known:
            continue
        times, below = value / known, value < known
        if below:
            times = known / value
        if _FAR[0] <= times <= _FAR[1]:
            said = f"1/{times:,.0f}" if below else f"{times:,.0f}×"
            sheet, cell = filled.places.get(name, ("", name))
            gaps = {"found": f"{Decimal(text):,f}", "last": f"{Decimal(last):,f}"}
            found.append(answer("scale", sheet, cell, times=said, **gaps))
    return found
