"""Write a note (作注释): what a figure needs said beside it, by who may see the figure."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.figures.knowledge import known_at
from hexi.portal.figures.models import Note
from hexi.portal.figures.reach import reach_of
from hexi.portal.figures.space import Space

__all__ = ["may_annotate", "write_note"]

_MOST = 1000


def may_annotate(space: Space, unit: str, person: Person | None) -> bool:
    """Is the unit inside the reach of somebody who approves?"""
    known = known_at(space)
    if person is None or known is None or not person.grants(Permission.APPROVE):
        return False
    return known.register.units.get(unit, -1) in reach_of(person, known)


def write_note(
    space: Space,
    unit: str,
    indicator: str,
    period: str,
    text: str,
    *,
    by: Person | None,
    at: datetime,
    public: bool = False,
) -> Note:
    """Write it; a note for the public needs the right to release."""
    officer = require(by, Permission.RELEASE if public else Permission.APPROVE)
    known = known_at(space)
    if known is None or unit not in known.register.units:
        raise NotFound
    if not may_annotate(space, unit, officer):
        raise NotPermitted
    if not text.strip() or len(text) > _MOST:
        raise Refusal(
            "note_text",
            _("A note has between 1 and 1,000 characters."),
            _("Write what the reader of the figure needs to know."),
            place="text",
        )
    with transaction.atomic():
        made = Note.objects.create(
            space=space.id, unit=unit, indicator=indicator, period=period, text=text.strip(),
            public=public, at=at, who=officer.pk, by_name=officer.name,
        )  # fmt: skip
        place = Unit.objects.filter(code=unit).first()
        record(
            "write_note",
            made,
            by=by,
            at=at,
            unit_path=place.path if place is not None else "",
            after={
                "unit": unit,
                "indicator": indicator,
                "period": period,
                "text": made.text,
                "public": public,
                "practice": space.practice,
            },
        )
    return made
