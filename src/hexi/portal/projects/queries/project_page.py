"""One project on its page (项目页): headline, stage line, days, money, facts.

Of a project that is only public to the reader, nothing is said but what is public: no persons, no
lamp, no months, and of the history only the days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hexi.portal.core.names import name_of
from hexi.portal.projects.models import ProjectRecord, StageSpell
from hexi.portal.projects.models.project_record import ORIGINS
from hexi.portal.projects.queries import words
from hexi.portal.projects.record_labels import LABELS
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.returns.registers.classes import INDUSTRY, PLACE, class_name, with_section

__all__ = ["DateLine", "Spell", "Stop", "dates", "facts", "headline", "history", "sources", "way"]


@dataclass(frozen=True, slots=True)
class Stop:
    """One stage of the project's way: passed, here, ahead, skipped, or before what is recorded."""

    label: str
    state: str
    since: str


@dataclass(frozen=True, slots=True)
class Spell:
    """One line of the history of stages."""

    label: str
    since: str
    until: str
    reason: str
    evidence: str
    back_entered: bool
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class DateLine:
    """A planned day beside the actual one."""

    label: str
    planned: str
    actual: str
    #: days late; before the actual day is known, up to today
    late: int


def headline(row: ProjectRecord, *, inside: bool) -> str:
    """Where it stands, in one sentence."""
    parts = [name_of(row.unit), words.kind_label(row.kind)]
    parts.append(
        _("%(stage)s since %(day)s")
        % {"stage": words.stage_label(row.stage), "day": row.stage_since.isoformat()}
    )
    if row.total is not None:
        parts.append(_("total investment %(sum)s") % {"sum": words.money_text(row.total)})
    if inside and row.invested:
        share = words.share_text(row.invested, row.total)
        said = words.money_text(row.invested)
        parts.append(_("%(sum)s invested so far") % {"sum": f"{said} ({share})" if share else said})
    return _(", ").join(parts)


def way(row: ProjectRecord, spells: list[StageSpell]) -> list[Stop]:
    """The stages that its kind passes, with the days on which it entered them."""
    book = stage_book()
    entered = {spell.stage: spell.since for spell in spells}
    stands = row.resume_stage or row.stage
    ended = book.stages.get(row.stage)
    if ended is not None and ended.ends and len(spells) > 1:
        stands = next((s.stage for s in reversed(spells[:-1]) if not _stops(s.stage)), stands)
    here = book.stages.get(stands)
    known = [book.stages[spell.stage].order for spell in spells if spell.stage in book.stages]
    first = min(known, default=0)
    stops = []
    for stage in book.way_of(row.kind) if row.kind in book.kinds else ():
        since = entered.get(stage.id)
        if here is not None and stage.id == here.id:
            state = "here"
        elif here is not None and stage.order < here.order:
            if since is None and stage.order < first:
                # the project came into the library later: only a day of its own is known of it
                since = getattr(row, stage.sets) if stage.sets else None
                state = "passed" if since else "unrecorded"
            else:
                state = "passed" if since else "skipped"
        else:
            state = "ahead"
        shown = since.isoformat() if since and state in ("here", "passed") else ""
        stops.append(Stop(stage.label(words.lang()), state, shown))
    if row.stage != stands or _stops(row.stage):
        stops.append(Stop(words.stage_label(row.stage), "stopped", row.stage_since.isoformat()))
    return stops


def _stops(stage: str) -> bool:
    known = stage_book().stages.get(stage)
    return known is not None and known.stops


def history(spells: list[StageSpell], *, inside: bool) -> list[Spell]:
    """The history, the newest first."""
    return [
        Spell(
            label=words.stage_label(spell.stage),
            since=spell.since.isoformat(),
            until=spell.until.isoformat() if spell.until else "",
            reason=spell.reason if inside else "",
            evidence=spell.evidence if inside else "",
            back_entered=spell.back_entered and inside,
            who=spell.by_name if inside else "",
            at=words.moment_text(spell.at) if inside else "",
        )
        for spell in reversed(spells)
    ]


def dates(row: ProjectRecord, today: date) -> list[DateLine]:
    """Four days apart: planned and actual start and completion."""
    pairs = (
        (_("Start"), row.planned_start, row.actual_start),
        (_("Completion"), row.planned_end, row.actual_end),
    )
    stopped = _stops(row.stage)
    return [
        DateLine(
            label,
            planned.isoformat() if planned else "",
            actual.isoformat() if actual else "",
            _late(planned, actual or (None if stopped else today)),
        )
        for label, planned, actual in pairs
        if planned or actual
    ]


def _late(planned: date | None, day: date | None) -> int:
    return max(0, (day - planned).days) if planned and day else 0


def sources(row: ProjectRecord) -> list[dict[str, str]]:
    """Where the money is to come from, the greatest first."""
    lines = sorted(row.sources.items(), key=lambda item: -item[1])
    return [
        {
            "label": words.source_label(source),
            "sum": words.money_text(yuan),
            "share": words.share_text(yuan, row.total),
        }
        for source, yuan in lines
    ]


def facts(row: ProjectRecord, *, inside: bool) -> list[dict[str, str]]:
    """What else is known, as labels and values; what is not known is left out."""
    values: dict[str, Any] = {
        "state_code": row.state_code,
        "industry": f"{with_section(row.industry)} {class_name(INDUSTRY, row.industry)}"
        if row.industry
        else "",
        "place": class_name(PLACE, row.place) if row.place else "",
        "plot": row.plot,
        "investor": row.investor,
        "investor_code": row.investor_code if inside else "",
        "origin": str(ORIGINS.get(row.origin, "")),
        "capacity": row.capacity,
        "plan": row.plan.title if row.plan and (inside or row.plan.published) else "",
        "plan_box": row.plan_box,
        "plan_project": row.plan_project,
    }
    if inside:
        values |= {
            "land_mu": _number(row.land_mu),
            "jobs": _number(row.jobs),
            "output": words.money_text(row.output),
            "tax": words.money_text(row.tax),
            "energy": _number(row.energy),
            "leader_name": row.leader.name if row.leader else row.leader_name,
            "steward_name": row.steward.name if row.steward else row.steward_name,
            "body": row.body,
        }
    return [{"label": str(LABELS[name]), "value": v} for name, v in values.items() if v]


def _number(value: Any) -> str:
    return "" if value is None else f"{value:,}".removesuffix(".00")
