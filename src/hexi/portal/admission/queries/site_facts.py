"""Facts of one site in words (用地事实): each with where it is from, what is not known named."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hexi.portal.admission.queries.sites import ProjectSite
from hexi.portal.projects.queries.words import money_text, share_text, stage_label

__all__ = ["site_facts"]


def site_facts(one: ProjectSite) -> list[dict[str, Any]]:
    """Label, value and source of everything that the rules look at."""
    site, project = one.site, one.project
    grant, record = _("land contract"), _("project library")
    start = record if one.assumed_start else grant
    stopped = (
        _("last reported investment") if one.stopped_by == "no_investment" else _("stage history")
    )
    rows = [
        (pgettext("project", "Stage"), stage_label(project.stage), _("stage history")),
        (_("Land given on"), _day(site.land_given), grant),
        (_("Agreed start"), _day(site.agreed_start), start),
        (_("Begun"), _day(site.started), record),
        (_("Counts as stopped since"), _day(site.stopped), stopped),
        (_("Completed"), _day(site.completed), record),
        (_("In production since"), _day(site.producing), _("stage history")),
        (_("Total investment"), money_text(site.total), record),
        (
            _("Invested so far"),
            f"{money_text(site.invested)} ({share_text(site.invested, site.total)})"
            if site.total
            else money_text(site.invested),
            _("monthly progress"),
        ),
        (
            _("Built area"),
            "" if site.built_share is None else f"{site.built_share:.0%}",
            grant,
        ),
        (_("Price of the land"), money_text(site.price), grant),
    ]
    return [{"label": label, "value": value, "source": source} for label, value, source in rows]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
