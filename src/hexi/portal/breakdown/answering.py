"""Answering a part (分解指标答复): who may, and whether there is still something to answer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hexi.portal.breakdown.holding import held_part
from hexi.portal.breakdown.models import Part, PartState
from hexi.portal.core.models import Person
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require

__all__ = ["answered", "may_answer"]


def may_answer(person: Person | None, part: Part) -> bool:
    """Only the lower unit's own people, never those who share the target out."""
    if person is None or not person.grants(Permission.BREAK_DOWN):
        return False
    return Part.objects.answerable_by(person).filter(pk=part.pk).exists()


def answered(part_id: int, person: Person | None, seen: str) -> tuple[Part, list[Refusal]]:
    """The part, held, and what stands in the way of an answer."""
    require(person, Permission.BREAK_DOWN)
    part = held_part(part_id, person)
    if not may_answer(person, part):
        raise NotPermitted
    faults = []
    if part.state != PartState.PROPOSED:
        faults.append(
            Refusal(
                "answered_already",
                _("The part has been answered already, or was taken back."),
                _("Look at its history; an accepted part changes by adjustment."),
                status=409,
            )
        )
    elif seen and part.proposed_at and seen != part.proposed_at.isoformat():
        faults.append(
            Refusal(
                "overtaken",
                _("The part was proposed anew since the page was opened."),
                _("Look at the newest figures, then answer."),
                status=409,
            )
        )
    return part, faults
