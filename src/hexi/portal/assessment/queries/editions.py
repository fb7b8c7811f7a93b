"""Editions of a result (公布版次): the one corrected, the one that took its place, what changed."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from hexi.assessment.scheme.nouns import Named
from hexi.portal.assessment.models import PUBLIC, AssessmentRun, RunState
from hexi.portal.assessment.queries.run_page import item_names
from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of

__all__ = ["edition_notice", "edition_notices", "editions_of", "successor_of"]

_LIGHT = ("scheme", "data", "result")


def editions_of(run: AssessmentRun) -> list[int]:
    """Keys of the run and of every edition before it, the newest first."""
    found, before = [run.pk], run.supersedes_id
    while before is not None:
        found.append(before)
        before = AssessmentRun.objects.values_list("supersedes_id", flat=True).get(pk=before)
    return found


def successor_of(run: AssessmentRun) -> AssessmentRun | None:
    """The edition that corrects this one, published or under way."""
    rows = AssessmentRun.objects.filter(supersedes=run).defer(*_LIGHT)
    return rows.first()


def edition_notice(
    run: AssessmentRun, person: Person | None, *, inside: bool = False
) -> dict[str, Any] | None:
    """What a page says of other editions; None where there is only one.

    ``inside``: for who runs it, links lead to the run instead of the public ranking, and an edition
    under way is told too."""
    to = "assessment-run" if inside else "assessment-ranking"
    found: dict[str, Any] = {}
    after = successor_of(run) if run.state in PUBLIC else None
    if after is not None and (after.state in PUBLIC or inside):
        found["after"] = {
            "run": after.pk,
            "edition": after.edition,
            "published": after.published_at,
            "reason": after.correction_reason,
            "url": reverse(to, args=[after.pk]),
        }
    if run.supersedes_id is not None:
        rows = AssessmentRun.objects.defer(*_LIGHT)
        old = rows.get(pk=run.supersedes_id)
        found["before"] = {
            "run": old.pk,
            "edition": old.edition,
            "published": old.published_at,
            "reason": run.correction_reason,
            "url": reverse(to, args=[old.pk]),
            "changed": _changed(run),
        }
    return found or None


def edition_notices(run: AssessmentRun) -> tuple[Named, ...]:
    """What a paper says of other editions, in both languages."""
    found = []
    after = successor_of(run) if run.state == RunState.SUPERSEDED else None
    if after is not None:
        day, number = _day(after), after.edition
        found.append(
            Named(
                f"本结果已于{day}由第{number}次公布的结果取代。更正原因：{after.correction_reason}",
                f"Superseded on {day} by edition {number}. Reason: {after.correction_reason}",
            )
        )
    if run.supersedes_id is not None:
        old = AssessmentRun.objects.defer(*_LIGHT).get(pk=run.supersedes_id)
        day, number = _day(old), old.edition
        found.append(
            Named(
                f"本结果为第{run.edition}次公布，更正{day}第{number}次公布的结果。"
                f"更正原因：{run.correction_reason}",
                f"Edition {run.edition}; it corrects edition {number} of {day}."
                f" Reason: {run.correction_reason}",
            )
        )
    return tuple(found)


def _day(run: AssessmentRun) -> str:
    return f"{localdate(run.published_at):%Y-%m-%d}" if run.published_at else "–"


def _changed(run: AssessmentRun) -> list[dict[str, str]]:
    """Which values were corrected, without the values themselves: those are not published."""
    names = item_names(run.scheme_of)
    units = dict(zip(run.matrix.units, run.matrix.names, strict=True)) if run.data else {}
    units |= {
        row.code: name_of(row.unit) for row in run.assessed.select_related("unit") if row.unit
    }
    return [
        {"unit": units.get(one.code, one.code), "item": names.get(one.item, one.item)}
        for one in run.corrections.all()
    ]
