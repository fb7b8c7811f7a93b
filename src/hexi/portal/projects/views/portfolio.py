"""Portfolio figures (项目库指标): number, money and rates of projects, beside another day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from hexi.portal.core.exports import file_links, table_response
from hexi.portal.core.lists import choices
from hexi.portal.core.scope import viewer
from hexi.portal.projects.models import LampRun
from hexi.portal.projects.queries import words
from hexi.portal.projects.queries.chosen import FACETS, NONE, Chosen, choose
from hexi.portal.projects.queries.portfolio import (
    DIMENSIONS,
    Group,
    Portfolio,
    course_of_year,
    portfolio,
    portfolio_rows,
    year_before,
)
from hexi.portal.projects.views.limits import limits
from hexi.portal.projects.views.tabs import KEPT, tabs
from hexi.projects.figures import Figures

__all__ = ["export", "headline", "page", "percent"]

#: groups shown on the page; the file has all
MOST: Final = 100
_LABELS: Final = {
    "unit": lazy("By unit"),
    "industry": lazy("By industry"),
    "kind": lazy("By kind"),
    "leader": lazy("By leader"),
    "tag": lazy("By tag"),
}
_NOUNS: Final = {
    "unit": lazy("Unit"),
    "industry": lazy("Industry"),
    "kind": lazy("Kind of project"),
    "leader": lazy("Leader in charge"),
    "tag": lazy("Tags"),
}
#: figure, its label, what kind of figure it is, what the list calls it, whether it is public
_FIGURES: Final = (
    ("number", lazy("Projects"), "count", "number", True),
    ("started", lazy("Started"), "count", "started", True),
    ("start_rate", lazy("Start rate"), "rate", "", True),
    ("completed", lazy("Completed"), "count", "completed", True),
    ("completion_rate", lazy("Completion rate"), "rate", "", True),
    ("producing", lazy("In production"), "count", "producing", True),
    ("total", lazy("Total investment"), "money", "", True),
    ("invested", lazy("Invested so far"), "money", "", False),
    ("progress", lazy("Of the total"), "rate", "", False),
    ("planned", lazy("Plan of the year"), "money", "", True),
    ("invested_year", lazy("Invested in the year"), "money", "", False),
    ("progress_year", lazy("Of the year's plan"), "rate", "", False),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as the page shows it, with the list behind it."""

    text: str
    url: str = ""
    #: for a bar: per cent
    share: str = ""
    #: head of the column, for a phone that stacks the row
    label: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A group, or a figure on two days."""

    label: str
    url: str
    cells: list[Cell]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Figures of a day, beside another day, by one dimension."""
    chosen, kept = _asked(request)
    found = portfolio(chosen, _by(request), kept.get("unit", ""))
    then = _other_day(request, chosen.day)
    before = portfolio(_on(chosen, kept, then), found.by, kept.get("unit", ""))
    columns = [one for one in _FIGURES if chosen.inside or one[4]]
    chart = course_of_year(chosen)
    context = {
        "title": headline(found.whole, practice=kept.get("practice") == "1"),
        "day": chosen.day.isoformat(),
        "then": then.isoformat(),
        "today": chosen.today.isoformat(),
        "asof": chosen.asof.isoformat() if chosen.asof else "",
        "inside": chosen.inside,
        "found": found,
        "compared": _compared(found, before, kept, columns),
        "columns": columns,
        "dimensions": choices(
            request, "by", [(key, str(label)) for key, label in _LABELS.items()], default="unit"
        ),
        "by_label": _LABELS[found.by],
        "by_noun": _NOUNS[found.by],
        "rows": [_group_row(group, found, kept, columns) for group in found.groups[:MOST]],
        "more": max(0, len(found.groups) - MOST),
        "sum": _row(_("Together"), "", found.whole, _filters(kept, found.chosen), columns),
        "funnel": _funnel(found, kept),
        "chart": chart,
        "lamps": _lamps(found, kept),
        "lamps_of": _lamps_of(chosen),
        "run": _run(chosen),
        "limits": limits(request, ("q", *FACETS)),
        "kept": [(key, request.GET[key]) for key in (*FACETS, "q", "open", "by")
                 if request.GET.get(key)],
        "tabs": tabs(request, "portfolio"),
        "exports": file_links(request, "projects-portfolio-export"),
    }  # fmt: skip
    return render(request, "hexi/projects/portfolio.html", context)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The table of the dimension as a file; money in 万元, exact."""
    chosen, kept = _asked(request)
    found = portfolio(chosen, _by(request), kept.get("unit", ""))
    columns = [one for one in _FIGURES if chosen.inside or one[4]]
    head = [
        str(_NOUNS[found.by]),
        *(_head(label, kind) for _key, label, kind, *_ in columns),
        *_lamp_heads(chosen),
    ]
    lines = [(group.label, group.figures, group.lamps) for group in found.groups]
    body = [
        [
            label,
            *(_plain(getattr(of, key), kind) for key, _label, kind, *_ in columns),
            *(str(lamps.get(lamp, 0)) for lamp in _lamps_known(chosen)),
        ]
        for label, of, lamps in [*lines, (_("Together"), found.whole, found.lamps)]
    ]
    title = _("Portfolio on %(day)s") % {"day": chosen.day.isoformat()}
    return table_response(suffix, "portfolio", title, head, body)


def headline(whole: Figures, *, practice: bool = False) -> str:
    """How many there are and how many have started, in one sentence."""
    number = whole.number
    if not number:
        return _("No project stood in the library on this day")
    said = ngettext("%(n)d project", "%(n)d projects", number) % {"n": number}
    started = _("%(projects)s, %(started)d started, start rate %(rate)s") % {
        "projects": said,
        "started": whole.started,
        "rate": percent(whole.start_rate),
    }
    return _("Practice: %(sentence)s") % {"sentence": started} if practice else started


def percent(share: Fraction | None) -> str:
    """A share in per cent with two decimals, halves up; nothing of nothing."""
    if share is None:
        return ""
    hundredths = (abs(share) * 20_000 + 1) // 2
    sign = "−" if share < 0 and hundredths else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02}%"


def _asked(request: HttpRequest) -> tuple[Chosen, dict[str, str]]:
    # what a figure counts is said by the figure, not by the page
    asked = {key: request.GET[key] for key in KEPT if key != "figure" and request.GET.get(key)}
    return portfolio_rows(viewer(request), asked, timezone.localdate())


def _by(request: HttpRequest) -> str:
    by = request.GET.get("by", "unit")
    return by if by in DIMENSIONS else "unit"


def _other_day(request: HttpRequest, day: date) -> date:
    try:
        return date.fromisoformat(request.GET.get("vs", ""))
    except ValueError:
        return year_before(day)


def _on(chosen: Chosen, kept: Mapping[str, str], day: date) -> Chosen:
    return choose(chosen.person, {**kept, "asof": day.isoformat()}, chosen.today)


# --- addresses of the list


def _filters(kept: Mapping[str, str], chosen: Chosen) -> dict[str, str]:
    """The filters that give the same rows in the list."""
    filters = {key: value for key, value in kept.items() if key in KEPT and key != "asof"}
    return {**filters, **({"asof": chosen.asof.isoformat()} if chosen.asof else {})}


def _list(filters: Mapping[str, str], **more: str) -> str:
    return f"{reverse('projects')}?{urlencode({**filters, **more})}"


# --- rows


_Columns = list[tuple[str, Any, str, str, bool]]


def _group_row(group: Group, of: Portfolio, kept: Mapping[str, str], columns: _Columns) -> Row:
    filters = {**_filters(kept, of.chosen), of.by: group.value}
    deeper = of.by == "unit" and not group.value.startswith("=")
    here = {**kept, "unit": group.value, "by": "unit"}
    url = f"{reverse('projects-portfolio')}?{urlencode(here)}" if deeper else ""
    return _row(group.label, url, group.figures, filters, columns)


def _row(label: str, url: str, of: Figures, filters: Mapping[str, str], columns: _Columns) -> Row:
    cells = []
    for key, head, kind, figure, _public in columns:
        value = getattr(of, key)
        address = _list(filters, figure=figure) if figure and value else ""
        bar = f"{float(value) * 100:.2f}" if key == "start_rate" and value is not None else ""
        cells.append(Cell(_text(value, kind), address, bar, str(head)))
    return Row(label, url, cells)


def _compared(
    now: Portfolio, before: Portfolio, kept: Mapping[str, str], columns: _Columns
) -> list[Row]:
    """One row a figure: on the day, on the other day, and the change."""
    rows = []
    for key, label, kind, figure, _public in columns:
        values = [getattr(one.whole, key) for one in (now, before)]
        cells = [
            Cell(
                _text(value, kind),
                _list(_filters(kept, one.chosen), figure=figure) if figure and value else "",
            )
            for value, one in zip(values, (now, before), strict=True)
        ]
        rows.append(Row(str(label), "", [*cells, Cell(_change(values[0], values[1], kind))]))
    return rows


def _change(now: Any, before: Any, kind: str) -> str:
    if now is None or before is None:
        return ""
    sign = "−" if now < before else "+" if now > before else ""
    size = abs(now - before)
    if kind == "rate":
        return _("%(points)s points") % {"points": sign + percent(size).rstrip("%")}
    text = sign + _text(size, kind)
    return f"{text} ({sign}{percent(Fraction(size, before))})" if before else text


def _text(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if kind == "rate":
        return percent(value)
    return words.money_text(value) if kind == "money" else f"{value:,}"


def _head(label: Any, kind: str) -> str:
    return _("%(label)s, 10,000 yuan") % {"label": label} if kind == "money" else str(label)


def _plain(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if kind == "rate":
        return percent(value)
    return f"{(Decimal(value) / 10_000).normalize():f}" if kind == "money" else str(value)


def _funnel(of: Portfolio, kept: Mapping[str, str]) -> list[Row]:
    """Stages with bars against the fullest one."""
    most = max((step.count for step in of.funnel), default=1)
    filters = _filters(kept, of.chosen)
    return [
        Row(
            step.label,
            _list(filters, stage=step.stage, figure="number"),
            [Cell(f"{step.count:,}", share=f"{100 * step.count / most:.2f}")],
        )
        for step in of.funnel
    ]


def _lamps(of: Portfolio, kept: Mapping[str, str]) -> list[dict[str, Any]]:
    filters = _filters(kept, of.chosen)
    return [
        {"lamp": lamp, "label": words.lamp_label(lamp), "count": of.lamps[lamp],
         "url": _list(filters, lamp=lamp, figure="number")}
        for lamp in (*_lamps_known(of.chosen), NONE) if lamp in of.lamps
    ]  # fmt: skip


def _lamps_known(chosen: Chosen) -> tuple[str, ...]:
    """Lamps that are told of these projects: none to the public, none before there were any."""
    told = chosen.inside and (chosen.past is None or chosen.past.month)
    return tuple(words.LAMPS) if told else ()


def _lamp_heads(chosen: Chosen) -> list[str]:
    """Heads of the columns of lamps, with the month that they are of."""
    labels = [words.lamp_label(lamp) for lamp in _lamps_known(chosen)]
    if chosen.past is None:
        return [_("Lamp: %(lamp)s") % {"lamp": label} for label in labels]
    month = words.month_label(chosen.past.month) if labels else ""
    return [_("Lamp of %(month)s: %(lamp)s") % {"month": month, "lamp": one} for one in labels]


def _lamps_of(chosen: Chosen) -> str:
    """Of which month the lamps of a past day are, or why there are none."""
    past = chosen.past
    if past is None or not chosen.inside:
        return ""
    if past.month:
        return _("Lamps at the end of %(month)s, the last month that was over on this day") % {
            "month": words.month_label(past.month)
        }
    if past.first:
        return _("No lamps of this day: the first month with lamps is %(month)s") % {
            "month": words.month_label(past.first)
        }
    return _("No lamps of this day: none has been kept yet")


def _run(chosen: Chosen) -> dict[str, Any] | None:
    """When lamps were last lit, and how many of these projects could not be judged."""
    if not chosen.inside or chosen.asof is not None:
        return None
    last = LampRun.objects.exclude(finished_at=None).aggregate(last=Max("id"))["last"]
    run = LampRun.objects.filter(pk=last).first()
    if run is None:
        return None
    mine = set(chosen.ids()) if run.failed else set()
    return {"day": run.as_of.isoformat(), "failed": sum(int(id) in mine for id in run.failed)}
