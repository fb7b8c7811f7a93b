"""One monitored target (监测目标页): where it stands, why, against which version, and who acts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.models import Event, Person
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.plans.queries import words
from hexi.portal.plans.queries.pack import current_pack
from hexi.portal.plans.queries.target_page import target_context
from hexi.portal.scoreboard.models import (
    Adjustment,
    Against,
    EarlyWarning,
    Lamp,
    MonitoredTarget,
    Shown,
    Standing,
    TargetState,
)
from hexi.portal.scoreboard.queries.lines import monitored_line
from hexi.portal.scoreboard.queries.needs import needed_figure
from hexi.portal.scoreboard.queries.peers import peers_of
from hexi.portal.scoreboard.queries.warning_lines import warning_lines
from hexi.portal.scoreboard.queries.wording import (
    GRADES,
    METHODS,
    SHAPES,
    chance,
    number,
    percent,
    texts,
)

__all__ = ["one_target", "target_page"]

#: observed values that can be held against the target
_NEAR = frozenset({"evidence", "weak", "partial", "base"})


def one_target(target_id: int, person: Person | None) -> MonitoredTarget:
    """The target, if this person may see it."""
    rows = MonitoredTarget.objects.visible_to(person).select_related(
        "plan__unit", "unit", "parent__unit", "parent__plan__unit", "person", "body", "latest",
        "target__plan", "target__unit",
    )  # fmt: skip
    found: MonitoredTarget | None = rows.filter(pk=target_id).first()
    if found is None:
        raise NotFound
    return found


def target_page(
    row: MonitoredTarget, person: Person | None, asof: date | None, today: date
) -> dict[str, Any]:
    """Everything but the drawing, which needs the engine."""
    history = list(_standings(row))
    shown = _then(history, Against.CURRENT, asof)
    past = [one for one in history if asof is None or one.as_of <= asof]
    before = _then(history, Against.ORIGINAL, asof)
    adjustments = list(row.adjustments.all())
    day = asof.isoformat() if asof else ""
    line = monitored_line(row, shown, day)
    evidence = _evidence(row, person, asof)
    return {
        "line": line,
        "row": row,
        "standing": standing_card(row, shown),
        "standing_row": shown,
        "standing_day": shown.as_of.isoformat() if shown else "",
        "original": standing_card(row, before) if adjustments else None,
        "original_target": _original(row, adjustments),
        "adjustments": [_adjustment(one) for one in adjustments],
        "needed": needed_figure(row) if line.lamp in (Shown.GREY, Shown.OVER) else None,
        "parts": _parts(row, person, shown),
        "whole": _whole(row, person),
        "peers": peers_of(row, person) if asof is None else None,
        "responsible": _responsible(row),
        "warnings_raised": warning_lines(_warnings(row, person), today),
        "rests_on": _rests_on(row, shown),
        "history": [_history(one) for one in past if one.against == Against.CURRENT],
        "events": event_lines(_events(row)),
        **evidence,
    }


def _evidence(row: MonitoredTarget, person: Person | None, asof: date | None) -> dict[str, Any]:
    """The plan's words and the observed figures; those used first, the others folded away."""
    if row.target is None:
        return {}
    kept = target_context(row.target, person)
    points = kept["series"]
    if asof is not None:
        # periods that had not ended were not known then; the verdict is that of today
        points = [point for point in points if str(point["code"])[:4] <= str(asof.year)]
        kept |= {"reasons": [], "warnings": []}
    kept["path"] = [point for point in kept["path"]
                    if asof is None or str(point["period"])[:4] <= str(asof.year)]  # fmt: skip
    near = [point for point in points if point["used"] or point["role"] in _NEAR]
    return {
        **kept,
        "series": near,
        "series_aside": [point for point in points if point not in near],
    }


def standing_card(row: MonitoredTarget, standing: Standing | None) -> dict[str, Any] | None:
    """A standing in words and figures."""
    if standing is None:
        return None
    record = standing.record
    rate = record.get("rate")
    unit = "%" if rate == "compound" else row.measure_unit
    return {
        "lamp": standing.shown.value,
        "lamp_label": str(standing.shown.label),
        "running": standing.lamp != Lamp.FINISHED,
        "graded": standing.grade != "unknown",
        "grade": words.label(GRADES, standing.grade),
        "official": words.label(GRADES, (record.get("official") or {}).get("grade", "")),
        "official_due": _share((record.get("official") or {}).get("due")),
        "official_done": _share((record.get("official") or {}).get("done")),
        "chance": chance(standing.p) if standing.lamp != Lamp.FINISHED else "",
        "actual": number(standing.actual, row.value),
        "actual_period": words.period(str(record.get("last_period") or "")),
        "expected": number(standing.expected, row.value),
        "gap": number(record.get("gap"), row.value),
        "completion": _share(standing.completion),
        "required": number(record.get("required_rate"), "0.0"),
        "past": number(record.get("past_rate"), "0.0"),
        "rate_unit": unit,
        "median": number(record.get("median"), row.value),
        "low80": number(record.get("low80"), row.value),
        "high80": number(record.get("high80"), row.value),
        "method": words.label(METHODS, str(record.get("method") or "none")),
        "reasons": texts(record.get("reasons", ())),
        "rule": record.get("lamp_rule", ""),
    }


def _share(value: Any) -> str:
    return "" if value is None else percent(float(value), 1)


def _standings(row: MonitoredTarget) -> Any:
    return row.standings.order_by("-as_of", "-pk")


def _then(history: list[Standing], against: str, asof: date | None) -> Standing | None:
    for standing in history:
        if standing.against == against and (asof is None or standing.as_of <= asof):
            return standing
    return None


def _original(row: MonitoredTarget, adjustments: list[Adjustment]) -> dict[str, str] | None:
    if not adjustments:
        return None
    before = adjustments[0].before
    return {
        "value": words.figure(str(before.get("value", ""))),
        "period": words.period(str(before.get("period", ""))),
    }


def _adjustment(one: Adjustment) -> dict[str, Any]:
    return {
        "number": one.number,
        "at": words.when(one.at),
        "by": one.by_name,
        "reason": one.reason,
        "authority": one.authority,
        "document": one.document,
        "before": words.figure(str(one.before.get("value", ""))),
        "before_period": words.period(str(one.before.get("period", ""))),
        "after": words.figure(str(one.after.get("value", ""))),
        "after_period": words.period(str(one.after.get("period", ""))),
        "withdrawn": one.after.get("state") == TargetState.WITHDRAWN,
    }


def _parts(
    row: MonitoredTarget, person: Person | None, standing: Standing | None
) -> list[dict[str, Any]]:
    """Parts of the target with what each adds to the gap."""
    found = MonitoredTarget.objects.visible_to(person).filter(parent=row)
    found = found.select_related(
        "plan__unit", "unit", "parent__unit", "parent__plan__unit", "person", "body", "latest"
    ).order_by("unit__order", "pk")
    record = standing.record if standing else {}
    shares = {one.get("part", ""): one for one in record.get("contributions", ())}
    lines = []
    for part in found:
        line = monitored_line(part, part.latest)
        given = shares.get(f"{part.pk}:{Against.CURRENT.value}") or {}
        lines.append(
            {
                "line": line,
                "agreed": part.state == TargetState.ACCEPTED,
                "gap": number(given.get("gap"), row.value),
                "share": _share(given.get("share")),
            }
        )
    return lines


def _whole(row: MonitoredTarget, person: Person | None) -> dict[str, str] | None:
    """The target that this one is a part of, if this person may see it."""
    if row.parent_id is None:
        return None
    whole = MonitoredTarget.objects.visible_to(person).filter(pk=row.parent_id).first()
    if whole is None:
        return None
    return {"label": str(whole), "url": reverse("monitored-target", args=[whole.pk])}


def _rests_on(row: MonitoredTarget, standing: Standing | None) -> list[dict[str, str]]:
    """The values that the position rests on, with their sources."""
    if standing is None:
        return []
    pack = current_pack()
    titles = {source.id: source.title for source in pack.sources}
    seen = {one.id: titles.get(one.source, one.source) for one in pack.observations}
    lines = []
    for one in standing.record.get("series", ()):
        source = str(one.get("observation") or "")
        known = seen.get(source) or (_("release of the portal") if source else _("the plan's base"))
        lines.append(
            {
                "period": words.period(str(one["period"])),
                "value": number(one["value"], row.value),
                "source": known,
            }
        )
    return lines


def _responsible(row: MonitoredTarget) -> dict[str, Any]:
    named = row.body or row.person or row.requirement or row.measures or row.projects
    return {
        "body": name_of(row.body) if row.body else "",
        "person": row.person.name if row.person else "",
        "requirement": row.requirement,
        "measures": row.measures,
        "projects": row.projects,
        "shape": words.label(SHAPES, row.path_shape) if row.path_shape else _("the usual path"),
        "accepted": _accepted(row),
        "named": bool(named),
    }


def _accepted(row: MonitoredTarget) -> str:
    if row.accepted_at is None:
        return ""
    return f"{words.when(row.accepted_at)} {row.accepted_by}"


def _warnings(row: MonitoredTarget, person: Person | None) -> Any:
    rows = EarlyWarning.objects.visible_to(person).filter(target=row)
    return rows.select_related("target__plan", "target__unit", "unit", "desk", "person").order_by(
        "-raised_at"
    )


def _history(one: Standing) -> dict[str, str]:
    return {
        "as_of": one.as_of.isoformat(),
        "lamp": one.shown.value,
        "lamp_label": str(one.shown.label),
        "grade": words.label(GRADES, one.grade),
        "chance": chance(one.p) if one.lamp != Lamp.FINISHED else "",
        "actual": number(one.actual),
        "expected": number(one.expected),
        "actual_period": words.period(str(one.record.get("last_period") or "")),
    }


def _events(row: MonitoredTarget) -> Any:
    """What was done to the target itself; the newest first."""
    return Event.objects.filter(object_type="monitoredtarget", object_id=str(row.pk))[:40]
