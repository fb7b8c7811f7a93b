"""Setting a path (确定路径页): choose a shape, see what it asks, keep it."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from hexi.portal.breakdown.acts.set_path import fixed, set_path
from hexi.portal.breakdown.queries.path_page import path_context
from hexi.portal.breakdown.queries.target_head import crumbs_of, head_of, seen_target
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import done

__all__ = ["page"]

_YEAR = "y"


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, target_id: int) -> HttpResponse:
    """The path with its curve and figures; POST keeps it."""
    if request.method == "GET":
        return _show(request, target_id, request.GET, [])
    sent = request.POST
    return done(
        request,
        lambda: set_path(
            target_id,
            sent.get("shape", ""),
            _typed(sent),
            reason=sent.get("reason", ""),
            by=viewer(request),
            at=timezone.now(),
            seen=sent.get("seen", ""),
        ),
        lazy("The path was kept."),
        lambda faults: _show(request, target_id, sent, faults),
        "target-path",
        target_id,
    )


def _typed(sent: QueryDict) -> dict[str, str]:
    """Year to what was typed, from fields such as ``y2018``."""
    return {
        key.removeprefix(_YEAR): str(value)
        for key, value in sent.items()
        if key.startswith(_YEAR) and key.removeprefix(_YEAR).isdecimal()
    }


def _show(
    request: HttpRequest,
    target_id: int,
    sent: QueryDict,
    faults: list[dict[str, str]],
) -> HttpResponse:
    person = viewer(request)
    target = seen_target(target_id, person)
    typed: Mapping[str, str] = _typed(sent)
    may = (
        person is not None
        and person.grants(Permission.BREAK_DOWN)
        and person.covers(target.setter_path)
    )
    closed = fixed(target)
    head = head_of(target)
    context = {
        "title": _("%(indicator)s: what each year is to bring") % {"indicator": target.indicator},
        "crumbs": crumbs_of(target, _("Path")),
        "head": head,
        "may_set": may and not closed,
        "closed": [part.as_record() for part in closed] if may else [],
        "reason": sent.get("reason", ""),
        "faults": faults,
        **path_context(target, sent.get("shape", ""), typed, timezone.localdate()),
    }
    return render(request, "hexi/breakdown/path.html", context)
