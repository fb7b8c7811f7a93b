"""The letter of one office (督办邮件摘要): problems and orders that it has to answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from hexi.portal.core.names import name_of
from hexi.portal.core.posting import not_told
from hexi.portal.returns.queries.addresses import addresses_of
from hexi.portal.supervision.models import OrderState, ProblemState
from hexi.portal.supervision.queries.orders import whole_orders
from hexi.portal.supervision.queries.problems import whole_problems

__all__ = ["SupervisionDigest", "supervision_digests"]


@dataclass(frozen=True, slots=True)
class SupervisionDigest:
    """One letter."""

    to: str
    subject: str
    body: str
    problems: tuple[int, ...]
    orders: tuple[int, ...]


@dataclass
class _Bundle:
    lines: list[str] = field(default_factory=list)
    problems: list[int] = field(default_factory=list)
    orders: list[int] = field(default_factory=list)


def supervision_digests(address: str) -> list[SupervisionDigest]:
    """Letters about what was not mailed yet at its present step, one for each address.

    ``address`` is that of the portal, for the link. A problem that has risen goes to the unit that
    it has risen to as well; units without an e-mail address get none.
    """
    known = addresses_of()
    waiting: dict[str, _Bundle] = defaultdict(_Bundle)
    for row in whole_problems().filter(state=ProblemState.OPEN).order_by("deadline", "pk"):
        for to in not_told(known, row.mailed_to, row.owner_unit, row.desk):
            gaps = {"title": row.title, "about": row.about, "due": row.deadline.isoformat()}
            waiting[to].lines.append(
                _("Problem “%(title)s” of %(about)s, answer by %(due)s") % gaps
            )
            waiting[to].problems.append(row.pk)
    for row in whole_orders().filter(state=OrderState.ISSUED).order_by("deadline", "pk"):
        for to in not_told(known, row.mailed_to, row.addressee):
            gaps = {
                "number": row.number,
                "level": str(row.get_level_display()),
                "subject": row.subject,
                "unit": name_of(row.unit),
                "due": row.deadline.isoformat(),
            }
            waiting[to].lines.append(
                _("%(level)s %(number)s of %(unit)s: %(subject)s, answer by %(due)s") % gaps
            )
            waiting[to].orders.append(row.pk)
    return [_letter(to, bundle, address) for to, bundle in sorted(waiting.items())]


def _letter(to: str, bundle: _Bundle, address: str) -> SupervisionDigest:
    end = _("Answer here: %(address)s") % {"address": f"{address.rstrip('/')}/tasks/"}
    subject = _("Problems and orders to answer: %(n)d") % {"n": len(bundle.lines)}
    return SupervisionDigest(
        to,
        subject,
        "\n".join([*bundle.lines, "", end]),
        tuple(bundle.problems),
        tuple(bundle.orders),
    )
