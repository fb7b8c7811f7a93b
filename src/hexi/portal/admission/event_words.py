"""Words of the admission app's events (准入事件用语): acts, fields, codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from hexi.portal.admission.models import CaseState, Settlement
from hexi.portal.admission.said import RESULTS
from hexi.portal.core.event_lines import ACTS
from hexi.portal.core.event_words import name_values

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
    "agreed_figures": lazy("Agreed figures, yuan or heads"),
    "agreed_item": lazy("Item"),
    "actual_value": lazy("Figure reached, yuan or heads"),
    "admission_evidence": lazy("Evidence"),
    "land_given": lazy("Land given on"),
    "land_contract": lazy("Contract or decision"),
    "land_area_mu": lazy("Area, mu"),
    "land_price": lazy("Price of the land, yuan"),
    "land_agreed_start": lazy("Agreed start"),
    "land_agreed_end": lazy("Agreed completion"),
    "land_built_percent": lazy("Built area, %"),
    "stalled_rule": pgettext_lazy("admission", "Rule"),
    "case_state": lazy("State"),
    "case_term": lazy("Term"),
    "settlement": lazy("Settlement"),
    "reason_seen": lazy("What the rule saw"),
}
_VALUES: dict[str, dict[str, Any]] = {
    "admission_result": RESULTS,
    "case_state": dict(CaseState.choices),
    "settlement": dict(Settlement.choices),
}


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
    name_values(_FIELDS, _VALUES)
