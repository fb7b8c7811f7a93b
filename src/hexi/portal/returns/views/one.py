"""One return (报表页): read, decide, submit, revise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import done
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.approve_return import approve_return
from hexi.portal.returns.acts.check_return import check_return
from hexi.portal.returns.acts.revise_return import revise_return
from hexi.portal.returns.acts.send_back import send_back
from hexi.portal.returns.acts.submit_return import submit_return
from hexi.portal.returns.acts.withdraw_approval import withdraw_approval
from hexi.portal.returns.approval.flow import whole
from hexi.portal.returns.models import Return, Submission
from hexi.portal.returns.queries.lines import due_words, lamp_of, moment, state_words
from hexi.portal.returns.queries.return_page import (
    cover_of,
    findings_lines,
    flags,
    grid_url,
    history,
    sections_of,
)
from hexi.portal.returns.queries.tasks import decisions
from hexi.portal.returns.scope import one_seen

__all__ = ["approve", "back", "check", "page", "revise", "submit", "withdraw"]


@require_GET
def page(request: HttpRequest, return_id: int) -> HttpResponse:
    """The figures, what was found in them, and how far they have come."""
    return _show(request, return_id, [])


def _show(request: HttpRequest, return_id: int, faults: list[dict[str, str]]) -> HttpResponse:
    person = require(viewer(request), Permission.SEE_RETURNS)
    row: Return = one_seen(whole(), person, pk=return_id)
    made = _version(row, request.GET.get("version", ""))
    form = form_book.version_of(row.form, made.form_version if made else row.form_version)
    name = f"{row.reporter.shown_name} · {name_of(form)}"
    context = {
        "title": _("%(name)s, %(period)s: %(state)s")
        % {
            "name": name,
            "period": form_book.period_label(row.form, row.period),
            "state": state_words(row),
        },
        "crumbs": _crumbs(row, person),
        "row": row,
        "form": {"number": form.number, "version": form.version, "note": form.note},
        "lamp": lamp_of(row),
        "state": state_words(row),
        "facts": _facts(row),
        "sections": sections_of(row, form, made.values if made else row.values),
        "cover": cover_of(form, made.cover if made else row.cover),
        "findings": findings_lines(row),
        "checked": row.checked_edit == row.edit,
        "history": history(row),
        "versions": _versions(row, made),
        "shown": made,
        "may": {**flags(row, person), "see_returns": True},
        "grid_url": grid_url(row),
        "following": _following(row, person),
        "faults": faults,
    }
    return render(request, "hexi/returns/return.html", context)


def _version(row: Return, asked: str) -> Submission | None:
    """The submission that is looked at; None for the figures as they are being worked on."""
    if not asked.isdecimal() or len(asked) > 4:
        return None
    return row.submissions.filter(number=int(asked)).first()


def _versions(row: Return, shown: Submission | None) -> list[dict[str, Any]]:
    made = row.submissions.order_by("-number").only(
        "number", "revision", "submitted_at", "submitted_by", "approved_at", "reason", "snapshot"
    )
    return [
        {
            "number": one.number,
            "url": f"/returns/{row.pk}/?version={one.number}",
            "revision": one.revision,
            "at": moment(one.submitted_at),
            "by": one.submitted_by,
            "approved": moment(one.approved_at),
            "snapshot": one.snapshot,
            "reason": one.reason,
            "here": shown is not None and one.number == shown.number,
        }
        for one in made
    ]


def _crumbs(row: Return, person: Person) -> list[dict[str, str]]:
    return [
        {"label": _("Returns"), "url": "/returns/"},
        {"label": name_of(row.unit), "url": f"/returns/all/?unit={row.unit.code}"},
        {"label": row.reporter.shown_name, "url": ""},
    ]


def _facts(row: Return) -> list[dict[str, str]]:
    today = form_book.day_of(timezone.now())
    late = due_words(row.due, today) if row.submitted_at is None else ""
    return [
        {"label": _("Due day"), "value": f"{row.due.isoformat()} {late}".strip()},
        {"label": _("Submitted"), "value": f"{moment(row.submitted_at)} {row.submitted_by}"},
        {"label": _("Approved"), "value": moment(row.approved_at)},
        {"label": _("Revision"), "value": str(row.revision) if row.revision else ""},
        {"label": _("After closing"), "value": _("yes") if row.late else ""},
        {"label": _("Code"), "value": row.reporter.code},
    ]


def _following(row: Return, person: Person) -> str:
    """The next return that waits for the same person: one decides a whole pile."""
    found = decisions(person).exclude(pk=row.pk).values_list("pk", flat=True).first()
    return f"/returns/{found}/" if found else ""


Act = Callable[..., Any]


def _step(request: HttpRequest, return_id: int, act: Act, said: Any, **more: Any) -> HttpResponse:
    by, at = viewer(request), timezone.now()
    return done(
        request,
        lambda: act(return_id, by=by, at=at, **more),
        said,
        lambda faults: _show(request, return_id, faults),
        "return",
        return_id,
    )


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "")


@require_POST
def check(request: HttpRequest, return_id: int) -> HttpResponse:
    """Run the rules."""
    check_return(return_id, by=viewer(request), at=timezone.now())
    return redirect("return", return_id)


@require_POST
def submit(request: HttpRequest, return_id: int) -> HttpResponse:
    """Hand it in."""
    seen = request.POST.get("seen", "")
    known = int(seen) if seen.isdecimal() else None
    return _step(request, return_id, submit_return, lazy("The return was submitted."), seen=known)


@require_POST
def approve(request: HttpRequest, return_id: int) -> HttpResponse:
    """Approve it for the unit that is awaited."""
    said = lazy("The return was approved.")
    return _step(request, return_id, approve_return, said, reason=_reason(request))


@require_POST
def back(request: HttpRequest, return_id: int) -> HttpResponse:
    """Send it back to its reporter."""
    said = lazy("The return was sent back.")
    return _step(request, return_id, send_back, said, reason=_reason(request))


@require_POST
def withdraw(request: HttpRequest, return_id: int) -> HttpResponse:
    """Take one's approval back."""
    said = lazy("The approval was taken back.")
    return _step(request, return_id, withdraw_approval, said, reason=_reason(request))


@require_POST
def revise(request: HttpRequest, return_id: int) -> HttpResponse:
    """Open it for a revision."""
    said = lazy("The return can be changed now.")
    return _step(request, return_id, revise_return, said, reason=_reason(request))
