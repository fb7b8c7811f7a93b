"""Words of the admission app's events (准入事件用语): acts, fields, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from hexi.portal.admission.models import CaseState, Settlement
from hexi.portal.admission.queries.agreed import amount_text, item_label
from hexi.portal.admission.rulebook import follow_up
from hexi.portal.admission.said import RESULTS
from hexi.portal.core.event_lines import ACTS
from hexi.portal.core.event_words import name_values
from hexi.portal.projects.event_money import MONEY_WORDS

__all__ = ["install"]

_ACTS: dict[str, Any] = {
    "keep_screening": lazy("kept a screening"),
    "override_rule": lazy("set an admission rule aside"),
    "withdraw_override": lazy("withdrew an override"),
    "agree_figures": lazy("entered agreed figures"),
    "end_agreement": lazy("ended an agreement of performance"),
    "enter_actual": lazy("entered a figure reached"),
    "enter_land": lazy("entered the land of a project"),
    "verify_case": lazy("verified a stalled case"),
    "give_term": lazy("gave a term on a stalled case"),
    "settle_case": lazy("settled a stalled case"),
}
_FIELDS: dict[str, Any] = {
    "admission_result": lazy("Result"),
    "admission_rule": pgettext_lazy("admission", "Rule"),
    "rules_edition": lazy("Edition of the rules"),
    "admission_day": lazy("Day"),
    "admission_document": lazy("Document"),
    "agreed_party": lazy("Other party"),
    "agreed_signed": lazy("Signed on"),
    "agreed_figures": lazy("Agreed figures"),
    "agreed_item": lazy("Item"),
    "actual_value": lazy("Figure reached"),
    "admission_evidence": lazy("Evidence"),
    "land_given": lazy("Land given on"),
    "land_contract": lazy("Contract or decision"),
    "land_area_mu": lazy("Area, mu"),
    "land_price": lazy("Price of the land"),
    "land_agreed_start": lazy("Agreed start"),
    "land_agreed_end": lazy("Agreed completion"),
    "land_built_percent": lazy("Built area, %"),
    "stalled_rule": pgettext_lazy("admission", "Rule"),
    "case_state": lazy("State"),
    "case_term": lazy("Term"),
    "settlement": lazy("Settlement"),
    "reason_seen": lazy("What the rule saw"),
}
#: item, value and perhaps a day, as an act wrote them down
_FIGURE = re.compile(r"(\S.*?) (-?\d+(?:\.\d+)?)(?: (\d{4}-\d\d-\d\d))?")


class _Items(Mapping[Any, str]):
    """Items of agreements."""

    def __getitem__(self, item: Any) -> str:
        if follow_up().item(item) is None:
            raise KeyError(item)
        return item_label(item)

    def __iter__(self) -> Iterator[Any]:
        return iter(item.id for item in follow_up().items)

    def __len__(self) -> int:
        return len(follow_up().items)


class _Figures(_Items):
    """Agreed figures and what was reached, in the unit in which the form writes them."""

    def __getitem__(self, said: Any) -> str:
        found = _FIGURE.fullmatch(said) if isinstance(said, str) else None
        if found is None:
            raise KeyError(said)
        named, value, by = found.groups()
        book = follow_up()
        # events of earlier editions name the item by its title
        item = book.item(named) or next((i for i in book.items if i.title == named), None)
        text = f"{item_label(item.id) if item else named} {amount_text(item, Decimal(value))}"
        return _("%(figure)s by %(day)s") % {"figure": text, "day": by} if by else text


_VALUES: dict[str, Mapping[str, Any]] = {
    "admission_result": RESULTS,
    "case_state": dict(CaseState.choices),
    "settlement": dict(Settlement.choices),
    "agreed_item": _Items(),
    "agreed_figures": _Figures(),
    "actual_value": _Figures(),
    "land_price": MONEY_WORDS,
}


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
    name_values(_FIELDS, _VALUES)
