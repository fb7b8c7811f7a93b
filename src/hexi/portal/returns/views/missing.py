"""Who is missing (催报): completeness and punctuality down the tree; remind, close, open again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.core.exports import FORMATS, table_response
from hexi.portal.core.lists import address_with, choices, paged
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import SHOWN, faults_of
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.close_period import close_period
from hexi.portal.returns.acts.remind import remind
from hexi.portal.returns.acts.reopen_period import reopen_period
from hexi.portal.returns.queries.excuses import excuse_lines
from hexi.portal.returns.queries.expected import Tally, expected, tally
from hexi.portal.returns.queries.missing import (
    children_lines,
    last_ended,
    locks,
    names_of,
    per_cent,
    periods_of,
    unit_in_scope,
)
from hexi.statistics.forms import Form

__all__ = ["close", "export", "missing", "page_of", "remind_them", "reopen"]

PAGE = 200
_SHOWS = ("missing", "late", "open", "excused", "all")


@require_GET
def missing(request: HttpRequest) -> HttpResponse:
    """The list, for a form, a period and a unit of the address."""
    return page_of(request, request.GET, [])


def _chosen(asked: QueryDict, person: Person, today: date) -> tuple[Form, int, Unit]:
    forms = form_book.book()
    wanted = asked.get("form") or forms.ids[0]
    period = asked.get("period", "")
    if wanted not in forms.ids:
        wanted = forms.ids[0]
    number = int(period) if period.isdecimal() and len(period) == 6 else last_ended(wanted, today)
    unit = unit_in_scope(asked.get("unit", ""), person)
    return form_book.form_at(wanted, number), number, unit


def page_of(
    request: HttpRequest, asked: QueryDict, faults: list[dict[str, str]], status: int = 200
) -> HttpResponse:
    """The list with what was wrong with a step that was tried on it."""
    person = require(viewer(request), Permission.APPROVE)
    today = form_book.day_of(timezone.now())
    form, period, unit = _chosen(asked, person, today)
    show = asked.get("show") if asked.get("show") in _SHOWS else "missing"
    everybody = expected(form, period, [unit.path])
    counts, children = tally(everybody), children_lines(everybody, unit)
    for child in children:
        inside = child["code"] and not faults
        child["url"] = address_with(request, unit=child["code"]) if inside else ""
    lines = names_of(everybody, form, period, str(show), today, person)
    part, pager = paged(request, lines, PAGE)
    lock = locks(form.id, period, unit, person)
    context = {
        "title": headline(form.id, period, unit, counts),
        "crumbs": _crumbs(request, unit, person),
        "form": form.id,
        "period": period,
        "unit": unit.code,
        "unit_name": name_of(unit),
        "due": form.due_day(period),
        "counts": counts,
        "rates": _rates(counts),
        "children": children,
        "lines": part,
        "pager": pager,
        "show": show,
        **_choices(request, form.id, period, today, counts, str(show)),
        "lock": lock,
        "excuses": excuse_lines(form.id, period, unit, person, closed=lock["closed"]),
        "exports": _exports(form.id, period, unit, str(show)),
        "faults": faults,
    }
    return render(request, "hexi/returns/missing.html", context, status=status)


def headline(form: str, period: int, unit: Unit, counts: Tally) -> str:
    """How many are missing, in one sentence."""
    gaps = {
        "form": form_book.form_name(form),
        "period": form_book.period_label(form, period),
        "n": counts.expected,
        "missing": counts.missing,
    }
    if not counts.expected and counts.excused:
        return _("%(form)s, %(period)s: all are excused") % gaps
    if not counts.expected:
        return _("%(form)s, %(period)s: nobody is asked here") % gaps
    if not counts.missing:
        return _("%(form)s, %(period)s: all %(n)d have reported") % gaps
    said = ngettext(
        "%(form)s, %(period)s: %(missing)d of %(n)d is missing",
        "%(form)s, %(period)s: %(missing)d of %(n)d are missing",
        counts.missing,
    )
    return said % gaps


def _rates(counts: Tally) -> dict[str, str]:
    return {
        "submitted": per_cent(counts.submitted, counts.expected),
        "on_time": per_cent(counts.on_time, counts.expected),
        "approved": per_cent(counts.approved, counts.expected),
    }


def _choices(
    request: HttpRequest, form: str, period: int, today: date, counts: Tally, show: str
) -> dict[str, Any]:
    forms = [(f, form_book.form_name(f)) for f in form_book.book().ids]
    labels = {
        "missing": (_("Missing"), counts.missing),
        "late": (_("Late"), counts.submitted - counts.on_time),
        "open": (_("Undecided"), counts.submitted - counts.approved),
        "excused": (_("Excused"), counts.excused),
        "all": (_("All"), counts.expected + counts.excused),
    }
    return {
        "forms": choices(request, "form", forms, default=form),
        "periods": choices(
            request,
            "period",
            [(str(p), form_book.period_label(form, p)) for p in periods_of(form, today)],
            default=str(period),
        ),
        "shows": choices(
            request, "show", [(key, *labels[key]) for key in _SHOWS], default="missing"
        ),
    }


def _crumbs(request: HttpRequest, unit: Unit, person: Person) -> list[dict[str, str]]:
    codes = [code for code in unit.path.split("/") if code]
    rows = {row.code: row for row in Unit.objects.filter(code__in=codes)}
    way = [{"label": _("Returns"), "url": "/returns/"}]
    for code in codes:
        seen = code in rows and person.covers(rows[code].path)
        url = address_with(request, unit=code) if seen and code != unit.code else ""
        way.append({"label": name_of(rows[code]) if code in rows else code, "url": url})
    return way


def _exports(form: str, period: int, unit: Unit, show: str) -> list[dict[str, str]]:
    tail = f"?form={form}&period={period}&unit={unit.code}&show={show}"
    return [{"label": s.upper(), "url": f"/returns/missing/export.{s}{tail}"} for s in FORMATS]


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The names as a file."""
    person = require(viewer(request), Permission.APPROVE)
    today = form_book.day_of(timezone.now())
    form, period, unit = _chosen(request.GET, person, today)
    head = [_("Code"), _("Reporter"), _("Park or zone"), _("State"), _("Submitted"),
            _("Reminded on"), _("Why it is excused")]  # fmt: skip
    everybody = expected(form, period, [unit.path])
    lines = names_of(everybody, form, period, request.GET.get("show", "missing"), today, person)
    body = [
        [x["code"], x["name"], x["unit"], x["state"], x["submitted"], x["reminded"], x["excuse"]]
        for x in lines
    ]
    return table_response(suffix, "missing", _("Who is missing"), head, body)


def _after(request: HttpRequest, act: Any, said: Any) -> HttpResponse:
    """Do it and come back to the same list."""
    sent = request.POST
    period = sent.get("period", "")
    number = int(period) if period.isdecimal() else 0
    try:
        result = act(sent.get("form", ""), number, sent.get("unit", ""), by=viewer(request),
                     at=timezone.now())  # fmt: skip
    except Refusal as refusal:
        if refusal.status not in SHOWN:
            raise
        return page_of(request, sent, faults_of(refusal), refusal.status)
    messages.success(request, str(said(result)))
    return redirect(
        f"/returns/missing/?form={sent['form']}&period={sent['period']}&unit={sent['unit']}"
    )


@require_POST
def remind_them(request: HttpRequest) -> HttpResponse:
    """Put a reminder into the inbox of everybody who is missing."""

    def act(*args: Any, **more: Any) -> int:
        return remind(*args, **more, note=request.POST.get("note", ""))

    return _after(
        request,
        act,
        lambda n: (
            ngettext("%(n)d reporter was reminded.", "%(n)d reporters were reminded.", n) % {"n": n}
        ),
    )


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the period for the unit."""
    reason = request.POST.get("reason", "")
    return _after(
        request,
        lambda *args, **more: close_period(*args, **more, reason=reason),
        lambda lock: _("The period was closed."),
    )


@require_POST
def reopen(request: HttpRequest) -> HttpResponse:
    """Open it again."""
    reason = request.POST.get("reason", "")
    return _after(
        request,
        lambda *args, **more: reopen_period(*args, **more, reason=reason),
        lambda lock: _("The period was opened again."),
    )
