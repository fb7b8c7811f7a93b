"""What is wrong with what was sent (办理校验): faults that several acts of supervision tell."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.refusal import Refusal, gapped

__all__ = ["LONGEST", "long_text", "missing", "named_person", "named_unit", "overtaken"]

#: signs of a text that a person writes
LONGEST = 4000


def missing(place: str, message: Any, remedy: Any) -> Refusal:
    """Something that must be written was left empty."""
    return Refusal(f"{place}_missing", message, remedy, place=place)


def long_text(place: str, text: str, most: int = LONGEST) -> list[Refusal]:
    """A text is kept whole or refused, never cut."""
    if len(text) <= most:
        return []
    return [
        Refusal(
            "too_long",
            gapped(_("The text has more than %(n)d signs."), n=most),
            _("Shorten it."),
            place=place,
        )
    ]


def overtaken(message: Any) -> Refusal:
    """The thing has moved on since the page was opened."""
    return Refusal(
        "overtaken", message, _("Open the page anew and see what stands there now."), status=409
    )


def named_unit(code: str, place: str, faults: list[Refusal]) -> Unit | None:
    """The unit of a code; a code that names none is a fault."""
    found: Unit | None = Unit.objects.filter(code=code).first() if code else None
    if code and found is None:
        faults.append(
            Refusal(
                "no_unit", _("There is no such unit."), _("Choose one of the list."), place=place
            )
        )
    return found


def named_person(
    number: int | None, place: str, faults: list[Refusal], *, of: Unit | None = None
) -> Person | None:
    """The person of a number who may sign in; ``of``: somebody of that unit's office."""
    if not number:
        return None
    found: Person | None = Person.objects.filter(pk=number, is_active=True).first()
    if found is None:
        faults.append(
            Refusal(
                "no_person",
                _("There is no such person, or the person may no longer sign in."),
                _("Choose one of the list."),
                place=place,
            )
        )
    elif of is not None and not found.covers(of.path):
        faults.append(
            Refusal(
                "not_of_unit",
                gapped(
                    _("%(person)s does not work for %(unit)s."), person=found.name, unit=of.name
                ),
                _("Choose somebody of that unit, or leave the person empty."),
                place=place,
            )
        )
        found = None
    return found
