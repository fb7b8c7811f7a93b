"""The headline of a view (图表标题): what the table or chart says, in one sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hexi.portal.core.names import name_of
from hexi.portal.figures import words
from hexi.portal.figures.pivot import Pivot, Row, Shown

__all__ = ["chart_title", "headline"]


def headline(table: Pivot) -> str:
    """The figure of the unit in the middle, in the last period; else what the table is of."""
    question, forest = table.question, table.forest
    if not table.measures or not table.rows:
        return _("No figures in this view")
    measure, period = table.measures[0], question.p[-1]
    named = words.period_name(period, measure.view)
    named = words.not_closed(named, table.open[period]) if period in table.open else named
    gaps = {"period": named, "n": len(table.measures)}
    if question.u:
        gaps["names"] = "、".join(name_of(forest.nodes[code]) for code in question.u[:3])
        gaps["name"] = measure.name
        return _("%(period)s, %(name)s: %(names)s compared") % gaps
    gaps["unit_name"] = name_of(forest.nodes[question.unit])
    shown = _cell(table, question.unit, measure.indicator, measure.view, period)
    if shown is None or shown.cell.value is None:
        return _("%(unit_name)s, %(period)s: %(n)d indicators") % gaps
    gaps |= {"name": measure.name, "value": f"{shown.text} {measure.unit}".strip()}
    if measure.view != "period":
        gaps["name"] = f"{measure.name}{_(', ')}{words.view_name(measure.view).lower()}"
    if len(table.measures) > 1:
        return _("%(unit_name)s, %(period)s: %(name)s %(value)s, and %(more)d more") % {
            **gaps,
            "more": len(table.measures) - 1,
        }
    return _("%(unit_name)s, %(period)s: %(name)s %(value)s") % gaps


def _cell(table: Pivot, unit: str, indicator: str, view: str, period: str) -> Shown | None:
    wanted = unit, indicator, view, period
    return next((s for row in table.rows for s in row.cells if s.key == wanted), None)


def chart_title(table: Pivot, rows: list[Row]) -> str:
    """What the chart answers: who leads, or where it went."""
    measure, period = table.measures[0], table.question.p[-1]
    gaps = {"name": measure.name, "period": words.period_name(period, measure.view)}
    if measure.view != "period":
        gaps["name"] = f"{measure.name}{_(', ')}{words.view_name(measure.view).lower()}"
    known = [(row, shown) for row in rows if (shown := _at(row, table)) is not None]
    if not known:
        return _("%(name)s, %(period)s") % gaps
    row, shown = max(known, key=lambda pair: pair[1].cell.value or 0)
    gaps |= {"unit_name": row.label, "value": f"{shown.text} {measure.unit}".strip()}
    return _("%(name)s, %(period)s: %(unit_name)s is highest with %(value)s") % gaps


def _at(row: Row, table: Pivot) -> Shown | None:
    measure, period = table.measures[0], table.question.p[-1]
    wanted = row.code, measure.indicator, measure.view, period
    found = next((shown for shown in row.cells if shown.key == wanted), None)
    return found if found is not None and found.cell.value is not None else None
