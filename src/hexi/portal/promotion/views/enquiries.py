"""The enquiry inbox (线索收件箱): list, entry with a look at what is known, weekly list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from hexi.portal.core.exports import table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import SHOWN, as_day, as_number
from hexi.portal.promotion.acts.register_enquiry import register_enquiry
from hexi.portal.promotion.forms import form_of, office_units
from hexi.portal.promotion.known_firms import known_firms
from hexi.portal.promotion.models import Activity, Agent, Enquiry
from hexi.portal.promotion.nouns import ENQUIRY
from hexi.portal.promotion.queries.figures import within_reach
from hexi.portal.promotion.queries.inbox import (
    SHOWS,
    enquiry_lines,
    export_rows,
    filtered,
    waiting,
    week_of,
)
from hexi.portal.promotion.views.tabs import crumbs, exports_of, reader, tabs
from hexi.portal.promotion.wording import words_of
from hexi.portal.returns.forms import put_faults
from hexi.portal.returns.registers.credit_code import plain_code

__all__ = ["export", "listing", "new", "week"]

PAGE = 50


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What is due first stands first."""
    person, today = reader(request), timezone.localdate()
    rows = Enquiry.objects.visible_to(person)
    chosen = filtered(rows, request.GET, today).order_by("due", "-id")
    part, pager = paged(
        request, chosen.select_related("unit", "project").prefetch_related("steps"), PAGE
    )
    todo = rows.filter(waiting())
    late = todo.filter(due__lt=today).count()
    context = {
        "title": headline(todo.count(), late),
        "tabs": tabs("enquiries"),
        "lines": enquiry_lines(part, today),
        "pager": pager,
        "query": request.GET.get("q", ""),
        "shows": choices(request, "show", list(_shows()), default="todo"),
        "units": choices(
            request, "unit",
            [("", _("All units")), *((u.code, name_of(u)) for u in within_reach(person))],
        ),
        "channels": choices(
            request, "channel", [("", _("All channels")), *words_of("channel").items()]
        ),
        "any": rows.exists(),
        "can_enter": person.grants(Permission.PROMOTE),
        "exports": exports_of(request, "enquiries-export"),
        "weeks": _weeks(today),
    }  # fmt: skip
    page = "_rows.html" if by_htmx(request) else "list.html"
    return render(request, f"hexi/promotion/enquiries/{page}", context)


def headline(todo: int, late: int) -> str:
    """What waits, in one sentence."""
    if not todo:
        return _("No enquiry waits for a step")
    text = ngettext(
        "%(n)d enquiry waits for a step", "%(n)d enquiries wait for a step", todo
    ) % {"n": todo}  # fmt: skip
    return _("%(waiting)s, %(late)d late") % {"waiting": text, "late": late} if late else text


def _shows() -> list[tuple[str, str]]:
    return [(key, str(label)) for key, label in SHOWS.items()]


def _weeks(today: date) -> list[dict[str, str]]:
    monday = today - timedelta(days=today.weekday())
    return [
        {
            "label": f"{day.isoformat()} – {(day + timedelta(days=6)).isoformat()}",
            "url": reverse("enquiries-week", args=[day.isoformat(), "xlsx"]),
        }
        for day in (monday, monday - timedelta(days=7))
    ]


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file."""
    person, today = reader(request), timezone.localdate()
    rows = filtered(Enquiry.objects.visible_to(person), request.GET, today).order_by("due", "-id")
    return table_response(suffix, "enquiries", _("Enquiries"), *export_rows(rows, today))


@require_GET
def week(request: HttpRequest, day: str, suffix: str) -> HttpResponse:
    """Everything of a week, for the list that goes round."""
    person, today = reader(request), timezone.localdate()
    first = as_day(day) or today
    monday = first - timedelta(days=first.weekday())
    head, body = export_rows(week_of(person, monday), today)
    return table_response(suffix, f"enquiries-{monday.isoformat()}", _("Enquiries"), head, body)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register one; a firm that is known is shown before it is entered a second time."""
    person = require(viewer(request), Permission.PROMOTE)
    units = office_units(person)
    sent: Any = request.POST or None
    initial = {"received": timezone.localdate().isoformat(), **request.GET.dict()}
    form = form_of(ENQUIRY, sent, initial=initial, units=units)
    known: list[Any] = []
    if sent is not None and form.is_valid():
        code = plain_code(sent.get("firm_code", ""))
        known = known_firms(person, sent.get("firm", ""), code)
        if not known or sent.get("anyway"):
            try:
                made = register_enquiry(
                    form.cleaned_data, activity=as_number(sent.get("activity")),
                    agent=as_number(sent.get("agent")), by=person, at=timezone.now(),
                )  # fmt: skip
            except Refusal as refusal:
                if refusal.status not in SHOWN:
                    raise
                put_faults(form, refusal)
            else:
                messages.success(request, _("The enquiry was registered; its clock runs."))
                return redirect("enquiry", made.pk)
    context = {
        "title": _("Register an enquiry"),
        "crumbs": crumbs((_("New"), "")),
        "form": form,
        "known": known,
        "activities": Activity.objects.visible_to(person)[:200],
        "agents": Agent.objects.visible_to(person)[:200],
        "sent": request.POST,
    }
    status = 422 if form.errors else 409 if known else 200
    return render(request, "hexi/promotion/enquiries/new.html", context, status=status)
