"""Target firms (目标企业): the lists, entry, import from Excel, approaching one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hexi.portal.core.exports import attachment, table_response
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import SHOWN, as_day, done, faults_of
from hexi.portal.promotion.acts.approach_firm import approach_firm
from hexi.portal.promotion.acts.import_firms import firm_heads, import_firms
from hexi.portal.promotion.forms import office_units
from hexi.portal.promotion.models import TargetFirm
from hexi.portal.promotion.nouns import FIRM
from hexi.portal.promotion.queries.enquiry_page import lead_kinds
from hexi.portal.promotion.views.keeping import keep_form
from hexi.portal.promotion.views.tabs import crumbs, exports_of, reader, tabs
from hexi.portal.promotion.wording import word, words_of
from hexi.portal.returns.registers.register_template import template

__all__ = ["approach", "export", "listing", "new", "template_file", "upload"]

PAGE = 100


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Firms by list and rank; those that became leads say so."""
    return _show(request, [])


def _chosen(request: HttpRequest) -> Any:
    rows = TargetFirm.objects.visible_to(reader(request)).select_related("unit", "project")
    if query := request.GET.get("q", "").strip():
        rows = rows.filter(Q(name__icontains=query) | Q(industry__icontains=query))
    if of_list := request.GET.get("list"):
        rows = rows.filter(of_list=of_list)
    match request.GET.get("show"):
        case "open":
            rows = rows.filter(project=None)
        case "approached":
            rows = rows.exclude(project=None)
    return rows


def _lines(rows: Any, person: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": row.pk, "name": row.name, "code": row.code, "list": word("firms", row.of_list),
            "rank": row.rank, "industry": row.industry, "seat": row.seat, "source": row.source,
            "as_of": row.as_of, "unit": name_of(row.unit), "approached_on": row.approached_on,
            "project": row.project.called if row.project else "",
            "url": reverse("lead", args=[row.project_id]) if row.project_id else "",
            "can": row.project_id is None and person.grants(Permission.PROMOTE)
            and person.covers(row.unit_path),
        }
        for row in rows
    ]  # fmt: skip


def _show(request: HttpRequest, faults: list[dict[str, str]]) -> HttpResponse:
    person = reader(request)
    part, pager = paged(request, _chosen(request), PAGE)
    total = pager.total if pager else len(part)
    context = {
        "title": ngettext("%(n)d target firm", "%(n)d target firms", total) % {"n": total},
        "tabs": tabs("firms"),
        "lines": _lines(part, person),
        "pager": pager,
        "query": request.GET.get("q", ""),
        "lists": choices(request, "list", [("", _("All lists")), *words_of("firms").items()]),
        "shows": choices(
            request, "show",
            [("", _("All")), ("open", _("Not approached")), ("approached", _("Approached"))],
        ),
        "filtered": any(request.GET.get(key) for key in ("q", "list", "show")),
        "can_enter": person.grants(Permission.PROMOTE),
        "kinds": lead_kinds(),
        "today": timezone.localdate().isoformat(),
        "exports": exports_of(request, "target-firms-export"),
        "faults": faults,
    }  # fmt: skip
    return render(request, "hexi/promotion/firms/list.html", context)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file, whose heads the import knows again."""
    names = ("of_list", "rank", "name", "code", "industry", "seat", "source", "as_of")
    head = [str(FIRM[name].label) for name in names]
    head += [_("Unit"), _("Approached on"), _("Lead")]
    body = [
        [x["list"], "" if x["rank"] is None else str(x["rank"]), x["name"], x["code"],
         x["industry"], x["seat"], x["source"], x["as_of"].isoformat(), x["unit"],
         x["approached_on"].isoformat() if x["approached_on"] else "", x["project"]]
        for x in _lines(_chosen(request), reader(request))
    ]  # fmt: skip
    return table_response(suffix, "target-firms", _("Target firms"), head, body)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter one firm."""
    return keep_form(
        request, "firm", back="target-firms",
        titles=(_("Enter a target firm"), _("Target firms")),
        initial={"as_of": timezone.localdate().isoformat()},
    )  # fmt: skip


@require_GET
def template_file(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    require(viewer(request), Permission.PROMOTE)
    return attachment(template(firm_heads()), "hexi-target-firms.xlsx")


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Import a list: all of it, or nothing and every wrong cell."""
    person = require(viewer(request), Permission.PROMOTE)
    faults: list[dict[str, str]] = []
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            for refused in getattr(request, "hexi_refused", ()):
                raise refused
            if file is None:
                raise Refusal("no_file", _("No file was sent."), _("Choose a file."))
            made, known = import_firms(
                file.read(), file.name or "", request.POST.get("unit", ""),
                by=person, at=timezone.now(),
            )  # fmt: skip
            said = _("%(made)d firms were entered; %(known)d stood on their list already.")
            messages.success(request, said % {"made": made, "known": known})
            return redirect("target-firms")
        except Refusal as refusal:
            if refusal.status not in (*SHOWN, 413):
                raise
            faults = faults_of(refusal)
    context = {
        "title": _("Import target firms"),
        "crumbs": crumbs((_("Target firms"), reverse("target-firms")), (_("Import"), "")),
        "units": [(unit.code, name_of(unit)) for unit in office_units(person)],
        "fields": [str(label) for label in firm_heads().labels.values()],
        "faults": faults,
    }
    status = 422 if faults else 200
    return render(request, "hexi/promotion/firms/import.html", context, status=status)


@require_POST
def approach(request: HttpRequest, firm_id: int) -> HttpResponse:
    """It becomes a lead."""
    sent = request.POST
    return done(
        request,
        lambda: approach_firm(
            firm_id, day=as_day(sent.get("day", "")), name=sent.get("name", ""),
            kind=sent.get("kind", "") or "promoted", by=viewer(request), at=timezone.now(),
        ),
        lazy("The firm is a lead now."),
        lambda faults: _show(request, faults),
        "target-firms",
    )  # fmt: skip
