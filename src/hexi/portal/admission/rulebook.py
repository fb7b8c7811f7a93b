"""The rules that this office goes by (现行规则): those of its pack, or why they cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hexi.admission import (
    FollowUp,
    ProjectError,
    Rulebook,
    Screening,
    Space,
    load_follow_up,
    load_rulebook,
    screen,
)
from hexi.catalogue.faults import Fault, PackError
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import Refusals

__all__ = ["FIRST_YEAR", "faults", "follow_up", "lang", "rulebook", "screened", "space_on"]

#: the days that may be asked for: the date type reaches further than any rule
FIRST_YEAR: Final = 2000


def lang() -> str:
    """The reader's language as the engine names it."""
    return "en" if get_language() == "en" else "zh"


def rulebook() -> Rulebook:
    """The admission rules.

    Raises:
        Refusal: where the pack has a fault; the page of rules names each with its line.
    """
    try:
        return load_rulebook(settings.HEXI.pack)
    except PackError as error:
        raise _unreadable(error.faults) from error


def follow_up() -> FollowUp:
    """What may be agreed, and when a site has stalled.

    Raises:
        Refusal: where the pack has a fault.
    """
    try:
        return load_follow_up(settings.HEXI.pack)
    except PackError as error:
        raise _unreadable(error.faults) from error


def faults() -> list[Fault]:
    """What is wrong with the rules; nothing where they can be used."""
    try:
        load_rulebook(settings.HEXI.pack)
        load_follow_up(settings.HEXI.pack)
    except PackError as error:
        return error.faults
    return []


def space_on(book: Rulebook, on: date) -> Space:
    """The input space of a day; made once for each edition and day."""
    return _space(settings.HEXI.pack, book.edition, on)


def screened(inputs: Mapping[str, Any], on: date) -> Screening:
    """What the rules in force on a day say of these inputs.

    Raises:
        Refusal: with every input that a project cannot have, by its field.
    """
    book = rulebook()
    try:
        return screen(inputs, book.in_force(on), space_on(book, on), on)
    except ProjectError as error:
        english = lang() == "en"
        parts = [
            Refusal(
                "input_wrong",
                f"{_title(book, one.field, english)}: {one.text_en if english else one.text}",
                place=one.field,
            )
            for one in error.faults
        ]
        raise parts[0] if len(parts) == 1 else Refusals(parts) from error


def _title(book: Rulebook, field: str, english: bool) -> str:
    one = book.fields.get(field)
    return one.named("en" if english else "zh") if one else field


@lru_cache(maxsize=16)
def _space(pack: str, _edition: str, on: date) -> Space:
    return load_rulebook(pack).space(on)


def _unreadable(found: list[Fault]) -> Refusal:
    first = found[0]
    return Refusal(
        "rules_faulty",
        _("The admission rules of the pack have a fault and decide nothing until it is mended."),
        first.sentence(lang()),
        file=first.file,
        place=first.key,
        status=409,
    )
