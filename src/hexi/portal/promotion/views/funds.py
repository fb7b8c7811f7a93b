"""Funds in place (到位资金): the ledger, entering, verifying, reversing, the evidence."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.exports import table_response
from hexi.portal.core.files import path_of
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.models import Event, Person
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import SHOWN, as_day, done
from hexi.portal.projects.models.project_record import ORIGINS
from hexi.portal.projects.project_files import SHELF
from hexi.portal.promotion.acts.enter_voucher import enter_voucher
from hexi.portal.promotion.acts.reverse_voucher import reverse_voucher
from hexi.portal.promotion.acts.verify_voucher import verify_voucher
from hexi.portal.promotion.forms import form_of
from hexi.portal.promotion.holding import one_project
from hexi.portal.promotion.ledger import ledger
from hexi.portal.promotion.models import Voucher, VoucherState
from hexi.portal.promotion.nouns import VOUCHER
from hexi.portal.promotion.queries.figures import within_reach
from hexi.portal.promotion.queries.funds import filtered, sums_of, voucher_can, voucher_lines
from hexi.portal.promotion.views.tabs import crumbs, exports_of, reader, tabs
from hexi.portal.promotion.wording import said, word
from hexi.portal.returns.forms import put_faults
from hexi.promotion.fund_rules import load_fund_rules
from hexi.promotion.funds import DUPLICATE

__all__ = ["evidence", "export", "listing", "new", "page", "reverse_one", "verify"]

PAGE = 50


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The ledger with its sums: counted, and left out by reason."""
    person, kept = reader(request), ledger()
    rows = Voucher.objects.visible_to(person).filter(project__practice=False)
    chosen = filtered(rows, request.GET, kept).select_related("project__unit", "evidence")
    part, pager = paged(request, chosen, PAGE)
    sums = sums_of(kept, chosen.values_list("pk", flat=True))
    years = sorted({day.year for day in rows.dates("day", "year")}, reverse=True)
    context = {
        "title": _("%(amount)s × 10,000 yuan of funds in place count")
        % {"amount": sums["counted"]},
        "tabs": tabs("funds"),
        "lines": voucher_lines(part, kept),
        "sums": sums,
        "pager": pager,
        "query": request.GET.get("q", ""),
        "shows": choices(
            request, "show",
            [("", _("All")), ("counted", _("Counted")), ("out", _("Left out")),
             (VoucherState.PENDING.value, _("To be verified")), (DUPLICATE, _("Copies"))],
        ),
        "years": choices(
            request, "year", [("", _("All years")), *((str(y), str(y)) for y in years)]
        ),
        "units": choices(
            request, "unit",
            [("", _("All units")), *((u.code, name_of(u)) for u in within_reach(person))],
        ),
        "origins": choices(
            request, "origin", [("", _("Every origin")), *((k, str(v)) for k, v in ORIGINS.items())]
        ),
        "filtered": any(request.GET.get(k) for k in ("q", "show", "year", "unit", "origin")),
        "rules": [
            {"name": said(rule, "name"), "source": rule.source, "note": said(rule, "note")}
            for rule in load_fund_rules(settings.HEXI.pack)
        ],
        "exports": exports_of(request, "funds-export"),
    }  # fmt: skip
    return render(request, "hexi/promotion/funds/list.html", context)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The ledger as a file."""
    person, kept = reader(request), ledger()
    rows = Voucher.objects.visible_to(person).filter(project__practice=False)
    rows = filtered(rows, request.GET, kept).select_related("project__unit", "evidence")
    head = [pgettext("promotion", "Number"), _("Day"), _("Project"), _("Unit"), _("Payer"),
            _("Kind of funds"),
            _("Origin"), _("Amount, 10,000 yuan"), _("Counted"), _("Why not"), _("Entered by"),
            _("Verified by")]  # fmt: skip
    body = [
        [str(x.id), x.day.isoformat(), x.project, x.unit, x.payer, x.kind, x.origin, x.amount,
         _("no") if x.reason else _("yes"), x.reason, x.by, x.verified_by]
        for x in voucher_lines(rows, kept)
    ]  # fmt: skip
    return table_response(suffix, "funds", _("Funds in place"), head, body)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, project_id: int) -> HttpResponse:
    """Enter one payment into a project."""
    person = reader(request)
    project = one_project(project_id, person, Permission.PROMOTE)
    initial = {
        "payer": project.investor, "payer_code": project.investor_code, "origin": project.origin,
    }  # fmt: skip
    form = form_of(VOUCHER, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            for refused in getattr(request, "hexi_refused", ()):
                raise refused
            made = enter_voucher(
                project_id, form.cleaned_data, request.FILES.get("file"),
                by=person, at=timezone.now(),
            )  # fmt: skip
            messages.success(
                request, _("The voucher was entered; it counts once another person verified it.")
            )
            return redirect("voucher", made.pk)
        except Refusal as refusal:
            if refusal.status not in (*SHOWN, 413):
                raise
            put_faults(form, refusal)
    context = {
        "title": _("Enter funds in place"),
        "crumbs": crumbs(
            (_("Funds in place"), reverse("funds")),
            (project.called, reverse("project", args=[project.pk])), (_("New"), ""),
        ),
        "form": form,
        "project": project,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "hexi/promotion/funds/new.html", context, status=status)


def _voucher(person: Person, voucher_id: int) -> Voucher:
    rows = Voucher.objects.visible_to(person).select_related(
        "project__unit", "evidence", "reverses", "reversal"
    )
    row: Voucher | None = rows.filter(pk=voucher_id).first()
    if row is None:
        raise NotFound
    return row


@require_GET
def page(request: HttpRequest, voucher_id: int) -> HttpResponse:
    """One voucher: does it count, and why not."""
    return _show(request, voucher_id, [])


def _show(request: HttpRequest, voucher_id: int, faults: list[dict[str, str]]) -> HttpResponse:
    person = reader(request)
    row = _voucher(person, voucher_id)
    line = voucher_lines([row])[0]
    rules = {rule.id: rule for rule in load_fund_rules(settings.HEXI.pack)}
    rule = rules.get(ledger().answer(row.pk)[0])
    history = Event.objects.filter(object_type="voucher", object_id=str(row.pk))
    original = Voucher.objects.visible_to(person).filter(pk=line.copy_of).first()
    context: dict[str, Any] = {
        "title": _("%(amount)s × 10,000 yuan of %(payer)s")
        % {"amount": line.amount, "payer": row.payer},
        "crumbs": crumbs((_("Funds in place"), reverse("funds")), (str(row.pk), "")),
        "row": row,
        "line": line,
        "kind": word("fund", row.kind),
        "rule": {"source": rule.source, "note": said(rule, "note")} if rule else None,
        "original": original,
        "can": voucher_can(row, person),
        "verdicts": [
            (VoucherState.VERIFIED.value, _("The evidence holds")),
            (VoucherState.REJECTED.value, _("Reject it")),
        ],
        "today": timezone.localdate().isoformat(),
        "history": event_lines(history[:20]),
        "faults": faults,
    }
    return render(request, "hexi/promotion/funds/voucher.html", context)


@require_POST
def verify(request: HttpRequest, voucher_id: int) -> HttpResponse:
    """Another person's verdict."""
    sent = request.POST
    return done(
        request,
        lambda: verify_voucher(
            voucher_id, sent.get("state", ""), sent.get("reason", ""),
            distinct=bool(sent.get("distinct")), by=viewer(request), at=timezone.now(),
        ),
        lazy("The verdict was entered."),
        lambda faults: _show(request, voucher_id, faults),
        "voucher",
        voucher_id,
    )  # fmt: skip


@require_POST
def reverse_one(request: HttpRequest, voucher_id: int) -> HttpResponse:
    """Take it back with a voucher below nothing."""
    sent = request.POST
    return done(
        request,
        lambda: reverse_voucher(
            voucher_id, sent.get("reason", ""), day=as_day(sent.get("day", "")),
            by=viewer(request), at=timezone.now(),
        ),
        lazy("The reversal was entered; it is verified like any voucher."),
        lambda faults: _show(request, voucher_id, faults),
        "voucher",
        voucher_id,
    )  # fmt: skip


@require_GET
def evidence(request: HttpRequest, voucher_id: int) -> HttpResponse | FileResponse:
    """The evidence file, to be saved."""
    row = _voucher(reader(request), voucher_id)
    path = path_of(row.evidence.digest, SHELF)
    if not path.is_file():
        raise NotFound
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=row.evidence.name,
        content_type=row.evidence.media_type,
    )  # fmt: skip
