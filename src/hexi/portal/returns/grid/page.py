"""The grid page (填报页): sections and items down, this period beside the last and a year ago."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.save_cells import COVER
from hexi.portal.returns.filling.cells import cell_name
from hexi.portal.returns.filling.row_classes import row_names, shown_rows
from hexi.portal.returns.filling.surroundings import Beside, around, beside, rules_for
from hexi.portal.returns.grid.measures import measures
from hexi.portal.returns.grid.page_words import page_words
from hexi.portal.returns.grid.payload import standing_cells
from hexi.portal.returns.models import Return
from hexi.statistics.checking import around_record, rules_record
from hexi.statistics.forms import Form, Item, Section

__all__ = ["Slot", "grid_context", "shown"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell of the page: its name, what stands in it, and what it is called."""

    name: str
    text: str
    label: str
    item: Item
    title: str
    last: str = ""
    year_ago: str = ""


def shown(text: str) -> str:
    """A kept figure with thousands separated, as the page shows it."""
    return f"{Decimal(text):,f}" if text else ""


def grid_context(row: Return, person: Person | None) -> dict[str, Any]:
    """Everything that the template shows, and ``data`` for its script."""
    form = form_book.version_of(row.form, row.form_version)
    near = beside(row, form)
    fills = Return.objects.fillable_by(person).filter(pk=row.pk).exists()
    editable = fills and row.editable
    names = {"last": near.last_period, "year_ago": near.year_period}
    return {
        "row": row,
        "form": form,
        "form_name": name_of(form),
        "reporter": row.reporter.shown_name,
        "period": form_book.period_label(row.form, row.period),
        "state_label": row.get_state_display(),
        "editable": editable,
        "fills": fills,
        "columns": {k: form_book.period_label(row.form, v) for k, v in names.items()},
        "cover": [_cover_line(field, row) for field in form.cover],
        "sections": [_section_lines(section, row, near) for section in form.sections],
        "measures": list(measures(form).values()),
        "data": _data(row, form, near, editable),
    }


def _cover_line(field: Any, row: Return) -> dict[str, Any]:
    return {
        "name": f"{COVER}{field.code}",
        "label": name_of(field),
        "text": row.cover.get(field.code, ""),
        "required": field.required,
        "choices": field.choices,
        "fixed": bool(field.register),
    }


def _section_lines(section: Section, row: Return, near: Beside) -> dict[str, Any]:
    record: dict[str, Any] = {
        "code": section.code,
        "title": name_of(section),
        "dynamic": section.dynamic,
        "items": section.items,
    }
    if not section.dynamic:
        record["lines"] = [_line(item, row, near) for item in section.items]
        record["has_prior"] = any(item.prior for item in section.items)
        return record
    known = shown_rows(section.rows)
    record["lines"] = [
        {
            "facet": facet,
            "title": known.get(facet, str(facet)),
            "slots": [_slot(item, row, near, section.code, facet) for item in section.items],
        }
        for facet in _facets(section, row, near)
    ]
    return record


def _line(item: Item, row: Return, near: Beside) -> dict[str, Any]:
    return {
        "item": item,
        "title": name_of(item),
        "slot": _slot(item, row, near),
        "prior": _slot(item, row, near, prior=True) if item.prior else None,
    }


def _slot(
    item: Item,
    row: Return,
    near: Beside,
    section: str = "",
    facet: int = 0,
    *,
    prior: bool = False,
) -> Slot:
    name = cell_name(item.code, section, facet, prior=prior)
    label = f"{name_of(item)} {_('same period last year') if prior else _('this period')}"
    return Slot(
        name=name,
        text=shown(row.values.get(name, "")),
        label=label,
        item=item,
        title=name_of(item),
        last=shown(near.last.get(name, "")),
        year_ago=shown(near.year_ago.get(name, "")),
    )


def _facets(section: Section, row: Return, near: Beside) -> list[int]:
    """Rows that have a figure now, or had one in the last period: they are carried forward."""
    start = f"{section.code}/"
    found = {
        int(name.split("/")[1])
        for values in (row.values, near.last)
        for name in values
        if name.startswith(start)
    }
    order = {facet: n for n, facet in enumerate(row_names(section.rows))}
    return sorted(found, key=lambda facet: order.get(facet, len(order)))


def _data(row: Return, form: Form, near: Beside, editable: bool) -> dict[str, Any]:
    rules = rules_for(form, row.period)
    own = around_record(rules, form, row.period, around(row, form, rules))
    return {
        "id": row.pk,
        "edit": row.edit,
        "editable": editable,
        "state": row.state,
        "period": row.period,
        "language": "en" if get_language() == "en" else "zh",
        "values": standing_cells(row),
        "last": dict(near.last),
        "year_ago": dict(near.year_ago),
        "items": {code: item for code, item in _items(form)},
        "cover": [{"code": f.code, "name": name_of(f), "required": f.required} for f in form.cover],
        "sections": {
            s.code: {"rows": shown_rows(s.rows), "most": s.most_rows}
            for s in form.sections
            if s.dynamic
        },
        "measures": {unit: measure.factors for unit, measure in measures(form).items()},
        "rules": rules_record(rules, form, form_book.book()),
        "around": own,
        "explanations": [
            {"rule": e.rule, "version": e.rule_version, "cells": e.cells, "text": e.text}
            for e in row.explanations.filter(lapsed_at=None)
        ],
        "urls": _urls(row),
        "words": page_words(),
    }


def _items(form: Form) -> Iterator[tuple[str, dict[str, Any]]]:
    for section in form.sections:
        for item in section.items:
            code = f"{section.code}/{item.code}" if section.dynamic else item.code
            yield (
                code,
                {
                    "code": item.code,
                    "name": name_of(item),
                    "unit": item.unit,
                    "decimals": item.decimals,
                    "negative": item.negative,
                    "required": item.required and not section.dynamic,
                },
            )


def _urls(row: Return) -> dict[str, str]:
    names = {"save": "grid-cells", "check": "grid-check", "explain": "grid-explain",
             "submit": "grid-submit"}  # fmt: skip
    return {key: reverse(name, args=[row.pk]) for key, name in names.items()}
