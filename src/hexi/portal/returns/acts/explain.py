"""Explain a query (核实说明): the figure is right, and this is why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.returns.approval.flow import hold, whole
from hexi.portal.returns.filling.checking import Finding, open_queries
from hexi.portal.returns.models import Explanation, Return
from hexi.portal.returns.scope import require_fill

__all__ = ["explain"]

_SHORTEST = 4


def explain(
    return_id: int,
    rule: str,
    cells: Mapping[str, str],
    text: str,
    *,
    by: Person | None,
    at: datetime,
) -> Explanation:
    """Put the explanation of one finding of the last check down."""
    with transaction.atomic():
        require(by, Permission.FILL)
        require_fill(whole(), by, pk=return_id)
        hold(return_id)
        row: Return = whole().get(pk=return_id)
        asked = _asked(row, rule, dict(cells))
        tell(_faults(row, asked, text))
        assert asked is not None
        made = Explanation.objects.create(
            target=row,
            rule=asked["rule"],
            rule_version=asked["version"],
            row=str(asked["row"]),
            cells=asked["cells"],
            text=text.strip()[:2000],
            by_name=by.name if by else "",
            at=at,
        )
        record(
            "explain",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={"rule": asked["rule"], **asked["cells"]},
            reason=made.text,
        )
    return made


def _asked(row: Return, rule: str, cells: dict[str, str]) -> Finding | None:
    """The query of the last check that is meant; without cells, the first one of the rule."""
    found = open_queries(row.findings, row.explanations.all())
    fitting = [f for f in found if f["rule"] == rule and cells in ({}, f["cells"])]
    return fitting[0] if fitting else None


def _faults(row: Return, asked: Finding | None, text: str) -> list[Refusal]:
    faults = []
    if not row.editable:
        faults.append(
            Refusal(
                "not_editable",
                _("The return has been submitted and cannot be changed."),
                _("Have it sent back, or open a revision with the reason."),
                status=409,
            )
        )
    if asked is None or row.checked_edit != row.edit:
        faults.append(
            Refusal(
                "no_query",
                _("There is no such query on the figures as they stand."),
                _("Check the return again, then explain what is still asked."),
                place="rule",
                status=409,
            )
        )
    if len(text.strip()) < _SHORTEST:
        faults.append(
            Refusal(
                "explanation_missing",
                _("The explanation is empty or too short."),
                _("Write in a sentence why the figure is right."),
                place="text",
            )
        )
    return faults
