"""Steps with a project (项目办理): its stage, a step taken back, lists, years, publication."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import SHOWN, as_day, done
from hexi.portal.projects.acts.keep_file import keep_file
from hexi.portal.projects.acts.keep_tags import tag_records, untag
from hexi.portal.projects.acts.move_stage import move_stage
from hexi.portal.projects.acts.publish_record import publish_record, withdraw_record
from hexi.portal.projects.acts.set_year_plan import set_year_plan
from hexi.portal.projects.acts.undo_step import undo_step
from hexi.portal.projects.queries import words
from hexi.portal.projects.queries.steps import moves
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.projects.views.project import crumbs_of, one_project, show
from hexi.portal.returns.form_book import day_of
from hexi.projects.money import MoneyFault, read_money

__all__ = ["move", "plan_year", "publish", "put_file", "tag", "undo", "untag_one", "withdraw"]

_FIELDS = ("to", "day", "reason", "evidence", "ended_reason")


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, project_id: int) -> HttpResponse:
    """Move it to a stage that may follow; what its gate asks for stands at the field."""
    row = one_project(request, project_id)
    require(viewer(request), Permission.MOVE_STAGE, row.unit_path)
    sent, at = request.POST, timezone.now()
    faults: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            _move(project_id, request, at)
            messages.success(request, _("The stage was moved."))
            return redirect(_back(sent.get("back", "")) or f"/projects/{project_id}/")
        except Refusal as refusal:
            if refusal.status not in SHOWN:
                raise
            faults = _by_field(refusal)
    offered = moves(row)
    context = {
        "title": _("Move %(name)s to another stage") % {"name": row.called},
        "crumbs": crumbs_of(_("Move"), row=row),
        "row": row,
        "here": words.stage_label(row.stage),
        "moves": offered,
        "to": sent.get("to") or request.GET.get("to") or (offered[0].to if offered else ""),
        "day": sent.get("day") or day_of(at).isoformat(),
        "today": day_of(at).isoformat(),
        "since": row.stage_since.isoformat(),
        "sent": sent,
        "reasons": words.choices_of(stage_book().reasons),
        "ending": stage_book().ending.id,
        "seen": sent.get("seen", row.version),
        "back": sent.get("back") or request.GET.get("back", ""),
        "faults": faults,
        "others": [text for name, texts in faults.items() if name not in _FIELDS for text in texts],
    }
    return render(request, "hexi/projects/move.html", context, status=422 if faults else 200)


def _move(project_id: int, request: HttpRequest, at: Any) -> None:
    sent, by = request.POST, viewer(request)
    day = as_day(sent.get("day", ""))
    if day is None:
        raise Refusal(
            "day_missing", _("The day is missing."), _("Say on which day it was."), place="day"
        )
    to, seen = sent.get("to", ""), sent.get("seen", "")
    proof = request.FILES.get("file")
    if proof is not None:
        # a file proves the stage also where the step is refused for something else
        keep_file(project_id, f"stage:{to}", proof, by=by, at=at, permission=Permission.MOVE_STAGE)
    move_stage(
        project_id,
        to,
        day=day,
        reason=sent.get("reason", ""),
        evidence=sent.get("evidence", ""),
        ended_reason=sent.get("ended_reason", ""),
        by=by,
        at=at,
        seen=int(seen) if seen.isdecimal() else None,
    )


def _by_field(refusal: Refusal) -> dict[str, list[str]]:
    """Sentences by field; a field of the record that is missing is named in its sentence."""
    found: dict[str, list[str]] = {}
    for part in getattr(refusal, "parts", (refusal,)):
        found.setdefault(part.place, []).append(f"{part.message} {part.remedy}")
    return found


def _back(path: str) -> str:
    """Where the step was begun: a page of the library, never another site."""
    return path if path.startswith("/projects/") and "//" not in path else ""


def _step(
    request: HttpRequest, project_id: int, act: Callable[[dict[str, Any]], Any], said: Any
) -> HttpResponse:
    who = {"by": viewer(request), "at": timezone.now()}
    return done(
        request,
        lambda: act(who),
        said,
        lambda faults: show(request, project_id, faults),
        "project",
        project_id,
    )


@require_POST
def undo(request: HttpRequest, project_id: int) -> HttpResponse:
    """The last step was a mistake."""
    reason = request.POST.get("reason", "")
    return _step(
        request,
        project_id,
        lambda who: undo_step(project_id, reason=reason, **who),
        lazy("The last step was taken back."),
    )


@require_POST
def publish(request: HttpRequest, project_id: int) -> HttpResponse:
    """Open it to the public."""
    return _step(
        request,
        project_id,
        lambda who: publish_record(project_id, **who),
        lazy("The project is open to the public."),
    )


@require_POST
def withdraw(request: HttpRequest, project_id: int) -> HttpResponse:
    """Take it off the public pages."""
    reason = request.POST.get("reason", "")
    return _step(
        request,
        project_id,
        lambda who: withdraw_record(project_id, reason=reason, **who),
        lazy("The project was withdrawn from the public."),
    )


@require_POST
def tag(request: HttpRequest, project_id: int) -> HttpResponse:
    """Put it on a list."""
    sent = request.POST
    since = as_day(sent.get("since", "")) or timezone.localdate()
    return _step(
        request,
        project_id,
        lambda who: tag_records([project_id], sent.get("tag", ""), since, **who),
        lazy("The project was put on the list."),
    )


@require_POST
def untag_one(request: HttpRequest, project_id: int) -> HttpResponse:
    """Take it off a list."""
    sent = request.POST
    until = as_day(sent.get("until", "")) or timezone.localdate()
    reason = sent.get("reason", "")
    return _step(
        request,
        project_id,
        lambda who: untag([project_id], sent.get("tag", ""), until, reason=reason, **who),
        lazy("The project was taken off the list."),
    )


@require_POST
def plan_year(request: HttpRequest, project_id: int) -> HttpResponse:
    """Set the plan of a year."""
    sent = request.POST
    year = sent.get("year", "")

    def act(who: dict[str, Any]) -> None:
        set_year_plan(
            project_id,
            int(year) if year.isdecimal() and len(year) == 4 else 0,
            typed_money(sent.get("planned", ""), "planned"),
            sent.get("content", ""),
            reason=sent.get("reason", ""),
            **who,
        )

    return _step(request, project_id, act, lazy("The plan of the year was set."))


def typed_money(text: str, place: str) -> int:
    """Yuan that a person typed in 万元 or in the unit that is written.

    Raises:
        Refusal: where it is no sum.
    """
    try:
        return read_money(text)
    except MoneyFault as fault:
        raise Refusal(
            fault.code,
            # it is told at its field, which has its name already
            _("“%(text)s” is not a sum.") % {"text": text[:40]},
            _("Write a number in 万元, or with its unit, as 1.2亿元."),
            place=place,
        ) from fault


@require_POST
def put_file(request: HttpRequest, project_id: int) -> HttpResponse:
    """Keep a paper of the project."""
    upload = request.FILES.get("file")

    def act(who: dict[str, Any]) -> None:
        if upload is None:
            raise Refusal("no_file", _("No file was sent."), _("Choose a file."), place="file")
        keep_file(project_id, "other", upload, **who)

    return _step(request, project_id, act, lazy("The file was kept."))
