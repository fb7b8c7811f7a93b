"""Target responsibility (目标责任页): years, contracts, their steps, and the pay table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hexi.assessment.duty import pay_csv
from hexi.portal.assessment.acts.add_contract import add_contract
from hexi.portal.assessment.acts.close_duty_year import close_duty_year
from hexi.portal.assessment.acts.draw_contracts import draw_contracts
from hexi.portal.assessment.acts.open_duty_year import open_duty_year
from hexi.portal.assessment.models import DutyKind, DutyYear
from hexi.portal.assessment.queries.candidates import assessors
from hexi.portal.assessment.queries.duty_pages import pay_table, year_lines, year_page
from hexi.portal.assessment.queries.opening import crumbs_of
from hexi.portal.core.exports import attachment
from hexi.portal.core.lists import paged
from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.scope import one_visible, viewer
from hexi.portal.core.views.steps import SHOWN, done, faults_of
from hexi.reports import duty_pay

__all__ = ["listing", "open_year", "page", "pay", "step"]

_PAGE = 50


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Years of contracts, the latest first."""
    return _list(request, [])


def _list(request: HttpRequest, faults: list[dict[str, str]], status: int = 200) -> HttpResponse:
    person = viewer(request)
    if person is None:
        raise NotPermitted
    rows = DutyYear.objects.visible_to(person).select_related("unit")
    rows = rows.annotate(held=Count("contracts", distinct=True))
    part, pager = paged(request, rows, _PAGE)
    total = pager.total if pager else len(part)
    context = {
        "title": ngettext(
            "Contracts of %(n)d year", "Contracts of %(n)d years", total
        ) % {"n": total},
        "crumbs": crumbs_of(None, _("Target responsibility")),
        "years": year_lines(list(part)),
        "pager": pager,
        "setters": [{"code": one.code, "name": name_of(one)} for one in assessors(person)],
        "kinds": DutyKind.choices,
        "this_year": timezone.localdate().year,
        "faults": faults,
        "sent": request.POST,
    }  # fmt: skip
    return render(request, "hexi/assessment/duty_list.html", context, status=status)


@require_POST
def open_year(request: HttpRequest) -> HttpResponse:
    """Open a year."""
    sent = request.POST
    year = sent.get("year", "")
    try:
        made = open_duty_year(
            sent.get("unit", ""),
            int(year) if year.isdecimal() and len(year) < 6 else 0,
            sent.get("kind", ""),
            by=viewer(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.status not in SHOWN:
            raise
        return _list(request, faults_of(refusal), refusal.status)
    return redirect("duty-year", made.pk)


def _year(year_id: int, person: Person | None) -> DutyYear:
    found: DutyYear = one_visible(DutyYear.objects.select_related("unit"), person, pk=year_id)
    return found


@require_GET
def page(request: HttpRequest, year_id: int) -> HttpResponse:
    """The contracts of a year."""
    return _show(request, _year(year_id, viewer(request)), [])


def _show(request: HttpRequest, year: DutyYear, faults: list[dict[str, str]]) -> HttpResponse:
    shown = year_page(year, viewer(request), timezone.localdate())
    signed = sum(1 for one in shown["contracts"] if not one["draft"])
    said = ngettext(
        "%(year)d: %(n)d contract is signed", "%(year)d: %(n)d contracts are signed", signed
    )
    label = f"{year.year} {year.get_kind_display()}"
    context = {
        **shown,
        "title": said % {"year": year.year, "n": signed},
        "crumbs": [*crumbs_of(None), *_crumbs(label)],
        "year": year,
        "setter": name_of(year.unit),
        "faults": faults,
        "sent": request.POST,
    }
    return render(request, "hexi/assessment/duty_year.html", context)


def _crumbs(label: str) -> list[dict[str, str]]:
    from_list = crumbs_of(None, _("Target responsibility"))[1:]
    return [*from_list, {"label": label, "url": ""}]


@require_POST
def step(request: HttpRequest, year_id: int) -> HttpResponse:
    """Draw, add a contract, close."""
    sent, by, at = request.POST, viewer(request), timezone.now()
    steps: dict[str, tuple[Callable[[], Any], Any]] = {
        "draw": (
            lambda: draw_contracts(year_id, by=by, at=at),
            lazy("Contracts were drawn from the targets."),
        ),
        "add": (
            lambda: add_contract(year_id, sent.get("name", ""), by=by, at=at),
            lazy("The contract was added."),
        ),
        "close": (
            lambda: close_duty_year(year_id, sent.get("reason", ""), by=by, at=at),
            lazy("The year is closed; scores and ranks stay as they are."),
        ),
    }
    if sent.get("step", "") not in steps:
        raise NotFound
    do, said = steps[sent["step"]]
    return done(
        request,
        do,
        said,
        lambda faults: _show(request, _year(year_id, by), faults),
        "duty-year",
        year_id,
    )


@require_GET
def pay(request: HttpRequest, year_id: int, suffix: str) -> HttpResponse:
    """Results for pay systems; for the office that sets the contracts."""
    person = viewer(request)
    year = _year(year_id, person)
    if person is None or not person.covers(year.unit.path):
        raise NotFound
    rows = pay_table(year, timezone.localdate())
    if suffix == "csv":
        return attachment(pay_csv(rows), f"hexi-duty-{year.pk}.csv")
    if suffix == "xlsx":
        return attachment(duty_pay.render(rows, at=year.closed_at), f"hexi-duty-{year.pk}.xlsx")
    raise NotFound
