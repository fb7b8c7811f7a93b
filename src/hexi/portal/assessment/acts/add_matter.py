"""Enter a matter (登记加减分和否决): what the scheme names, on a signed contract, with evidence."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.dutywork import held_contract
from hexi.portal.assessment.models import DutyContract, DutyMatter
from hexi.portal.assessment.queries.duty_result import duty_rules
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import tell

__all__ = ["add_matter"]


def add_matter(
    contract_id: int,
    matter: str,
    evidence: str,
    *,
    count: float = 1.0,
    by: Person | None,
    at: datetime,
) -> DutyMatter:
    """Never by the holder; the same matter may come more than once, up to its cap."""
    with transaction.atomic():
        contract = held_contract(contract_id, by)
        tell(_faults(contract, matter, evidence, count))
        made = DutyMatter.objects.create(
            contract=contract,
            matter=matter,
            evidence=evidence.strip(),
            count=count,
            by_name=by.name if by else "",
            at=at,
        )
        record(
            "add_matter",
            contract,
            by=by,
            at=at,
            unit_path=contract.duty_year.unit.path,
            after={"matter": matter, "count": count, "evidence": made.evidence},
        )
    return made


def _faults(contract: DutyContract, matter: str, evidence: str, count: float) -> list[Refusal]:
    rules = duty_rules(contract.duty_year)
    known = {one.id for some in (rules.points, rules.vetoes) for one in some} if rules else set()
    found = []
    if contract.is_draft:
        said = _("Points and vetoes belong to a signed contract.")
        found.append(Refusal("not_signed", said, _("Sign it first."), status=409))
    if matter not in known:
        said = _("The scheme of the pack has no such matter.")
        found.append(Refusal("no_matter", said, _("Choose one of the list."), place="matter"))
    if not 0 < count <= 1000:
        said = _("How often is a figure above nought.")
        found.append(Refusal("count", said, _("Write 1 for one case."), place="count"))
    if not evidence.strip() or len(evidence) > 400:
        found.append(
            Refusal(
                "no_evidence",
                _("Points and vetoes name what proves them, in at most 400 characters."),
                _("Write which document, its number and page."),
                place="evidence",
            )
        )
    return found
