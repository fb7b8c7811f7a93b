"""The administrator's pages (管理页): people and the record of events."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters

from hexi.portal.core.acts.keep_person import change_person, enter_person, set_password
from hexi.portal.core.event_lines import act_label, event_lines
from hexi.portal.core.forms import PersonForm
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.models import Event, Person
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer

__all__ = ["events", "health", "people", "person_new", "person_page"]


def health(request: HttpRequest) -> HttpResponse:
    """Is the portal up and its database reachable? For the watcher of the machine."""
    Person.objects.exists()
    return HttpResponse("ok\n", content_type="text/plain")


def events(request: HttpRequest) -> HttpResponse:
    """The record of acts, newest first."""
    require(viewer(request), Permission.SEE_EVENTS)
    rows = Event.objects.all()
    counted = rows.order_by("act").values_list("act").annotate(Count("id"))
    kinds = [("", _("All acts"))] + [(act, act_label(act), n) for act, n in counted]
    if act := request.GET.get("act"):
        rows = rows.filter(act=act)
    part, pager = paged(request, rows, 100)
    total = pager.total if pager else len(part)
    context = {
        "title": ngettext("%(n)d event", "%(n)d events", total) % {"n": total},
        "events": event_lines(part),
        "acts": choices(request, "act", kinds),
        "pager": pager,
    }
    return render(request, "hexi/events.html", context)


def people(request: HttpRequest) -> HttpResponse:
    """Who may sign in."""
    require(viewer(request), Permission.MANAGE_PEOPLE)
    lines = [
        {
            "url": f"/people/{person.pk}/",
            "name": person.name,
            "username": person.username,
            "role_label": person.role_label,
            "scope": person.scope_label,
            "active": person.is_active,
            "last": date_format(timezone.localtime(person.last_login), "Y-m-d H:i")
            if person.last_login
            else "",
        }
        for person in Person.objects.prefetch_related("units")
    ]
    context = {
        "title": ngettext("%(n)d person", "%(n)d people", len(lines)) % {"n": len(lines)},
        "people": lines,
    }
    return render(request, "hexi/people/list.html", context)


@sensitive_post_parameters("password")
def person_new(request: HttpRequest) -> HttpResponse:
    """Enter a person."""
    officer = require(viewer(request), Permission.MANAGE_PEOPLE)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            enter_person(
                username=data["username"],
                name=data["name"],
                role=data["role"],
                units=list(data["units"]),
                password=data["password"] or None,
                by=officer,
                at=timezone.now(),
            )
            return redirect("people")
        except Refusal as refusal:
            form.add_error(None, f"{refusal.message} {refusal.remedy}")
    return _person_form(request, form, None)


@sensitive_post_parameters("password")
def person_page(request: HttpRequest, person_id: int) -> HttpResponse:
    """Change a person."""
    officer = require(viewer(request), Permission.MANAGE_PEOPLE)
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound
    form = PersonForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():  # both steps or neither
                change_person(
                    person,
                    name=data["name"],
                    role=data["role"],
                    units=list(data["units"]),
                    active=data["active"],
                    by=officer,
                    at=timezone.now(),
                )
                if data["password"]:
                    set_password(person, data["password"], by=officer, at=timezone.now())
            return redirect("people")
        except Refusal as refusal:
            form.add_error(None, f"{refusal.message} {refusal.remedy}")
    return _person_form(request, form, person)


def _person_form(request: HttpRequest, form: PersonForm, person: Person | None) -> HttpResponse:
    context = {
        "title": person.name if person else _("Enter a person"),
        "crumbs": [
            {"label": _("People"), "url": "/people/"},
            {"label": person.name if person else _("New"), "url": ""},
        ],
        "form_person": form,
        "tokens": [
            {"name": t.name, "revoke_url": f"/account/tokens/{t.pk}/revoke/"}
            for t in (person.tokens.all() if person else ())
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "hexi/people/person.html", context, status=status)
