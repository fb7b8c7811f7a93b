"""Excusing (免报): let a reporter off from the list of who is missing, and take it back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import SHOWN, faults_of
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.excuse_reporter import excuse_reporter
from hexi.portal.returns.acts.undo_excuse import undo_excuse
from hexi.portal.returns.forms import put_faults
from hexi.portal.returns.models import Excuse, Reporter
from hexi.portal.returns.scope import one_seen
from hexi.portal.returns.views.missing import page_of
from hexi.statistics.forms import Form, months_of, shifted

__all__ = ["excuse", "take_back"]

#: an excuse is for a year at most
_MONTHS = 12


class ExcuseForm(forms.Form):
    """Until when, and why."""

    last = forms.ChoiceField(label=lazy("Up to and including"))
    reason = forms.CharField(
        label=lazy("Reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("It stands in the list, in place of the return."),
    )

    def __init__(self, *args: Any, periods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["last"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = periods


@require_http_methods(["GET", "POST"])
def excuse(request: HttpRequest) -> HttpResponse:
    """Let a reporter off the period of the address, and those after it up to one that is chosen."""
    person = require(viewer(request), Permission.APPROVE)
    asked = request.GET
    numbers = [int(asked.get(x, "")) if asked.get(x, "").isdecimal() else 0
               for x in ("period", "reporter")]  # fmt: skip
    edition = form_book.form_at(asked.get("form", ""), numbers[0])
    reporter: Reporter = one_seen(
        Reporter.objects.select_related("unit", "home"), person, pk=numbers[1]
    )
    form = ExcuseForm(request.POST or None, periods=_periods(edition, numbers[0]))
    back = _back(edition.id, numbers[0], asked.get("unit", ""))
    if request.method == "POST" and form.is_valid():
        last, reason = int(form.cleaned_data["last"]), form.cleaned_data["reason"]
        try:
            excuse_reporter(
                edition.id, numbers[0], last, reporter.pk,
                reason=reason, by=person, at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("The reporter is excused."))
            return redirect(back)
        except Refusal as refusal:
            if refusal.status not in SHOWN:
                raise
            put_faults(form, refusal)
    gaps = {
        "name": reporter.shown_name,
        "form": form_book.form_name(edition.id),
        "period": form_book.period_label(edition.id, numbers[0]),
    }
    context = {
        "title": _("Excuse %(name)s") % gaps,
        "about": _("%(form)s, from %(period)s") % gaps,
        "home": name_of(reporter.home),
        "crumbs": [
            {"label": _("Returns"), "url": "/returns/"},
            {"label": _("Who is missing"), "url": back},
            {"label": _("Excuse"), "url": ""},
        ],
        "form": form,
        "back": back,
    }
    status = 422 if form.errors else 200
    return render(request, "hexi/returns/excuse.html", context, status=status)


def _periods(form: Form, first: int) -> list[tuple[str, str]]:
    """The first period, and as many after it as an excuse may run."""
    periods = [shifted(first, ahead) for ahead in range(0, _MONTHS, months_of(form.frequency))]
    return [(str(period), form_book.period_label(form.id, period)) for period in periods]


def _back(form: str, period: int, unit: str) -> str:
    query = {"form": form, "period": period, "unit": unit}
    return "/returns/missing/?" + urlencode({k: v for k, v in query.items() if v})


@require_POST
def take_back(request: HttpRequest, excuse_id: int) -> HttpResponse:
    """The reporter is asked again."""
    person = require(viewer(request), Permission.APPROVE)
    row: Excuse = one_seen(Excuse.objects.all(), person, pk=excuse_id)
    sent = request.POST
    try:
        undo_excuse(excuse_id, reason=sent.get("reason", ""), by=person, at=timezone.now())
    except Refusal as refusal:
        if refusal.status not in SHOWN:
            raise
        return page_of(request, sent, faults_of(refusal), refusal.status)
    messages.success(request, _("The excuse was taken back."))
    period = sent.get("period", "")
    number = int(period) if period.isdecimal() else row.first
    return redirect(_back(row.form, number, sent.get("unit", "")))
