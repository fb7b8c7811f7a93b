"""Figures of promotion (招商成效): a unit's year against its aim, the units below, the report."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.core.exports import table_response
from hexi.portal.core.lists import choices
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import SHOWN, as_number, faults_of
from hexi.portal.projects.models.project_record import ORIGINS
from hexi.portal.promotion.acts.set_year_aim import set_year_aim
from hexi.portal.promotion.forms import form_of
from hexi.portal.promotion.nouns import AIM
from hexi.portal.promotion.queries.figures import (
    COUNTED_ORIGINS,
    aims,
    conversion,
    courses_of,
    months,
    prompt_lines,
    published_of,
    signed_in,
    units_below,
    within_reach,
    years_of,
)
from hexi.portal.promotion.queries.inbox import STEPS
from hexi.portal.promotion.views.tabs import crumbs, reader, tabs
from hexi.portal.promotion.wording import days_text, percent, said, ten_thousands
from hexi.promotion.figures import Aim, MonthLine
from hexi.promotion.report_columns import load_report_form

__all__ = ["aim", "asked_of", "page", "report", "report_rows"]

_YEARS = 6
_YI = 10**8


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """A unit and a year."""
    return _show(request, [], None)


def asked_of(request: HttpRequest, person: Person, today: date) -> tuple[Unit, int, int]:
    """Unit, year and last month that the address asks for."""
    units = within_reach(person)
    code = request.GET.get("unit") or request.POST.get("unit") or ""
    unit = next((one for one in units if one.code == code), None)
    if unit is None and (code or not units):
        raise NotFound
    year = as_number(request.GET.get("year") or request.POST.get("year")) or today.year
    year = year if 2000 <= year <= today.year else today.year
    return unit or units[0], year, today.month if year == today.year else 12


def _show(request: HttpRequest, faults: list[dict[str, str]], form: Any) -> HttpResponse:
    person, today = reader(request), timezone.localdate()
    unit, year, until = asked_of(request, person, today)
    listed = aims(unit, year)
    lines = months(unit, year, until, listed[0] if listed else None)
    signed = signed_in(unit, year, until)
    last = lines[-1]
    may = person.grants(Permission.ADJUST_TARGET) and person.covers(unit.path)
    context = {
        "title": _headline(unit, year, last),
        "tabs": tabs("figures"),
        "unit": {"code": unit.code, "name": name_of(unit)},
        "year": year,
        "units": choices(
            request, "unit", [(u.code, name_of(u)) for u in within_reach(person)],
            default=unit.code,
        ),
        "years": choices(
            request, "year", [(str(y), str(y)) for y in range(today.year, today.year - _YEARS, -1)],
            default=str(year),
        ),
        "origins": [str(ORIGINS[one]) for one in COUNTED_ORIGINS],
        "months": [_month(line, sign) for line, sign in zip(lines, signed, strict=True)],
        "sums": {"signed": sum(one.number for one in signed),
                 "amount": ten_thousands(sum(one.amount for one in signed)),
                 "funds": ten_thousands(last.to_date),
                 "reached": percent(last.reached), "growth": percent(last.growth)},
        "aims": [_aim(one) for one in listed],
        "published": published_of(unit, year),
        "prompt": [
            {"step": str(STEPS[one.step]), "in_time": one.in_time, "late": one.late,
             "waiting": one.waiting, "share": percent(one.share),
             "days": days_text(one.usual_days)}
            for one in prompt_lines([ran for _path, ran in courses_of(unit, year, until)], today)
        ],
        "conversion": _shares(conversion(unit, year)),
        "below": [
            {"name": name_of(line.unit), "cells": _cells(line),
             "url": f"{reverse('promotion-figures')}?unit={line.unit.code}&year={year}"}
            for line in years_of(unit, units_below(unit), year, until, today)
        ],
        "columns": _columns(),
        "form_source": said(load_report_form(settings.HEXI.pack), "source"),
        "chart": _chart(unit, year, lines),
        "can": may,
        "form": form or form_of(AIM),
        "faults": faults,
        "exports": [
            {"label": one.upper(),
             "url": f"{reverse('promotion-report', args=[one])}?unit={unit.code}&year={year}"}
            for one in ("xlsx", "csv", "json")
        ],
        "crumbs": crumbs((pgettext("promotion", "Figures"), "")),
    }  # fmt: skip
    return render(request, "hexi/promotion/figures.html", context)


def _aim(one: Aim) -> dict[str, str]:
    growth = percent(float(one.growth)) if one.growth is not None else ""
    return {"amount": ten_thousands(one.amount), "source": one.source, "growth": growth}


def _shares(kinds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "kind": one["kind"],
            "stages": [{**stage, "share": percent(stage["share"])} for stage in one["stages"]],
        }
        for one in kinds
    ]


def _headline(unit: Unit, year: int, last: MonthLine) -> str:
    gaps = {"unit": name_of(unit), "year": year, "amount": _yi(last.to_date)}
    if last.reached is None:
        return _("%(unit)s %(year)d: %(amount)s × 100 million yuan of funds in place") % gaps
    gaps["share"] = percent(last.reached)
    return (
        _(
            "%(unit)s %(year)d: %(amount)s × 100 million yuan in place, "
            "%(share)s%% of what was due by now"
        )
        % gaps
    )


def _yi(yuan: int) -> str:
    return f"{yuan / _YI:,.2f}"


def _month(line: MonthLine, signed: Any) -> dict[str, Any]:
    return {
        "month": f"{line.month // 100}-{line.month % 100:02}",
        "signed": signed.number,
        "signed_amount": ten_thousands(signed.amount),
        "origins": [ten_thousands(line.by_origin[one]) for one in COUNTED_ORIGINS],
        "amount": ten_thousands(line.amount),
        "to_date": ten_thousands(line.to_date),
        "asked": ten_thousands(round(line.asked, -4)) if line.asked is not None else "–",
        "reached": percent(line.reached),
        "growth": percent(line.growth),
    }


def _chart(unit: Unit, year: int, lines: tuple[MonthLine, ...]) -> dict[str, Any]:
    """Year to date against the aim's even course and last year, in 亿元."""

    def course(values: list[int | None]) -> list[float | None]:
        return [None if one is None else one / _YI for one in values]

    series = [{"name": str(_("Funds in place")), "data": course([one.to_date for one in lines])}]
    if lines[-1].asked is not None:
        data = course([one.asked for one in lines])
        series.append({"name": str(_("Even course of the aim")), "data": data})
    if lines[-1].before is not None:
        series.append(
            {"name": str(_("The year before")), "data": course([x.before for x in lines])}
        )
    return {
        "kind": "line",
        "title": _("Funds in place of %(unit)s, %(year)d to date")
        % {"unit": name_of(unit), "year": year},
        "unit": _("100 million yuan"),
        "decimals": 2,
        "periods": [f"{one.month % 100}" for one in lines],
        "series": series,
    }


def _columns() -> list[dict[str, str]]:
    form = load_report_form(settings.HEXI.pack)
    return [
        {"id": one.id, "name": said(one, "name"), "unit": said(one, "unit"),
         "definition": said(one, "definition")}
        for one in form.columns
    ]  # fmt: skip


def _cells(line: Any) -> list[str]:
    cells = []
    for column in load_report_form(settings.HEXI.pack).columns:
        value = line.value(column.id)
        if column.unit == "%":
            cells.append(percent(value))
        elif column.unit == "万元":
            cells.append(ten_thousands(value))
        else:
            cells.append(str(value))
    return cells


def report_rows(unit: Unit, year: int, until: int, today: date) -> tuple[list[str], list[Any]]:
    """Head and body of the report: units below, then the unit itself."""
    below = units_below(unit)
    units = [*below, unit] if below != [unit] else [unit]
    head = [_("Unit"), *(f"{one['name']}（{one['unit']}）" for one in _columns())]
    lines = years_of(unit, units, year, until, today)
    body = [[name_of(line.unit), *_cells(line)] for line in lines]
    if len(units) > 1:
        body[-1][0] = _("Total of %(unit)s") % {"unit": name_of(unit)}
    return head, body


@require_GET
def report(request: HttpRequest, suffix: str) -> HttpResponse:
    """The report as a file."""
    person, today = reader(request), timezone.localdate()
    unit, year, until = asked_of(request, person, today)
    form = load_report_form(settings.HEXI.pack)
    title = f"{said(form, 'title')} {year}-{until:02}"
    name = f"promotion-report-{unit.code}-{year}{until:02}"
    return table_response(suffix, name, title, *report_rows(unit, year, until, today))


@require_POST
def aim(request: HttpRequest) -> HttpResponse:
    """Set what a year is to bring."""
    person, today = reader(request), timezone.localdate()
    unit, year, _until = asked_of(request, person, today)
    try:
        set_year_aim(unit.code, year, request.POST.dict(), by=viewer(request), at=timezone.now())
    except Refusal as refusal:
        if refusal.status not in SHOWN:
            raise
        response = _show(request, faults_of(refusal), form_of(AIM, request.POST))
        response.status_code = refusal.status
        return response
    messages.success(request, _("The aim was kept."))
    return redirect(f"{reverse('promotion-figures')}?unit={unit.code}&year={year}")
