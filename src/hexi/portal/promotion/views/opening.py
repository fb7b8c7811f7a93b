"""Invest here (招商机会): the public page of zones and projects, and the form to ask a zone."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from hexi.portal.core.lists import choices, paged
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.views.steps import SHOWN, as_number
from hexi.portal.promotion.acts.send_enquiry import send_enquiry
from hexi.portal.promotion.forms import form_of
from hexi.portal.promotion.nouns import PUBLIC_ENQUIRY
from hexi.portal.promotion.queries.openings import asked_units, opening_units, seeking
from hexi.portal.promotion.wording import ten_thousands
from hexi.portal.returns.forms import put_faults

__all__ = ["ask", "page", "sent"]

PAGE = 30
#: a field that people do not see; programs fill it in
_TRAP = "website"


def _open() -> None:
    if not settings.HEXI.public_reading:
        raise NotFound


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Zones with their industries, projects that seek an investor."""
    _open()
    rows = seeking().order_by("-changed_at", "-id")
    if query := request.GET.get("q", "").strip():
        rows = rows.filter(name__icontains=query)
    if unit := request.GET.get("unit"):
        rows = rows.filter(unit__path__contains=f"/{unit}/")
    part, pager = paged(request, rows, PAGE)
    total = pager.total if pager else len(part)
    units = opening_units()
    filtered = any(request.GET.get(key) for key in ("q", "unit"))
    said = ngettext("%(n)d project seeks an investor", "%(n)d projects seek an investor", total)
    context = {
        "title": said % {"n": total} if total or filtered else _("Invest here"),
        "projects": [
            {"id": row.pk, "name": row.name, "url": reverse("project", args=[row.pk]),
             "unit": name_of(row.unit), "total": ten_thousands(row.total), "content": row.content,
             "ask": f"{reverse('invest-ask')}?project={row.pk}"}
            for row in part
        ],
        "pager": pager,
        "zones": [
            {**one, "ask": f"{reverse('invest-ask')}?unit={one['code']}"} for one in units
        ],
        "query": request.GET.get("q", ""),
        "units": choices(
            request, "unit", [("", _("All units")), *((u["code"], u["name"]) for u in units)]
        ),
        "filtered": filtered,
    }  # fmt: skip
    return render(request, "hexi/promotion/public/page.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A plain form; what programs send is thanked for and thrown away."""
    _open()
    wanted = _wanted(request)
    initial = {"unit": wanted.unit.code if wanted else request.GET.get("unit", "")}
    if wanted:
        initial["what"] = _("We ask about the project “%(name)s”.") % {"name": wanted.name}
    form = form_of(PUBLIC_ENQUIRY, request.POST or None, initial=initial, units=asked_units())
    if request.method == "POST":
        if request.POST.get(_TRAP):
            return redirect("invest-sent")
        if form.is_valid():
            try:
                send_enquiry(
                    form.cleaned_data, sender=_sender(request),
                    wanted=wanted.pk if wanted else None, at=timezone.now(),
                )  # fmt: skip
                return redirect("invest-sent")
            except Refusal as refusal:
                if refusal.status not in (*SHOWN, 429):
                    raise
                put_faults(form, refusal)
    context = {
        "title": _("Ask a zone"),
        "crumbs": [
            {"label": _("Invest here"), "url": reverse("invest")}, {"label": _("Ask"), "url": ""},
        ],
        "form": form,
        "wanted": wanted,
        "trap": _TRAP,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "hexi/promotion/public/ask.html", context, status=status)


def _wanted(request: HttpRequest) -> Any:
    number = as_number(request.GET.get("project") or request.POST.get("project"))
    return None if number is None else seeking().filter(pk=number).first()


def _sender(request: HttpRequest) -> str:
    """A digest of the address, so that none is kept."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    return hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()


@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    _open()
    context = {"title": _("Your enquiry has reached the zone")}
    return render(request, "hexi/promotion/public/sent.html", context)
