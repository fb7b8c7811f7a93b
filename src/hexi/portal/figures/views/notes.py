"""Notes on figures (数据注释): written and withdrawn on the page of a cell."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hexi.portal.core.scope import viewer
from hexi.portal.figures.acts.withdraw_note import withdraw_note
from hexi.portal.figures.acts.write_note import write_note
from hexi.portal.figures.space import Space

__all__ = ["withdraw", "write"]


@require_POST
def write(request: HttpRequest, space: Space) -> HttpResponse:
    """Write one and go back to the cell."""
    sent = request.POST
    unit, indicator, period = (sent.get(key, "") for key in ("c", "m", "t"))
    write_note(
        space, unit, indicator, period if sent.get("only") else "", sent.get("text", ""),
        by=viewer(request), at=timezone.now(), public=bool(sent.get("public")),
    )  # fmt: skip
    messages.success(request, _("The note was written."))
    view = sent.get("w", "period")
    cell = space.url("cell", c=unit, m=indicator, w=view, t=period, tree=sent.get("tree", ""))
    return redirect(_back(request, cell))


@require_POST
def withdraw(request: HttpRequest, space: Space, note_id: int) -> HttpResponse:
    """Withdraw one."""
    withdraw_note(space, note_id, by=viewer(request), at=timezone.now())
    messages.success(request, _("The note was withdrawn."))
    return redirect(_back(request, space.url()))


def _back(request: HttpRequest, otherwise: str) -> str:
    """Where the person was, as the form says; only a page of this portal."""
    back = request.POST.get("back", "")
    own = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return back if own and back.startswith("/") else otherwise
