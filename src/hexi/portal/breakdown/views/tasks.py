"""My tasks (我的待办页): one list for everything that waits for the person who is signed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from hexi.portal.core.exports import file_links, table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.refusal import NotPermitted
from hexi.portal.core.scope import viewer
from hexi.portal.core.tasks import KINDS, Task, tasks_of

__all__ = ["chosen", "export", "page"]

PAGE = 100
OPEN, DONE, ALL = "open", "done", "all"


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What is to be done, by its days; filters live in the address."""
    person = viewer(request)
    if person is None:
        raise NotPermitted
    tasks = tasks_of(person, timezone.localdate())
    shown = chosen(tasks, request.GET)
    part, pager = paged(request, shown, PAGE)
    open_ = [task for task in tasks if not task.done]
    kinds = Counter(task.kind for task in open_)
    context = {
        "title": headline(open_),
        "tasks": part,
        "pager": pager,
        "any": bool(tasks),
        "query": request.GET.get("q", ""),
        "shows": choices(
            request,
            "show",
            [
                (OPEN, _("To do"), len(open_)),
                (DONE, _("Done"), len(tasks) - len(open_)),
                (ALL, _("All"), len(tasks)),
            ],
            default=OPEN,
        ),
        "kinds": choices(
            request,
            "kind",
            [("", _("All kinds")), *((k, str(v), kinds[k]) for k, v in KINDS.items() if kinds[k])],
        ),
        "exports": file_links(request, "tasks-export"),
        "units": [{"code": unit.code, "name": unit.name} for unit in person.scope_units()],
        "year": timezone.localdate().year,
    }
    template = "_tasks.html" if by_htmx(request) else "tasks.html"
    return render(request, f"hexi/breakdown/{template}", context)


def headline(tasks: Sequence[Task]) -> str:
    """What there is to do, in one sentence."""
    duties = [task for task in tasks if task.kind != "target"]
    if not duties:
        return _("Nothing waits for you")
    late = sum(task.overdue for task in duties)
    said = ngettext("%(n)d task waits for you", "%(n)d tasks wait for you", len(duties))
    text = said % {"n": len(duties)}
    return _("%(tasks)s, %(late)d overdue") % {"tasks": text, "late": late} if late else text


def chosen(tasks: Sequence[Task], asked: Any) -> list[Task]:
    """The filters of the address; also used by the API."""
    show, kind = asked.get("show") or OPEN, asked.get("kind") or ""
    query = str(asked.get("q") or "").strip().casefold()
    return [
        task
        for task in tasks
        if (show == ALL or task.done == (show == DONE))
        and (not kind or task.kind == kind)
        and (not query or query in f"{task.what} {task.where} {task.kind_label}".casefold())
    ]


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file."""
    person = viewer(request)
    if person is None:
        raise NotPermitted
    rows = chosen(tasks_of(person, timezone.localdate()), request.GET)
    head = [_("Task"), _("What"), _("Where"), _("Deadline"), _("State"), _("Done")]
    body = [
        [t.kind_label, t.what, t.where, t.due.isoformat() if t.due else "", t.state,
         _("yes") if t.done else _("no")]
        for t in rows
    ]  # fmt: skip
    return table_response(suffix, "tasks", _("My tasks"), head, body)
