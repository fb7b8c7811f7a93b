"""The warning digest of one address (预警邮件摘要): what a unit has to answer or to decide."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hexi.portal.core.models import Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.posting import not_told
from hexi.portal.returns.queries.addresses import addresses_of
from hexi.portal.scoreboard.models import EarlyWarning, WarningState
from hexi.portal.scoreboard.queries.warnings import whole

__all__ = ["WarningDigest", "warning_digests"]


@dataclass(frozen=True, slots=True)
class WarningDigest:
    """One letter."""

    to: str
    subject: str
    body: str
    warnings: tuple[int, ...]


def warning_digests(address: str) -> list[WarningDigest]:
    """Letters about open warnings, one for each address that was not told at their present step.

    ``address`` is that of the portal, for the link. A warning that has risen goes to the unit it
    has risen to as well; units without an e-mail address get none.
    """
    waiting: dict[str, list[EarlyWarning]] = defaultdict(list)
    rows = whole().filter(state=WarningState.OPEN).order_by("deadline", "pk")
    known = addresses_of()
    for row in rows:
        above = row.desk if row.escalated else None
        for to in not_told(known, row.mailed_to, _receiver(row), above):
            waiting[to].append(row)
    return [_letter(to, found, address) for to, found in sorted(waiting.items())]


def _receiver(row: EarlyWarning) -> Unit | None:
    return row.unit or row.target.unit


def _letter(to: str, found: list[EarlyWarning], address: str) -> WarningDigest:
    lines = []
    for row in found:
        unit = _receiver(row)
        gaps = {
            "unit": name_of(unit) if unit else "",
            "target": f"{row.target.indicator} {row.target.period}",
            "plan": row.target.plan.title,
            "due": row.deadline.isoformat(),
        }
        lines.append(_("%(unit)s: %(target)s of “%(plan)s”, answer by %(due)s") % gaps)
    gaps = {"address": f"{address.rstrip('/')}/scoreboard/warnings/"}
    end = _("Answer here: %(address)s") % gaps
    subject = _("Warnings to answer: %(n)d") % {"n": len(found)}
    return WarningDigest(to, subject, "\n".join([*lines, "", end]), tuple(r.pk for r in found))
