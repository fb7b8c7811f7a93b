"""Guard of signing (签约前置条件): a project is not signed past an agreement that was not checked.

Art. 18 of the fair-competition review regulation: what was not checked, or was refused, is not
issued. A project whose agreement is being drafted is signed by signing that agreement; one that has
none, such as an older one that is entered later, is moved with its evidence.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.refusal import Refusal
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.step_guards import add_guard
from hexi.portal.promotion.models import AgreementState

__all__ = ["install", "unchecked_agreement"]

_WAITING = (AgreementState.DRAFT, AgreementState.REFUSED, AgreementState.PASSED)


def install() -> None:
    """Name it to the project library."""
    add_guard("fair-competition", unchecked_agreement)


def unchecked_agreement(row: ProjectRecord, to: str) -> list[Refusal]:
    """Nothing where the step is another one, or an agreement of the project is signed."""
    states = set(row.agreements.values_list("state", flat=True)) if to == "signed" else set()
    if AgreementState.SIGNED in states or not states & set(_WAITING):
        return []
    return [
        Refusal(
            "agreement_waits",
            _("An agreement of this project is drafted and not signed yet."),
            _("Have it checked for fair competition and sign it; the project moves with it."),
            place="to",
            status=409,
        )
    ]
