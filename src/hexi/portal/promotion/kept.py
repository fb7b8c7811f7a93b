"""Nouns that are entered and changed by a form alone (登记事项): activities, agents, firms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.refusal import Refusal
from hexi.portal.promotion.entry import Field
from hexi.portal.promotion.models import Activity, Agent, TargetFirm
from hexi.portal.promotion.nouns import ACTIVITY, AGENT, FIRM
from hexi.projects.duplicates import plain_name

__all__ = ["KEPT", "Kept"]

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """One noun: its rows and fields, the act that its events name, and the rule of its own."""

    model: type[models.Model]
    fields: Mapping[str, Field]
    verb: str
    #: what is wrong with the values of a row (None: a new one) beyond what each field says
    rule: Callable[[Values, int | None], list[Refusal]]
    #: columns that follow from the values
    derived: Callable[[Values], Values] = lambda _values: {}


def _in_order(first: str) -> Callable[[Values, int | None], list[Refusal]]:
    """A last day that does not lie before the first."""

    def rule(values: Values, _row_id: int | None) -> list[Refusal]:
        begin, end = values[first], values["until"]
        if begin is None or end is None or end >= begin:
            return []
        return [
            Refusal(
                "ends_before",
                _("The last day lies before the first."),
                _("Correct one of the two."),
                place="until",
            )
        ]

    return rule


def _key(values: Values) -> Values:
    return {"key": plain_name(values["name"])}


def _once_on_its_list(values: Values, row_id: int | None) -> list[Refusal]:
    """Each firm stands once on a list of a unit."""
    if not (values["unit"] and values["of_list"] and values["name"]):
        return []
    listed = TargetFirm.objects.filter(
        unit=values["unit"], of_list=values["of_list"], **_key(values)
    )
    if not listed.exclude(pk=row_id).exists():
        return []
    return [
        Refusal(
            "listed_already",
            _("This firm stands on the list already."),
            _("Choose another list, or look for it there."),
            place="name",
            status=409,
        )
    ]


KEPT: Final[Mapping[str, Kept]] = {
    "activity": Kept(Activity, ACTIVITY, "keep_activity", _in_order("day")),
    "agent": Kept(Agent, AGENT, "keep_agent", _in_order("since")),
    "firm": Kept(TargetFirm, FIRM, "keep_firm", _once_on_its_list, _key),
}
