"""Which zone fits a firm (选址匹配页): the question in the address, every zone with its reasons."""

from __future__ import annotations

import math
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from hexi.portal.chains.book import chain_book, code_name, comma, said
from hexi.portal.chains.queries.areas import keeps_register
from hexi.portal.chains.queries.fit_page import (
    Asked,
    cities,
    fit_lines,
    fit_table,
    fits_for,
    taken_codes,
)
from hexi.portal.chains.queries.tables import REGISTER, sources_of
from hexi.portal.chains.views.tabs import tabs
from hexi.portal.core.exports import FORMATS, table_response
from hexi.portal.core.lists import address_with
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import viewer

__all__ = ["export", "page"]

_NUMBERS = ("land", "energy", "investment")
_MOST = 1e9
#: zones on the page until all are asked for
_SHOWN = 12


def _asked(request: HttpRequest) -> tuple[Asked, list[dict[str, str]], list[str]]:
    """What was asked, other codes that the words might mean, and what is wrong with it."""
    sent = request.GET
    what = sent.get("what", "")[:200]
    codes, others = taken_codes(what)
    faults = []
    if what.strip() and not codes:
        gaps = {"what": what.strip()}
        faults.append(
            _("No industry is called “%(what)s”. Try a shorter word, or the code.") % gaps
        )
    numbers: dict[str, float | None] = {}
    for key in _NUMBERS:
        text = sent.get(key, "").strip().replace(",", "")
        numbers[key] = _number(text)
        if text and numbers[key] is None:
            faults.append(_("“%(text)s” is no number of zero or more.") % {"text": text[:40]})
    asked = Asked(
        codes,
        sent.get("name", "")[:200],
        near=sent.get("near", ""),
        table=sent.get("table", ""),
        **numbers,
    )
    return asked, others, faults


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and 0 <= value <= _MOST else None


def _headline(lines: list[dict[str, Any]]) -> str:
    """Who is first, and with how many others: a score of what is known is no verdict."""
    best = [line for line in lines if line["score_text"] == lines[0]["score_text"]]
    gaps = {"zone": lines[0]["name"], "n": len(best) - 1}
    if len(best) == 1:
        return _("As far as is known, %(zone)s fits best") % gaps
    return (
        ngettext(
            "As far as is known, %(zone)s and %(n)d other zone fit best",
            "As far as is known, %(zone)s and %(n)d other zones fit best",
            gaps["n"],
        )
        % gaps
    )


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The form, and the zones once something is asked."""
    person = viewer(request)
    asked, others, faults = _asked(request)
    lines: list[dict[str, Any]] = []
    if asked.codes and not faults:
        lines = fit_lines(fits_for(asked, person, timezone.localdate()))
    weights = chain_book().weights
    title = _("Which zone fits a firm")
    if lines and lines[0]["score"] is not None:
        title = _headline(lines)
    every = len(lines)
    if request.GET.get("show") != "all":
        lines = lines[:_SHOWN]
    sources = [{"id": str(row.pk), "title": row.title} for row in sources_of(person)]
    if keeps_register(person):
        sources.append({"id": REGISTER, "title": _("Firms of the register")})
    context = {
        "title": title,
        "tabs": tabs(request),
        "sent": request.GET,
        "codes": [code_name(code) for code in asked.codes],
        "others": [{**other, "url": address_with(request, what=other["code"])} for other in others],
        "faults": faults,
        "lines": lines,
        "cities": cities(),
        "sources": sources,
        "comma": comma(),
        "every": every,
        "more_url": address_with(request, show="all") if every > len(lines) else "",
        "blind": not keeps_register(person),
        "assumed": said(weights.assumed, weights.assumed_en),
        "exports": [
            {
                "label": suffix.upper(),
                "url": f"{reverse('chains-fit-export', args=[suffix])}?{request.GET.urlencode()}",
            }
            for suffix in FORMATS
        ]
        if lines
        else [],
        "day": timezone.localdate(),
    }
    return render(request, "hexi/chains/fit.html", context)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The zones as a file."""
    asked, _others, faults = _asked(request)
    if faults or not asked.codes:
        raise NotFound
    lines = fit_lines(fits_for(asked, viewer(request), timezone.localdate()))
    head, rows = fit_table(lines)
    return table_response(suffix, "chains-fit", _("Which zone fits a firm"), head, rows)
