"""The rules and trying out a file of them (规则页、试装页); open to everybody who may read."""

from __future__ import annotations

import re
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from hexi.admission import Trial, try_tables
from hexi.portal.admission.queries.rules import fault_lines, stalled_lines, table_lines
from hexi.portal.admission.rulebook import faults, follow_up, rulebook, space_on
from hexi.portal.admission.views.asked import day_or
from hexi.portal.admission.views.tabs import tabs
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer

__all__ = ["rules", "trial"]

#: no table of rules is longer; a larger file is something else
_LARGEST: Final = 200_000
_NAME: Final = re.compile(r"[\w.\-]{1,60}\.toml", re.ASCII)


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Tables in force on a day; where the pack has faults, those with file, line and key."""
    day = day_or(request.GET.get("day"), timezone.localdate())
    person = viewer(request)
    context = {
        "tabs": tabs(request, "admission-rules"),
        "day": day.isoformat(),
        "may_try": person is not None and person.grants(Permission.SCREEN),
        "broken": fault_lines(faults()),
    }
    if context["broken"]:
        number = len(faults())
        context["title"] = ngettext(
            "The rules cannot be used: %(n)d fault",
            "The rules cannot be used: %(n)d faults",
            number,
        ) % {"n": number}
        return render(request, "hexi/admission/rules.html", context)
    book = rulebook()
    space, held = space_on(book, day), book.in_force(day)
    others = [table for table in book.tables if table not in held]
    number = sum(len(table.rows) for table in held)
    context |= {
        "title": _("%(n)d rules in %(t)d tables are in force on %(day)s")
        % {"n": number, "t": len(held), "day": day},
        "tables": table_lines(book, space, held, day),
        "others": table_lines(book, space, others, day),
        "edition": book.edition,
        "stalled": stalled_lines(follow_up().rules),
    }
    return render(request, "hexi/admission/rules.html", context)


@require_http_methods(["GET", "POST"])
def trial(request: HttpRequest) -> HttpResponse:
    """Try a file of tables out: does it load, and where are its gaps and overlaps?"""
    require(viewer(request), Permission.SCREEN)
    tried: Trial | None = None
    name, refused = "", []
    if request.method == "POST":
        try:
            name, text = _sent(request)
            tried = try_tables(text, name, settings.HEXI.pack)
        except Refusal as refusal:
            if refusal.status not in (409, 422):
                raise
            refused = [refusal.as_record()]
    book, today = rulebook(), timezone.localdate()
    bad = tried is not None and bool(tried.faults)
    context = {
        "title": _title(tried),
        "crumbs": [
            {"label": _("Rules"), "url": reverse("admission-rules")},
            {"label": _("Try a file out"), "url": ""},
        ],
        "tried": tried,
        "name": name,
        "broken": fault_lines(tried.faults) if tried else [],
        "tables": table_lines(book, space_on(book, today), tried.tables, today)
        if tried and not tried.faults
        else [],
        "faults": refused,
    }
    status = 422 if refused or bad else 200
    return render(request, "hexi/admission/trial.html", context, status=status)


def _title(tried: Trial | None) -> str:
    if tried is None:
        return str(_("Try a file of rules out"))
    if tried.faults:
        number = len(tried.faults)
        return ngettext(
            "The file does not load: %(n)d fault", "The file does not load: %(n)d faults", number
        ) % {"n": number}
    number = sum(len(table.rows) for table in tried.tables)
    said = ngettext(
        "The file loads: %(n)d rule, no gap and no overlap",
        "The file loads: %(n)d rules, no gap and no overlap",
        number,
    )
    return said % {"n": number}


def _sent(request: HttpRequest) -> tuple[str, str]:
    file = request.FILES.get("file")
    if file is None:
        raise Refusal("no_file", lazy("No file was sent."), lazy("Choose one."), place="file")
    if (file.size or 0) > _LARGEST:
        raise Refusal(
            "file_large",
            lazy("The file is larger than 200 kB, which no file of rules is."),
            lazy("Send the TOML file of the tables itself."),
            place="file",
        )
    name = str(file.name or "")
    name = name if _NAME.fullmatch(name) else "tried.toml"
    if name == "fields.toml":
        raise Refusal(
            "not_tables",
            lazy("This file holds the fields, not tables of rules."),
            lazy("Send a file with [[table]] and [[row]]."),
            place="file",
        )
    try:
        return name, file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(
            "not_utf8",
            lazy("The file is no UTF-8 text."),
            lazy("Save it as UTF-8 and send it again."),
            place="file",
        ) from error
