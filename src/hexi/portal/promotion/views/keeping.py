"""The form of a noun that is entered and changed (登记表单): activities, agents, target firms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import SHOWN
from hexi.portal.promotion.acts.keep import keep
from hexi.portal.promotion.forms import form_of, initial_of, office_units
from hexi.portal.promotion.kept import KEPT
from hexi.portal.promotion.views.tabs import crumbs
from hexi.portal.returns.forms import put_faults

__all__ = ["keep_form"]


def keep_form(
    request: HttpRequest,
    noun: str,
    row_id: int | None = None,
    *,
    titles: tuple[str, str],
    back: str,
    page: str = "",
    initial: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """A new one, or one changed.

    Args:
        noun: key of ``kept.KEPT``.
        titles: of a new one, and of the list.
        back: address name of the list, where one goes from here.
        page: address name of the row's own page, where it has one.
        initial: what a new one begins with.
    """
    person = require(viewer(request), Permission.PROMOTE)
    fields = KEPT[noun].fields
    row: Any = None
    if row_id is not None:
        rows: Any = KEPT[noun].model._default_manager
        row = rows.visible_to(person).filter(pk=row_id).first()
        if row is None:
            raise NotFound
    form = form_of(
        fields, request.POST or None, units=office_units(person),
        initial=initial_of(row, fields) if row else initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = keep(noun, form.cleaned_data, row_id=row_id, by=person, at=timezone.now())
            messages.success(request, _("It was kept."))
            return redirect(page, made.pk) if page else redirect(back)
        except Refusal as refusal:
            if refusal.status not in SHOWN:
                raise
            put_faults(form, refusal)
    title = _("Change %(name)s") % {"name": row.name} if row else titles[0]
    context = {
        "title": title,
        "crumbs": crumbs((titles[1], reverse(back)), (title, "")),
        "form": form,
        "back": reverse(back),
    }
    status = 422 if form.errors else 200
    return render(request, "hexi/promotion/entry.html", context, status=status)
