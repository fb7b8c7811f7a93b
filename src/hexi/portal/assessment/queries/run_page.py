"""The page of a run (考核运行页): what is there, missing, remarked and corrected."""

from __future__ import annotations

from typing import Any

from hexi.assessment.data.completeness import completeness
from hexi.assessment.data.matrix import Matrix
from hexi.assessment.scheme.nouns import Scheme
from hexi.portal.assessment.models import AssessmentRun
from hexi.portal.assessment.pack_rules import asked_of_units
from hexi.portal.assessment.queries.opening import shown_result
from hexi.portal.assessment.queries.ranking import printed
from hexi.portal.assessment.said import either, named

__all__ = [
    "completeness_of",
    "corrections_of",
    "given_points",
    "item_names",
    "remarks_of",
    "reported_facts",
]

_GAPS = 60


def item_names(scheme: Scheme) -> dict[str, str]:
    """Names of items, groups and matters in the reader's language."""
    found = {one.id: named(one.name) for one in scheme.items()}
    found |= {group.id: named(group.name) for group in scheme.groups()}
    return found | {
        one.id: named(one.name) for some in (scheme.points, scheme.vetoes) for one in some
    }


def completeness_of(scheme: Scheme, matrix: Matrix) -> dict[str, Any]:
    """Share of values that are there, units and items that lack some, each gap."""
    found = completeness(scheme, matrix)
    names, units = item_names(scheme), dict(zip(matrix.units, matrix.names, strict=True))
    return {
        "share": f"{100 * found.share:.1f}",
        "values": sum(one.of for one in found.items),
        "present": sum(one.present for one in found.items),
        "units": len(matrix.units),
        "items": len(found.items),
        "gaps": [(units[unit], names[item]) for unit, item in found.gaps[:_GAPS]],
        "more_gaps": max(0, len(found.gaps) - _GAPS),
        "constant": [names[item] for item in found.constant],
    }


def remarks_of(run: AssessmentRun, code: str = "") -> list[dict[str, str]]:
    """What a reader of the result must know; ``code``: of one unit and of all."""
    result = shown_result(run)
    names = item_names(run.scheme_of)
    units = dict(zip(result.matrix.units, result.matrix.names, strict=True))
    return [
        {
            "unit": units.get(one.unit, ""),
            "item": names.get(one.item, ""),
            "text": either(one.text, one.text_en),
        }
        for one in result.remarks
        if not code or one.unit in ("", code)
    ]


def corrections_of(run: AssessmentRun) -> list[dict[str, Any]]:
    """Corrections in the order in which they were made."""
    names = item_names(run.scheme_of)
    units = dict(zip(run.matrix.units, run.matrix.names, strict=True)) if run.data else {}
    return [
        {
            "unit": units.get(one.code, one.code),
            "item": names.get(one.item, one.item),
            "before": "–" if one.before is None else f"{one.before:g}",
            "after": "–" if one.after is None else f"{one.after:g}",
            "reason": one.reason,
            "by": one.by_name,
            "at": one.at,
        }
        for one in run.corrections.all()
    ]


def reported_facts(run: AssessmentRun) -> dict[str, Any]:
    """What units reported for the rules of what follows, and what they were asked for."""
    asked = asked_of_units(run.scheme_of, run.year)
    names = {one.id: one for one in asked}
    units = dict(zip(run.matrix.units, run.matrix.names, strict=True))
    return {
        "asked": [named(one.name) for one in asked],
        "of": len(asked) * len(units),
        "lines": [
            {
                "unit": units[one.unit],
                "fact": named(names[one.fact].name) if one.fact in names else one.fact,
                "value": f"{one.value:g}",
                "measure": named(names[one.fact].measure) if one.fact in names else "",
                "evidence": one.evidence,
            }
            for one in run.matrix.facts
        ],
    }


def given_points(run: AssessmentRun, code: str = "") -> list[dict[str, str]]:
    """Bonus, penalty and veto with what proves them."""
    result, names = shown_result(run), item_names(run.scheme_of)
    units = dict(zip(result.matrix.units, result.matrix.names, strict=True))
    return [
        {
            "unit": units.get(one.unit, one.unit),
            "matter": names.get(one.matter, one.matter),
            "points": printed(one.points),
            "evidence": "；".join(one.evidence),
        }
        for one in result.points
        if not code or one.unit == code
    ]
