"""One part as a page (分解指标页): what is asked of the unit by years, and its answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from hexi.portal.breakdown.answering import may_answer
from hexi.portal.breakdown.models import Part, PartState
from hexi.portal.breakdown.queries.duty_lines import duty_lines
from hexi.portal.breakdown.queries.history import part_history
from hexi.portal.breakdown.queries.labels import LAMPS
from hexi.portal.breakdown.queries.target_head import head_of
from hexi.portal.breakdown.sheet.cells import BASE, NEGOTIATED
from hexi.portal.breakdown.sheet.course import course_of
from hexi.portal.breakdown.sheet.proposing import finals_of
from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.plans.queries import words

__all__ = ["part_context"]


def part_context(part: Part, person: Person | None, today: date) -> dict[str, Any]:
    """Everything that the template shows."""
    whole = part.breakdown.whole
    course = course_of(whole)
    finals = finals_of(part, course)
    upper = (
        person is not None
        and person.grants(Permission.BREAK_DOWN)
        and person.covers(whole.unit_path)
    )
    proposed = part.state == PartState.PROPOSED
    return {
        "part": part,
        "unit": name_of(part.unit),
        "upper": name_of(whole.unit) if whole.unit else "",
        "head": head_of(whole),
        "lamp": LAMPS[PartState(part.state)],
        "state": part.get_state_display(),
        "value": words.figure(course.value_of(finals) or part.target.value),
        "base": words.figure(part.figures.get(BASE, "") or part.target.base),
        "rows": [
            {
                "year": year,
                "label": course.labels[year],
                "whole": words.figure(course.figures[year]),
                "final": words.figure(text),
                "asked": words.figure(part.figures.get(f"{year}.{NEGOTIATED}", "")),
            }
            for year, text in finals.items()
        ],
        "proposed_at": words.when(part.proposed_at) if part.proposed_at else "",
        "decided_at": words.when(part.decided_at) if part.decided_at else "",
        "stamp": part.proposed_at.isoformat() if part.proposed_at else "",
        "late": bool(proposed and part.due and part.due < today),
        "may_answer": proposed and may_answer(person, part),
        "may_withdraw": proposed and upper,
        "is_upper": upper,
        "duty": duty_lines(part.target),
        "history": part_history(part),
    }
