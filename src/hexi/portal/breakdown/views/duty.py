"""The duty for a target (落实责任页)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from hexi.portal.breakdown.acts.assign_duty import Duty, assign_duty, may_assign
from hexi.portal.breakdown.queries.duty_lines import duty_lines
from hexi.portal.breakdown.queries.duty_page import duty_context
from hexi.portal.breakdown.queries.target_head import crumbs_of, head_of, seen_target
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import done

__all__ = ["page"]


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, target_id: int) -> HttpResponse:
    """Who answers for the target, what is required, what is to bring it about."""
    if request.method == "GET":
        return _show(request, target_id, None, [])
    form = _form(request.POST)
    person = form["person"]
    duty = Duty(
        body=form["body"],
        person=int(person) if person.isdecimal() and len(person) < 19 else None,
        requirement=form["requirement"],
        measures=form["measures"],
        projects=form["projects"],
    )
    return done(
        request,
        lambda: assign_duty(
            target_id,
            duty,
            by=viewer(request),
            at=timezone.now(),
            seen=request.POST.get("seen", ""),
        ),
        lazy("The duty was written."),
        lambda faults: _show(request, target_id, form, faults),
        "target-duty",
        target_id,
    )


def _form(sent: QueryDict) -> dict[str, Any]:
    """The fields of the form; lines come as two fields side by side."""
    return {
        "body": sent.get("body", ""),
        "person": sent.get("person", ""),
        "requirement": sent.get("requirement", ""),
        "measures": _pairs(sent, ("text", "measure"), ("due", "measure-due")),
        "projects": _pairs(sent, ("name", "project"), ("state", "project-state")),
    }


def _pairs(sent: QueryDict, *fields: tuple[str, str]) -> list[dict[str, str]]:
    keys = [key for key, _field in fields]
    columns = [sent.getlist(field) for _key, field in fields]
    rows = zip(*columns, strict=False)
    return [dict(zip(keys, row, strict=True)) for row in rows if any(part.strip() for part in row)]


def _show(
    request: HttpRequest,
    target_id: int,
    form: dict[str, Any] | None,
    faults: list[dict[str, str]],
) -> HttpResponse:
    person = viewer(request)
    target = seen_target(target_id, person)
    context = {
        "title": _("%(indicator)s: who answers for it") % {"indicator": target.indicator},
        "crumbs": crumbs_of(target, _("Duty")),
        "head": head_of(target),
        "may": may_assign(person, target),
        "duty": duty_lines(target),
        "faults": faults,
        **duty_context(target, form),
    }
    return render(request, "hexi/breakdown/duty.html", context)
