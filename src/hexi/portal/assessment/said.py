"""Two-language words of the engine (测算用语) on pages and in refusals, chosen when shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hexi.assessment.faults import Fault
from hexi.assessment.outcomes import Proposal, RuleSet
from hexi.assessment.outcomes.sentences import grounds_en, grounds_zh
from hexi.assessment.scheme.nouns import Named, Scheme
from hexi.portal.core.refusal import Refusal, gapped

__all__ = ["assumptions", "either", "later", "named", "proposal_said", "refusals_of"]

#: faults told at once; a sheet of the wrong kind has thousands
_MOST = 40


def either(zh: str, en: str) -> str:
    """The one that the reader reads."""
    return en if get_language() == "en" and en else zh


def named(name: Named) -> str:
    """A name in the reader's language."""
    return either(name.zh, name.en)


def later(zh: str, en: str) -> Any:
    """A text whose language is chosen when it is shown."""
    return lazy(either, str)(zh, en)


def assumptions(scheme: Scheme) -> tuple[str, ...]:
    """What in the scheme no source publishes."""
    return scheme.assumed_en if get_language() == "en" else scheme.assumed


def refusals_of(faults: Sequence[Fault], remedy: Any, file: str = "") -> list[Refusal]:
    """Every fault with its place; the rest of very many is counted."""
    found = [
        Refusal(
            "data_fault",
            later(f"{one.place}：{one.text}。", f"{one.place}: {one.text_en}."),
            remedy,
            file=file,
            place=one.place,
        )
        for one in faults[:_MOST]
    ]
    if len(faults) > _MOST:
        more = gapped(_("%(n)d more faults of this kind."), n=len(faults) - _MOST)
        found.append(Refusal("more_faults", more, remedy, file=file))
    return found


def proposal_said(name: str, one: Proposal, rules: RuleSet, scheme: Scheme) -> str:
    """The grounds of a proposal as a sentence, with unit and classes in the reader's language."""
    grounds = [replace(each, within=named(scheme.class_name(each.within))) for each in one.grounds]
    said = (one.rule, grounds, rules, one.unknown, one.known)
    return either(grounds_zh(name, *said), grounds_en(name, *said))
