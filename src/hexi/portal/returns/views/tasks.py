"""My tasks and all returns (待办与报表清单): the first page of everybody who works with returns."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.core.exports import file_links, table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, columns, paged
from hexi.portal.core.names import named_by
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import SHOWN, faults_of
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.open_return import open_return
from hexi.portal.returns.models import Return, ReturnState
from hexi.portal.returns.queries.lines import return_lines
from hexi.portal.returns.queries.return_page import grid_url
from hexi.portal.returns.queries.tasks import decisions, fill_tasks, reminders

__all__ = ["export", "filtered", "listing", "my_tasks", "open_one", "sorted_rows"]

PAGE = 100
_INBOX = 50
#: column to what it sorts by
SORTS = {
    "period": ("period", "form", "reporter__code"),
    "reporter": ("reporter__name", "-period"),
    "form": ("form", "-period"),
    "unit": ("unit__order", "-period"),
    "state": ("state", "level", "-period"),
    "due": ("due", "reporter__code"),
    "submitted": ("submitted_at", "pk"),
}
_COLUMNS = [
    ("reporter", lazy("Reporter"), False),
    ("form", lazy("Form"), False),
    ("period", lazy("Period"), False),
    ("unit", lazy("Park or zone"), False),
    ("state", lazy("State"), False),
    ("due", lazy("Due day"), False),
    ("submitted", lazy("Submitted"), False),
]
_FILTERS = ("q", "form", "period", "state", "unit")


@require_GET
def my_tasks(request: HttpRequest) -> HttpResponse:
    """What to fill in and what to decide."""
    return _tasks(request, [])


@require_POST
def open_one(request: HttpRequest) -> HttpResponse:
    """Open the return of a form and period, and go on to fill it in."""
    sent = {name: request.POST.get(name, "") for name in ("form", "period", "reporter", "reason")}
    numbers = [int(sent[x]) if sent[x].isdecimal() else 0 for x in ("period", "reporter")]
    try:
        row = open_return(
            sent["form"],
            *numbers,
            by=viewer(request),
            at=timezone.now(),
            reason=sent["reason"],
        )
    except Refusal as refusal:
        if refusal.status not in SHOWN:
            raise
        return _tasks(request, faults_of(refusal), refusal.status)
    return redirect(grid_url(row) or f"/returns/{row.pk}/")


def _tasks(request: HttpRequest, faults: list[dict[str, str]], status: int = 200) -> HttpResponse:
    person = require(viewer(request), Permission.SEE_RETURNS)
    today = form_book.day_of(timezone.now())
    tasks = fill_tasks(person, today)
    waiting = decisions(person)
    total = waiting.count()
    to_do = [task for task in tasks if not task.done]
    context = {
        "title": headline(len(to_do), sum(task.overdue for task in to_do), total),
        "to_do": to_do,
        "done": [task for task in tasks if task.done and not task.excused],
        "excused": [task for task in tasks if task.excused],
        "decisions": return_lines(waiting[:_INBOX], today),
        "decisions_total": total,
        "reminders": reminders(person, today),
        "several": len({task.reporter_id for task in tasks}) > 1,
        "decides": person.grants(Permission.APPROVE),
        "faults": faults,
    }
    return render(request, "hexi/returns/tasks.html", context, status=status)


def headline(to_do: int, overdue: int, waiting: int) -> str:
    """What there is to do, in one sentence."""
    parts = []
    if to_do:
        said = ngettext("%(n)d return to fill in", "%(n)d returns to fill in", to_do)
        parts.append(said % {"n": to_do})
    if overdue:
        parts.append(ngettext("%(n)d overdue", "%(n)d overdue", overdue) % {"n": overdue})
    if waiting:
        said = ngettext("%(n)d return to decide", "%(n)d returns to decide", waiting)
        parts.append(said % {"n": waiting})
    return _(", ").join(parts) if parts else _("Nothing is waiting for you")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every return that one may see."""
    person = require(viewer(request), Permission.SEE_RETURNS)
    everything = Return.objects.visible_to(person)
    rows = filtered(everything, request.GET)
    part, pager = paged(request, sorted_rows(rows, request.GET.get("sort", "")), PAGE)
    total = pager.total if pager else len(part)
    context = {
        "title": ngettext("%(n)d return", "%(n)d returns", total) % {"n": total},
        "crumbs": _crumbs(),
        "returns": return_lines(part, form_book.day_of(timezone.now())),
        "columns": columns(request, _COLUMNS, "-period"),
        "query": request.GET.get("q", ""),
        **_choices(request, everything),
        "pager": pager,
        "exports": file_links(request, "return-export"),
        "filtered": any(request.GET.get(key) for key in _FILTERS),
    }
    template = "_return_rows.html" if by_htmx(request) else "list.html"
    return render(request, f"hexi/returns/{template}", context)


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Returns"), "url": "/returns/"}, {"label": _("All returns"), "url": ""}]


def _choices(request: HttpRequest, rows: Any) -> dict[str, Any]:
    forms = rows.order_by("form").values_list("form").annotate(Count("id"))
    units = rows.order_by("unit__order").values_list("unit__code", f"unit__{named_by()}")
    periods = rows.order_by("-period").values_list("period", flat=True).distinct()[:40]
    return {
        "forms": choices(
            request,
            "form",
            [("", _("All forms")), *((f, form_book.form_name(f), n) for f, n in forms)],
        ),
        "periods": choices(
            request,
            "period",
            [("", _("All periods")), *((str(p), f"{p // 100}-{p % 100:02d}") for p in periods)],
        ),
        "states": choices(
            request,
            "state",
            [("", _("All states")), *((s.value, str(s.label)) for s in ReturnState)],
        ),
        "units": choices(request, "unit", [("", _("All units")), *units.annotate(Count("id"))]),
    }


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file."""
    person = require(viewer(request), Permission.SEE_RETURNS)
    rows = sorted_rows(filtered(Return.objects.visible_to(person), request.GET),
                       request.GET.get("sort", ""))  # fmt: skip
    head = [
        _("Code"), _("Reporter"), _("Form"), _("Period"), _("Park or zone"), _("State"),
        _("Due day"), _("Submitted"), _("Revision"),
    ]  # fmt: skip
    body = [
        [x.code, x.reporter, x.form, x.period, x.unit, x.state, x.due, x.submitted,
         str(x.revision)]
        for x in return_lines(rows, form_book.day_of(timezone.now()))
    ]  # fmt: skip
    return table_response(suffix, "returns", _("Returns"), head, body)


def filtered(rows: Any, asked: Any) -> Any:
    """The filters of the address; also used by the API."""
    if query := asked.get("q", "").strip():
        rows = rows.filter(
            Q(reporter__name__icontains=query) | Q(reporter__code__istartswith=query)
        )
    if form := asked.get("form"):
        rows = rows.filter(form=form)
    if (period := str(asked.get("period", ""))) and period.isdecimal() and len(period) <= 6:
        rows = rows.filter(period=int(period))
    if state := asked.get("state"):
        rows = rows.filter(state=state)
    if unit := asked.get("unit"):
        rows = rows.filter(unit__path__contains=f"/{unit}/")
    return rows


def sorted_rows(rows: Any, sort: str) -> Any:
    """The order of the address; an unknown one is the newest period first."""
    keys = SORTS.get(sort.lstrip("-"), SORTS["period"])
    backwards = sort.startswith("-") or sort.lstrip("-") not in SORTS
    order = [f"-{key}".replace("--", "") for key in keys] if backwards else list(keys)
    return rows.select_related("reporter__unit", "unit", "waiting").order_by(*order, "pk")
