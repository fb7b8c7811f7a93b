"""Agreed figures on pages (履约页): the list with breaches first, one agreement, entries."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hexi.portal.admission.acts.agree_figures import AgreedLine, agree_figures
from hexi.portal.admission.acts.end_agreement import end_agreement
from hexi.portal.admission.acts.enter_actual import enter_actual
from hexi.portal.admission.models import AgreedActual, Agreement
from hexi.portal.admission.queries.agreed import amount_text, figures_seen, item_label, judged
from hexi.portal.admission.rulebook import follow_up
from hexi.portal.admission.said import STATUSES
from hexi.portal.admission.views.asked import (
    day_or,
    day_read,
    money_read,
    number_read,
    parts_of,
    whole_read,
)
from hexi.portal.admission.views.tabs import tabs
from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.exports import FORMATS, table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.models import Event
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require, viewer
from hexi.portal.core.told import Refusals
from hexi.portal.projects.models import ProjectRecord

__all__ = ["actual", "agreed", "end", "export", "new", "one"]

_PAGE: Final = 50
_ROWS: Final = 6
_MOST_PEOPLE: Final = 10_000_000


@require_GET
def agreed(request: HttpRequest) -> HttpResponse:
    """The list; what was missed stands first."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    day = day_or(request.GET.get("day"), timezone.localdate())
    every = judged(figures_seen(person, request.GET.dict()), day)
    status = request.GET.get("status", "")
    lines = [line for line in every if not status or line.status == status]
    part, pager = paged(request, lines, _PAGE)
    counts = {key: sum(line.status == key for line in every) for key in STATUSES}
    address = request.GET.urlencode()
    context = {
        "title": ngettext(
            "%(k)d of %(n)d agreed figure was missed",
            "%(k)d of %(n)d agreed figures were missed",
            len(every),
        )
        % {"k": counts["missed"], "n": len(every)},
        "tabs": tabs(request, "admission-agreed"),
        "lines": part,
        "pager": pager,
        "statuses": choices(
            request,
            "status",
            [
                ("", _("All"), len(every)),
                *((key, str(label), counts[key]) for key, label in STATUSES.items()),
            ],
        ),
        "items": choices(
            request,
            "item",
            [("", _("All items")), *((i.id, item_label(i.id)) for i in follow_up().items)],
        ),
        "query": request.GET.get("q", ""),
        "day": day.isoformat(),
        "filtered": any(map(request.GET.get, ("q", "status", "item", "unit"))),
        "may_keep": person.grants(Permission.KEEP_PROJECTS),
        "exports": [
            {"label": s.upper(), "url": f"{reverse('admission-agreed-export', args=[s])}?{address}"}
            for s in FORMATS
        ],
    }
    page = "_agreed_rows.html" if by_htmx(request) else "agreed.html"
    return render(request, f"hexi/admission/{page}", context)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    day = day_or(request.GET.get("day"), timezone.localdate())
    status = request.GET.get("status", "")
    head = [
        _("Project"),
        pgettext("admission", "Unit"),
        _("Document"),
        _("Item"),
        _("Agreed value"),
        _("To be reached by"),
        _("State"),
        pgettext("admission", "Reached"),
        pgettext("admission", "Share"),
        _("Arithmetic"),
        _("What follows if not"),
    ]
    rows = [
        [
            line.project,
            line.unit,
            line.document,
            line.item_label,
            line.agreed,
            line.by,
            line.label,
            line.value,
            line.share,
            line.sentence,
            line.consequence,
        ]
        for line in judged(figures_seen(person, request.GET.dict()), day)
        if not status or line.status == status
    ]
    return table_response(suffix, f"agreed-{day}", _("Agreed figures"), head, rows)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter an agreement of a project (``?project=``); without one, choose it first."""
    person = require(viewer(request), Permission.KEEP_PROJECTS)
    sent = request.POST if request.method == "POST" else request.GET
    project_id, refusal = whole_read(sent.get("project")), None
    rows = ProjectRecord.objects.inside(person).filter(merged_into=None).select_related("unit")
    project = one_visible(rows, person, pk=project_id) if project_id else None
    if request.method == "POST" and project is not None:
        try:
            made = _agree(request.POST, project.pk, person)
        except Refusal as refused:
            if refused.status not in (409, 422):
                raise
            refusal = refused
        else:
            messages.success(request, _("The agreement was entered."))
            return redirect("admission-agreement", made.pk)
    query = request.GET.get("q", "").strip()
    found = rows.filter(name__icontains=query)[:20] if query and project is None else []
    context = {
        "title": _("Enter agreed figures"),
        "crumbs": [
            {"label": _("Agreed figures"), "url": reverse("admission-agreed")},
            {"label": _("Enter agreed figures"), "url": ""},
        ],
        "project": project,
        "unit": name_of(project.unit) if project else "",
        "query": query,
        "found": found,
        "sent": sent,
        "rows": _rows(sent),
        "items": [(item.id, item_label(item.id), item) for item in follow_up().items],
        "faults": [part.as_record() for part in parts_of(refusal)],
        "today": timezone.localdate().isoformat(),
    }
    status = refusal.status if refusal else 200
    return render(request, "hexi/admission/agree.html", context, status=status)


def _rows(sent: QueryDict) -> list[dict[str, Any]]:
    """The rows of the form as they were sent, and empty ones."""
    columns = [sent.getlist(name) for name in ("item", "value", "by", "consequence")]
    count = max(_ROWS, *(len(column) for column in columns))
    filled = [[*column, *[""] * (count - len(column))] for column in columns]
    names = ("item", "value", "by", "consequence")
    return [
        dict(zip(names, row, strict=True)) | {"n": n + 1}
        for n, row in enumerate(zip(*filled, strict=True))
    ][:40]


def _agree(sent: QueryDict, project_id: int, person: Any) -> Agreement:
    lines, faults = [], []
    for row in _rows(sent):
        if not (row["item"] or row["value"] or row["by"]):
            continue
        try:
            by = day_read(row["by"], f"row {row['n']}")
            value = _value(row["item"], row["value"], f"row {row['n']}")
        except Refusal as refusal:
            faults.append(refusal)
            continue
        assert by is not None
        lines.append(AgreedLine(row["item"], value, by, row["consequence"]))
    try:
        signed = day_read(sent.get("signed"), "signed")
    except Refusal as refusal:
        faults.append(refusal)
    if faults:
        raise faults[0] if len(faults) == 1 else Refusals(faults)
    assert signed is not None
    return agree_figures(
        project_id,
        lines,
        document=sent.get("document", ""),
        party=sent.get("party", ""),
        signed=signed,
        note=sent.get("note", ""),
        by=person,
        at=timezone.now(),
    )


def _value(item_id: str, text: str, place: str) -> Any:
    """What was typed for an item, in yuan or heads."""
    item = follow_up().item(item_id)
    if item is not None and item.kind == "people":
        return number_read(text, place, least=0, most=_MOST_PEOPLE)
    return money_read(text, place)


@require_GET
def one(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """One agreement with its figures and what was entered."""
    return _page(request, agreement_id)


def _page(request: HttpRequest, agreement_id: int, refusal: Refusal | None = None) -> HttpResponse:
    person = viewer(request)
    rows = Agreement.objects.select_related("project__unit")
    row = one_visible(rows, person, pk=agreement_id)
    today = timezone.localdate()
    figures = figures_seen(person, {"ended": "1"}).filter(agreement=row.pk)
    entered = AgreedActual.objects.visible_to(person).filter(project=row.project_id)
    events = Event.objects.filter(object_type="agreement", object_id=str(row.pk))
    book = follow_up()
    context = {
        "title": _("Agreed figures of %(project)s") % {"project": row.project.called},
        "crumbs": [
            {"label": _("Agreed figures"), "url": reverse("admission-agreed")},
            {"label": row.document, "url": ""},
        ],
        "row": row,
        "unit": name_of(row.project.unit),
        "lines": judged(figures, today),
        "actuals": [
            {
                "item": item_label(one.item),
                "of": one.of.isoformat(),
                "value": amount_text(book.item(one.item), one.value),
                "evidence": one.evidence,
                "by": one.by_name,
            }
            for one in entered
        ],
        "items": [
            (item.id, item_label(item.id))
            for item in book.items
            if not item.of and item.source == "entered"
        ],
        "may_keep": person is not None
        and person.grants(Permission.KEEP_PROJECTS)
        and person.covers(row.project.unit_path),
        "faults": [part.as_record() for part in parts_of(refusal)],
        "sent": request.POST,
        "today": today.isoformat(),
        "events": event_lines(events),
    }
    status = refusal.status if refusal else 200
    return render(request, "hexi/admission/agreement.html", context, status=status)


@require_POST
def actual(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Enter what the project reached."""
    person, sent = viewer(request), request.POST
    row = one_visible(Agreement.objects.all(), person, pk=agreement_id)
    try:
        of, value = day_read(sent.get("of"), "of"), _value(sent["item"], sent["value"], "value")
        assert of is not None
        enter_actual(
            row.project_id,
            sent["item"],
            of,
            value,
            evidence=sent.get("evidence", ""),
            by=person,
            at=timezone.now(),
        )
    except KeyError as error:
        raise NotFound from error
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        return _page(request, agreement_id, refusal)
    messages.success(request, _("The figure was entered."))
    return redirect("admission-agreement", agreement_id)


@require_POST
def end(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """End the agreement."""
    try:
        day = day_read(request.POST.get("day"), "day")
        assert day is not None
        end_agreement(
            agreement_id,
            day=day,
            reason=request.POST.get("reason", ""),
            by=viewer(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        return _page(request, agreement_id, refusal)
    messages.success(request, _("The agreement is ended and no longer judged."))
    return redirect("admission-agreement", agreement_id)
