"""Add a contract (新增责任书): for a holder who answers for no target of the plan."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.dutywork import held_year
from hexi.portal.assessment.models import DutyContract
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal

__all__ = ["add_contract"]


def add_contract(year_id: int, name: str, *, by: Person | None, at: datetime) -> DutyContract:
    """By name; a unit of the register inside the scope is taken where it bears the name."""
    with transaction.atomic():
        year = held_year(year_id, by)
        name = " ".join(name.split())
        if not name or len(name) > 80:
            raise Refusal(
                "no_name",
                _("A contract has a holder of at most 80 characters."),
                _("Write the department or the post."),
                place="name",
            )
        inside = Unit.objects.filter(path__startswith=year.unit.path, name=name)
        holder = inside.exclude(pk=year.unit_id).first()
        code = holder.code if holder else name
        if year.contracts.filter(code=code).exists():
            raise Refusal(
                "second_contract",
                _("This holder has a contract of the year already."),
                _("Open it in the list."),
                place="name",
                status=409,
            )
        contract = DutyContract.objects.create(duty_year=year, holder=holder, code=code, name=name)
        record(
            "add_contract",
            contract,
            by=by,
            at=at,
            unit_path=year.unit.path,
            after=contract.card(),
        )
    return contract
