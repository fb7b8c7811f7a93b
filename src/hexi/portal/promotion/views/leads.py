"""Leads and talks (线索与在谈): list, board, the page of one with its log, giving up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.core.exports import table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import SHOWN, as_day, done, faults_of
from hexi.portal.projects.acts.move_stage import move_stage
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.stagebook import label_of, moves_of, stage_book
from hexi.portal.promotion.acts.log_contact import log_contact
from hexi.portal.promotion.acts.settle_contact import settle_contact
from hexi.portal.promotion.enquiry_clock import pipeline_stages
from hexi.portal.promotion.forms import form_of
from hexi.portal.promotion.models import ContactEntry, Enquiry
from hexi.portal.promotion.nouns import CONTACT
from hexi.portal.promotion.queries.figures import within_reach
from hexi.portal.promotion.queries.leads import (
    board_of,
    contact_lines,
    filtered,
    lead_lines,
    leads_of,
    lost_reasons,
    pipelines,
    with_contacts,
)
from hexi.portal.promotion.views.tabs import crumbs, exports_of, reader, tabs
from hexi.portal.promotion.wording import ten_thousands

__all__ = ["board", "export", "listing", "log", "lose", "move", "page", "settle"]

PAGE = 50
_CARDS = 12


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Projects before their agreement, the next step that is due first."""
    person, today = reader(request), timezone.localdate()
    rows = leads_of(person)
    chosen = with_contacts(filtered(rows, request.GET)).order_by("contact_due", "-stage_since")
    part, pager = paged(request, chosen, PAGE)
    total = pager.total if pager else len(part)
    context = {
        "title": ngettext(
            "%(n)d project in talks before its agreement",
            "%(n)d projects in talks before their agreements", total,
        ) % {"n": total},
        "tabs": tabs("leads"),
        "lines": lead_lines(part, today),
        "pager": pager,
        "query": request.GET.get("q", ""),
        "filtered": any(request.GET.get(key) for key in ("q", "kind", "stage", "unit")),
        **_filters(request, person),
        "exports": exports_of(request, "leads-export"),
    }  # fmt: skip
    page = "_rows.html" if by_htmx(request) else "list.html"
    return render(request, f"hexi/promotion/leads/{page}", context)


def _filters(request: HttpRequest, person: Any) -> dict[str, Any]:
    kinds = [("", _("All kinds")), *((id, label) for id, label, _stages in pipelines())]
    stages = [(s.id, label_of(s)) for s in stage_book().stages.values()
              if s.id in pipeline_stages()]  # fmt: skip
    units = [(unit.code, name_of(unit)) for unit in within_reach(person)]
    return {
        "kinds": choices(request, "kind", kinds),
        "stages": choices(request, "stage", [("", _("All stages")), *stages]),
        "units": choices(request, "unit", [("", _("All units")), *units]),
    }


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """One pipeline, a column a stage."""
    person, today = reader(request), timezone.localdate()
    lines = pipelines()
    asked = request.GET.get("kind", "")
    kind = asked if asked in {one[0] for one in lines} else lines[0][0] if lines else ""
    rows = filtered(leads_of(person), {"q": request.GET.get("q"), "unit": request.GET.get("unit")})
    context = {
        "title": _("Pipeline: %(kind)s")
        % {"kind": dict((x[0], x[1]) for x in lines).get(kind, "")},
        "tabs": tabs("leads"),
        "columns": board_of(rows, kind, today, _CARDS),
        "kind": kind,
        "kinds": choices(
            request, "kind", [(id, label) for id, label, _stages in lines], default=kind
        ),
    }
    return render(request, "hexi/promotion/leads/board.html", context)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file."""
    person, today = reader(request), timezone.localdate()
    rows = with_contacts(filtered(leads_of(person), request.GET))
    head = [_("Project"), _("Investor"), _("Unit"), _("Kind"), pgettext("project", "Stage"),
            _("Since"),
            _("Investment, 10,000 yuan"), _("Last contact"), _("Next step by")]  # fmt: skip
    body = [
        [x.name, x.investor, x.unit, x.kind, x.stage_label, x.since.isoformat(), x.total,
         x.last.isoformat() if x.last else "", x.next_due.isoformat() if x.next_due else ""]
        for x in lead_lines(rows.order_by("contact_due", "-stage_since"), today)
    ]  # fmt: skip
    return table_response(suffix, "leads", _("Leads and talks"), head, body)


def _project(request: HttpRequest, project_id: int) -> ProjectRecord:
    rows: Any = ProjectRecord.objects
    row: ProjectRecord | None = (
        rows.inside(reader(request)).select_related("unit").filter(pk=project_id).first()
    )
    if row is None:
        raise NotFound
    return row


@require_GET
def page(request: HttpRequest, project_id: int) -> HttpResponse:
    """One project in promotion: its log, its enquiries, its agreements and money."""
    return _show(request, _project(request, project_id), [], None)


def _show(
    request: HttpRequest, row: ProjectRecord, faults: list[dict[str, str]], form: Any
) -> HttpResponse:
    person, today = viewer(request), timezone.localdate()
    book = stage_book()
    may = person is not None and person.grants(Permission.PROMOTE) and person.covers(row.unit_path)
    onward = [
        {"id": one.id, "label": label_of(one)}
        for one in moves_of(row.kind, row.stage, row.resume_stage)
        if {one.id, row.stage} <= {*pipeline_stages()} and not one.stops
    ]
    context = {
        "title": row.called,
        "crumbs": crumbs((_("Leads and talks"), reverse("leads")), (row.called, "")),
        "row": row,
        "unit": name_of(row.unit),
        "total": ten_thousands(row.total),
        "stage": label_of(book.stages[row.stage]) if row.stage in book.stages else row.stage,
        "kind": label_of(book.kinds[row.kind]) if row.kind in book.kinds else row.kind,
        "contacts": contact_lines(row, person, today),
        "enquiries": Enquiry.objects.visible_to(person).filter(project=row),
        "agreements": row.agreements.all(),
        "in_pipeline": row.stage in pipeline_stages(),
        "onward": onward,
        "reasons": lost_reasons(row.stage),
        "can": may and row.merged_into_id is None,
        "form": form or form_of(CONTACT, initial={"day": today.isoformat()}),
        "today": today.isoformat(),
        "faults": faults,
    }
    return render(request, "hexi/promotion/leads/lead.html", context)


@require_POST
def log(request: HttpRequest, project_id: int) -> HttpResponse:
    """Log a contact."""
    row = _project(request, project_id)
    try:
        log_contact(project_id, request.POST.dict(), by=viewer(request), at=timezone.now())
    except Refusal as refusal:
        if refusal.status not in SHOWN:
            raise
        response = _show(request, row, faults_of(refusal), form_of(CONTACT, request.POST))
        response.status_code = refusal.status
        return response
    messages.success(request, _("The contact was logged."))
    return redirect("lead", project_id)


@require_POST
def settle(request: HttpRequest, contact_id: int) -> HttpResponse:
    """The next step of an entry is done."""
    person = reader(request)
    entry = ContactEntry.objects.visible_to(person).filter(pk=contact_id).first()
    if entry is None:
        raise NotFound
    row = _project(request, entry.project_id)
    return done(
        request,
        lambda: settle_contact(contact_id, by=person, at=timezone.now()),
        lazy("The next step is settled."),
        lambda faults: _show(request, row, faults, None),
        "lead",
        row.pk,
    )


@require_POST
def move(request: HttpRequest, project_id: int) -> HttpResponse:
    """Further along the pipeline, through the one gate of the project library."""
    return _moved(request, project_id, request.POST.get("to", ""), lazy("The stage was changed."))


@require_POST
def lose(request: HttpRequest, project_id: int) -> HttpResponse:
    """Talks are given up, with a reason of the list."""
    return _moved(request, project_id, stage_book().ending.id, lazy("The talks were given up."))


def _moved(request: HttpRequest, project_id: int, to: str, said: Any) -> HttpResponse:
    row, sent = _project(request, project_id), request.POST
    day = as_day(sent.get("day", "")) or timezone.localdate()
    return done(
        request,
        lambda: move_stage(
            project_id, to, day=day, reason=sent.get("reason", ""),
            ended_reason=sent.get("ended_reason", ""), by=viewer(request), at=timezone.now(),
        ),
        said,
        lambda faults: _show(request, row, faults, None),
        "lead",
        project_id,
    )  # fmt: skip
