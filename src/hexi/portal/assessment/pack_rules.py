"""Schemes and outcome rules of the pack in use (数据包中的办法和规则), or what is wrong in them.

A pack that somebody edited wrongly is told with file and line on the page that needs it, instead of
a page that breaks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hexi.assessment.data.unit_facts import AskedFact
from hexi.assessment.outcomes import RuleSet, asked_by, load_outcomes, rules_for
from hexi.assessment.scheme.loading import Schemes, load_schemes
from hexi.assessment.scheme.nouns import Scheme
from hexi.catalogue.faults import PackError
from hexi.portal.assessment.said import later
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import tell

__all__ = ["asked_of_units", "outcome_sets", "rules_in_force", "schemes_in_use"]

_Read = TypeVar("_Read")
#: faults told at once
_MOST = 20


def schemes_in_use() -> Schemes:
    """Every scheme; `Refusal` with each fault where one cannot be read."""
    return _read(lambda: load_schemes(settings.HEXI.pack))


def outcome_sets() -> tuple[RuleSet, ...]:
    """Every set of outcome rules."""
    return _read(lambda: load_outcomes(settings.HEXI.pack))


def rules_in_force(scheme: Scheme, year: int) -> tuple[RuleSet, ...]:
    """Outcome rules that the scheme names, in force for the round of that year."""
    return _read(lambda: rules_for(scheme, year, settings.HEXI.pack))


def asked_of_units(scheme: Scheme, year: int) -> tuple[AskedFact, ...]:
    """Conditions that units report for these rules."""
    return _read(lambda: asked_by(scheme, year, settings.HEXI.pack))


def _read(read: Callable[[], _Read]) -> _Read:
    try:
        return read()
    except PackError as error:
        tell(
            [
                Refusal(
                    "pack_fault",
                    later(f"{fault.sentence('zh')}。", f"{fault.sentence('en')}."),
                    _("Mend the file of the pack; the page reads it anew."),
                    file=fault.file,
                    status=409,
                )
                for fault in error.faults[:_MOST]
            ]
        )
        raise
