"""Agreements (招商协议): list, drafting with typed clauses, the check, signing, its record."""

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
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.exports import attachment, table_response
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.models import Event, Person
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import SHOWN, as_day, as_number, done, faults_of
from hexi.portal.promotion.acts.change_agreement import change_agreement
from hexi.portal.promotion.acts.check_agreement import check_agreement
from hexi.portal.promotion.acts.draft_agreement import draft_agreement
from hexi.portal.promotion.acts.drop_agreement import drop_agreement
from hexi.portal.promotion.acts.sign_agreement import sign_agreement
from hexi.portal.promotion.agreement_book import answers_of
from hexi.portal.promotion.forms import form_of, initial_of
from hexi.portal.promotion.holding import one_project
from hexi.portal.promotion.models import Activity, Agreement, AgreementState
from hexi.portal.promotion.nouns import AGREEMENT
from hexi.portal.promotion.queries.agreements import (
    agreement_facts,
    agreement_lines,
    check_paper,
    clause_kinds,
    filtered,
    question_lines,
)
from hexi.portal.promotion.views.tabs import crumbs, exports_of, reader, tabs
from hexi.portal.returns.forms import put_faults
from hexi.reports import fair_check_docx

__all__ = ["change", "check", "drop", "export", "listing", "new", "page", "paper", "sign"]

PAGE = 50
#: empty clauses that a fresh form offers
_LINES = 4


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for its check stands first."""
    person = reader(request)
    rows = Agreement.objects.visible_to(person)
    part, pager = paged(request, filtered(rows, request.GET), PAGE)
    waiting = rows.filter(state=AgreementState.DRAFT).count()
    context = {
        "title": ngettext(
            "%(n)d agreement waits for its fair-competition check",
            "%(n)d agreements wait for their fair-competition check", waiting,
        ) % {"n": waiting},
        "tabs": tabs("agreements"),
        "lines": agreement_lines(part),
        "pager": pager,
        "query": request.GET.get("q", ""),
        "states": choices(
            request, "state",
            [("", _("All")), *((value, str(label)) for value, label in AgreementState.choices)],
        ),
        "filtered": any(request.GET.get(key) for key in ("q", "state")),
        "exports": exports_of(request, "agreements-export"),
    }  # fmt: skip
    return render(request, "hexi/promotion/agreements/list.html", context)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file."""
    rows = filtered(Agreement.objects.visible_to(reader(request)), request.GET)
    head = [_("Agreement"), pgettext("promotion", "Number"), _("Project"), _("Unit"), _("Parties"),
            _("Investment agreed, 10,000 yuan"), _("State"), _("Signed on")]  # fmt: skip
    body = [
        [x.title, x.number, x.project, x.unit, x.parties, x.amount, x.state,
         x.signed_on.isoformat() if x.signed_on else ""]
        for x in agreement_lines(rows)
    ]  # fmt: skip
    return table_response(suffix, "agreements", _("Agreements"), head, body)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, project_id: int) -> HttpResponse:
    """Draft one for a project."""
    person = reader(request)
    project = one_project(project_id, person, Permission.PROMOTE)
    parties = "、".join(part for part in (project.unit.name, project.investor) if part)
    initial = {
        "title": _("Investment agreement: %(name)s") % {"name": project.called},
        "parties": parties,
    }
    form = form_of(AGREEMENT, request.POST or None, initial=initial)
    clauses = _clauses(request.POST) if request.method == "POST" else []
    if request.method == "POST" and form.is_valid():
        try:
            made = draft_agreement(
                project_id, form.cleaned_data, clauses,
                activity=as_number(request.POST.get("activity")),
                by=person, at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("The draft was kept; another person checks it."))
            return redirect("agreement", made.pk)
        except Refusal as refusal:
            if refusal.status not in SHOWN:
                raise
            put_faults(form, refusal)
    return _form(
        request, form, clauses,
        title=_("Draft an agreement"),
        crumbs=crumbs(
            (_("Agreements"), reverse("agreements")),
            (project.called, reverse("lead", args=[project.pk])), (_("New"), ""),
        ),
        activities=Activity.objects.visible_to(person)[:200],
    )  # fmt: skip


def _clauses(sent: Any) -> list[tuple[str, str]]:
    """Clauses as the form sends them; lines without a text are left out."""
    pairs = zip(sent.getlist("kind"), sent.getlist("text"), strict=False)
    return [(kind, text) for kind, text in pairs if text.strip() or kind]


def _form(
    request: HttpRequest, form: Any, clauses: list[tuple[str, str]], **context: Any
) -> HttpResponse:
    spare = 1 if clauses else _LINES
    context |= {
        "form": form,
        "kinds": clause_kinds(),
        "clauses": [*clauses, *([("", "")] * spare)],
    }
    status = 422 if form.errors else 200
    return render(request, "hexi/promotion/agreements/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """A new version; its check is done again."""
    person = reader(request)
    row = _agreement(person, agreement_id)
    form = form_of(AGREEMENT, request.POST or None, initial=initial_of(row, AGREEMENT))
    kept = [(one.kind, one.text) for one in row.clauses.all()]
    clauses = _clauses(request.POST) if request.method == "POST" else kept
    if request.method == "POST" and form.is_valid():
        try:
            change_agreement(
                agreement_id, form.cleaned_data, clauses,
                seen=as_number(request.POST.get("version")), by=person, at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("The new version was kept; it is checked again."))
            return redirect("agreement", agreement_id)
        except Refusal as refusal:
            if refusal.status not in SHOWN:
                raise
            put_faults(form, refusal)
    return _form(
        request, form, clauses,
        title=_("Change %(name)s") % {"name": row.title},
        crumbs=crumbs(
            (_("Agreements"), reverse("agreements")),
            (row.title, reverse("agreement", args=[row.pk])), (_("Change"), ""),
        ),
        row=row,
    )  # fmt: skip


def _agreement(person: Person, agreement_id: int) -> Agreement:
    rows = Agreement.objects.visible_to(person).select_related("project__unit", "activity")
    row: Agreement | None = rows.filter(pk=agreement_id).first()
    if row is None:
        raise NotFound
    return row


@require_GET
def page(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Clauses, checks, and what may be done."""
    return _show(request, agreement_id, [])


def _show(request: HttpRequest, agreement_id: int, faults: list[dict[str, str]]) -> HttpResponse:
    person = reader(request)
    row = _agreement(person, agreement_id)
    history = Event.objects.filter(object_type="agreement", object_id=str(row.pk))
    context = {
        "title": row.title,
        "crumbs": crumbs((_("Agreements"), reverse("agreements")), (row.title, "")),
        **agreement_facts(row, person),
        "today": timezone.localdate().isoformat(),
        "history": event_lines(history[:20]),
        "faults": faults,
    }
    return render(request, "hexi/promotion/agreements/agreement.html", context)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Every question to every clause on one page."""
    person = reader(request)
    row = _agreement(person, agreement_id)
    sent: Any = request.POST
    faults: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            made = check_agreement(
                agreement_id, answers_of(sent.dict()), heard=sent.get("heard", ""),
                reason=sent.get("reason", ""), seen=as_number(sent.get("version")),
                by=person, at=timezone.now(),
            )  # fmt: skip
            if made.result == "refused":
                messages.warning(request, _("The check refuses this version."))
            else:
                messages.success(request, _("The check is passed; it can be signed."))
            return redirect("agreement", agreement_id)
        except Refusal as refusal:
            if refusal.status not in SHOWN:
                raise
            faults = faults_of(refusal)
    context = {
        "title": _("Fair-competition check"),
        "crumbs": crumbs(
            (_("Agreements"), reverse("agreements")),
            (row.title, reverse("agreement", args=[row.pk])), (_("Fair-competition check"), ""),
        ),
        "row": row,
        **question_lines(row, sent, timezone.localdate()),
        "faults": faults,
        "sent": sent,
    }  # fmt: skip
    status = 422 if faults else 200
    return render(request, "hexi/promotion/agreements/check.html", context, status=status)


@require_POST
def sign(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Signed on a day, under a number."""
    sent = request.POST
    return done(
        request,
        lambda: sign_agreement(
            agreement_id, day=as_day(sent.get("day", "")), number=sent.get("number", ""),
            by=viewer(request), at=timezone.now(),
        ),
        lazy("The agreement is signed; the project has moved with it."),
        lambda faults: _show(request, agreement_id, faults),
        "agreement",
        agreement_id,
    )  # fmt: skip


@require_POST
def drop(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """A draft that leads nowhere."""
    return done(
        request,
        lambda: drop_agreement(
            agreement_id, request.POST.get("reason", ""), by=viewer(request), at=timezone.now()
        ),
        lazy("The draft was dropped."),
        lambda faults: _show(request, agreement_id, faults),
        "agreement",
        agreement_id,
    )


@require_GET
def paper(request: HttpRequest, check_id: int) -> HttpResponse:
    """The record of one check in Word."""
    content = fair_check_docx.render(check_paper(check_id, reader(request)))
    return attachment(content, f"hexi-fair-check-{check_id}.docx")
