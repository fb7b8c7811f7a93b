"""One enterprise (企业页): its card, its dated past, who fills in, the steps of the register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.models import Event
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import SHOWN, as_day, done
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.change_enterprise import change_enterprise
from hexi.portal.returns.acts.close_enterprise import close_enterprise, take_closing_back
from hexi.portal.returns.acts.keep_filler import dismiss_filler, enter_filler
from hexi.portal.returns.acts.merge_enterprise import merge_enterprise
from hexi.portal.returns.acts.move_enterprise import move_enterprise
from hexi.portal.returns.forms import EnterpriseForm, FillerForm, put_faults
from hexi.portal.returns.models import Enterprise, Return
from hexi.portal.returns.queries.enterprise_page import (
    enterprise_facts,
    fillers_of,
    register_units,
    spells_of,
)
from hexi.portal.returns.queries.lines import return_lines
from hexi.portal.returns.registers.enterprise_book import facts, open_spell
from hexi.portal.returns.scope import one_seen

__all__ = ["change", "close", "dismiss", "merge", "move", "name_filler", "page", "reopen"]


@require_GET
def page(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """Everything that the register knows about it."""
    return _show(request, enterprise_id, [])


def _show(
    request: HttpRequest,
    enterprise_id: int,
    faults: list[dict[str, str]],
    filler: FillerForm | None = None,
) -> HttpResponse:
    person = require(viewer(request), Permission.KEEP_REGISTER)
    row: Enterprise = one_seen(
        Enterprise.objects.select_related("reporter__home", "successor"), person, pk=enterprise_id
    )
    today = form_book.day_of(timezone.now())
    returns = Return.objects.visible_to(person).filter(reporter=row.pk)
    history = Event.objects.filter(object_type="enterprise", object_id=str(row.pk))
    context = {
        "title": row.name,
        "crumbs": [{"label": _("Enterprises"), "url": "/enterprises/"}, {"label": row.name,
                                                                         "url": ""}],
        **enterprise_facts(row),
        "spells": spells_of(row),
        "fillers": fillers_of(row),
        "form_filler": filler or FillerForm(),
        "units": [{"code": u.code, "name": name_of(u)} for u in register_units(person)],
        "today": today.isoformat(),
        "returns": return_lines(
            returns.select_related("reporter__unit", "unit", "waiting")[:12], today
        ),
        "history": event_lines(history[:20], person),
        "faults": faults,
    }  # fmt: skip
    return render(request, "hexi/enterprises/enterprise.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """Change the card, or dated facts from a day on."""
    person = require(viewer(request), Permission.KEEP_REGISTER)
    queryset = Enterprise.objects.select_related("reporter__home")
    row: Enterprise = one_seen(queryset, person, pk=enterprise_id)
    initial = facts(row, open_spell(row))
    form = EnterpriseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        sent = {**form.cleaned_data, "since": request.POST.get("since", "")}
        try:
            change_enterprise(
                enterprise_id, sent, by=person, at=timezone.now(),
                reason=request.POST.get("reason", ""),
            )  # fmt: skip
            return done(request, lambda: None, _("The register was changed."), _never,
                        "enterprise", enterprise_id)  # fmt: skip
        except Refusal as refusal:
            if refusal.status not in SHOWN:
                raise
            put_faults(form, refusal)
    context = {
        "title": _("Change %(name)s") % {"name": row.name},
        "crumbs": [
            {"label": _("Enterprises"), "url": "/enterprises/"},
            {"label": row.name, "url": f"/enterprises/{row.pk}/"},
            {"label": _("Change"), "url": ""},
        ],
        "form": form,
        "row": row,
        "since": request.POST.get("since", ""),
        "reason": request.POST.get("reason", ""),
    }
    status = 422 if form.errors else 200
    return render(request, "hexi/enterprises/change.html", context, status=status)


def _never(faults: list[dict[str, str]]) -> HttpResponse:
    raise AssertionError("nothing was tried")


Act = Callable[[dict[str, Any]], Any]


def _step(request: HttpRequest, enterprise_id: int, act: Act, said: Any) -> HttpResponse:
    who = {"by": viewer(request), "at": timezone.now()}
    return done(
        request,
        lambda: act(who),
        said,
        lambda faults: _show(request, enterprise_id, faults),
        "enterprise",
        enterprise_id,
    )


def _sent(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "")


@require_POST
def move(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """It stands elsewhere from a day on."""
    unit, day, reason = _sent(request, "unit"), as_day(_sent(request, "since")), _reason(request)
    return _step(
        request,
        enterprise_id,
        lambda who: move_enterprise(enterprise_id, unit, day, reason=reason, **who),
        lazy("The move was entered."),
    )


@require_POST
def close(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """It no longer works from a day on."""
    day, reason = as_day(_sent(request, "since")), _reason(request)
    return _step(
        request,
        enterprise_id,
        lambda who: close_enterprise(enterprise_id, day, reason=reason, **who),
        lazy("The closing was entered."),
    )


@require_POST
def reopen(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """It was closed by mistake."""
    reason = _reason(request)
    return _step(
        request,
        enterprise_id,
        lambda who: take_closing_back(enterprise_id, reason=reason, **who),
        lazy("The closing was taken back."),
    )


@require_POST
def merge(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """Another enterprise goes on in its place."""
    into, day = _sent(request, "into"), as_day(_sent(request, "since"))
    reason = _reason(request)
    return _step(
        request,
        enterprise_id,
        lambda who: merge_enterprise(enterprise_id, into, day, reason=reason, **who),
        lazy("The merger was entered."),
    )


def _reason(request: HttpRequest) -> str:
    return _sent(request, "reason")


@sensitive_post_parameters("password")
@require_POST
def name_filler(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """Open an account for who fills in."""
    form = FillerForm(request.POST)
    if not form.is_valid():
        response = _show(request, enterprise_id, [], form)
        response.status_code = 422
        return response
    sent = {**form.cleaned_data, "password": form.cleaned_data["password"] or None}
    return _step(
        request,
        enterprise_id,
        lambda who: enter_filler(enterprise_id, **sent, **who),
        lazy("The person can fill in now."),
    )


@require_POST
def dismiss(request: HttpRequest, enterprise_id: int, person_id: int) -> HttpResponse:
    """The person no longer fills in."""
    return _step(
        request,
        enterprise_id,
        lambda who: dismiss_filler(enterprise_id, person_id, **who),
        lazy("The person no longer fills in."),
    )
