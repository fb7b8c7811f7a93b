"""One part (分解指标页): read, accept, send back, take back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.breakdown.acts.accept_part import accept_part
from hexi.portal.breakdown.acts.send_part_back import send_part_back
from hexi.portal.breakdown.acts.withdraw_part import withdraw_part
from hexi.portal.breakdown.holding import one_part
from hexi.portal.breakdown.queries.part_page import part_context
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import done

__all__ = ["accept", "back", "page", "withdraw"]

_ASKED = "asked-"


@require_GET
def page(request: HttpRequest, part_id: int) -> HttpResponse:
    """What is asked of the unit."""
    return _show(request, part_id, [])


def _show(request: HttpRequest, part_id: int, faults: list[dict[str, str]]) -> HttpResponse:
    person = viewer(request)
    part = one_part(part_id, person)
    context = part_context(part, person, timezone.localdate())
    gaps = {
        "unit": context["unit"],
        "indicator": part.target.indicator,
        "value": f"{context['value']}{part.target.measure_unit}",
        "period": context["head"]["period"],
    }
    crumbs = [
        {"label": _("My tasks"), "url": reverse("tasks")},
        {"label": part.target.indicator, "url": reverse("monitored-target", args=[_shown(part)])},
        {"label": context["unit"], "url": ""},
    ]
    title = _("%(unit)s: %(indicator)s %(value)s (%(period)s)") % gaps
    return render(
        request,
        "hexi/breakdown/part.html",
        {"title": title, "crumbs": crumbs, "faults": faults, **context},
    )


def _shown(part: object) -> int:
    return int(part.breakdown.whole_id)  # type: ignore[attr-defined]


@require_POST
def accept(request: HttpRequest, part_id: int) -> HttpResponse:
    """Take it on."""
    seen = request.POST.get("seen", "")
    return done(
        request,
        lambda: accept_part(part_id, by=viewer(request), at=timezone.now(), seen=seen),
        lazy("The part is accepted. It is the unit's own target now."),
        lambda faults: _show(request, part_id, faults),
        "part",
        part_id,
    )


@require_POST
def back(request: HttpRequest, part_id: int) -> HttpResponse:
    """Return it with the reason, and with what the unit asks for."""
    sent = request.POST
    asked = {
        key.removeprefix(_ASKED): str(value)
        for key, value in sent.items()
        if key.startswith(_ASKED)
    }
    return done(
        request,
        lambda: send_part_back(
            part_id,
            asked,
            reason=sent.get("reason", ""),
            by=viewer(request),
            at=timezone.now(),
            seen=sent.get("seen", ""),
        ),
        lazy("The part was sent back."),
        lambda faults: _show(request, part_id, faults),
        "part",
        part_id,
    )


@require_POST
def withdraw(request: HttpRequest, part_id: int) -> HttpResponse:
    """Take the proposal back."""
    reason = request.POST.get("reason", "")
    return done(
        request,
        lambda: withdraw_part(part_id, reason=reason, by=viewer(request), at=timezone.now()),
        lazy("The proposal was taken back."),
        lambda faults: _show(request, part_id, faults),
        "part",
        part_id,
    )
