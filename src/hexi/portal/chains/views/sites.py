"""What zones have left (载体余量页): land and energy for newcomers, as each zone told."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.chains.acts.tell_left import tell_left
from hexi.portal.chains.models import SiteLeft
from hexi.portal.chains.queries.areas import own_units
from hexi.portal.chains.views.tabs import tabs
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import as_day, done

__all__ = ["page", "tell"]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The newest word of each zone, and the form."""
    return _show(request, [])


@require_POST
def tell(request: HttpRequest) -> HttpResponse:
    """Tell what a zone has left."""
    sent = request.POST
    return done(
        request,
        lambda: tell_left(
            sent.get("unit", ""),
            land=sent.get("land", ""),
            energy=sent.get("energy", ""),
            source=sent.get("source", ""),
            day=as_day(sent.get("day", "")),
            published=sent.get("published") == "1",
            by=viewer(request),
            at=timezone.now(),
        ),
        _("What the zone has left was kept."),
        lambda faults: _show(request, faults),
        "chain-sites",
    )


def _show(request: HttpRequest, faults: list[dict[str, str]]) -> HttpResponse:
    person = viewer(request)
    newest: dict[int, dict[str, Any]] = {}
    rows = SiteLeft.objects.visible_to(person).select_related("unit")
    for row in rows.order_by("unit__order", "day", "pk"):
        newest[row.unit_id] = {
            "name": name_of(row.unit),
            "land": row.land_mu,
            "energy": row.energy_tce,
            "source": row.source,
            "day": row.day,
            "published": row.published,
        }
    zones = [one for one in own_units(person) if one["kind"] == "zone"]
    context = {
        "title": ngettext(
            "%(n)d zone has told what it has left",
            "%(n)d zones have told what they have left",
            len(newest),
        )
        % {"n": len(newest)},
        "tabs": tabs(request),
        "lines": list(newest.values()),
        "zones": zones if person and person.grants(Permission.PROMOTE) else [],
        "faults": faults,
        "sent": request.POST,
        "today": timezone.localdate().isoformat(),
    }
    return render(request, "hexi/chains/sites.html", context)
