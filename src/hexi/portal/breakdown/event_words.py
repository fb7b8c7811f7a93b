"""Words of the breakdown app's events (分解事件用语): its acts, its fields, the words for codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from hexi.portal.breakdown.models import Method, PartState
from hexi.portal.breakdown.queries.labels import SHAPES
from hexi.portal.core.event_lines import ACTS
from hexi.portal.core.event_words import name_values

__all__ = ["install"]

_ACTS: dict[str, Any] = {
    "set_path": lazy("set the path of a target"),
    "set_usual_path": lazy("set the usual path of a target"),
    "open_breakdown": lazy("began to break a target down"),
    "choose_units": lazy("chose the units of a breakdown"),
    "save_parts": lazy("changed figures of a breakdown"),
    "fill_parts": lazy("had the proposals of a breakdown computed"),
    "settle_parts": lazy("took over the negotiated figures of a breakdown"),
    "spread_gap": lazy("spread the gap of a breakdown"),
    "import_parts": lazy("imported figures of a breakdown"),
    "undo_parts": lazy("took a change of a breakdown back"),
    "discard_breakdown": lazy("dropped a breakdown"),
    "propose_part": lazy("proposed a part"),
    "withdraw_part": lazy("took the proposal of a part back"),
    "accept_part": lazy("accepted a part"),
    "send_part_back": lazy("sent a part back"),
    "assign_duty": lazy("assigned the duty for a target"),
}

_FIELDS: dict[str, Any] = {
    "body": lazy("Responsible body"),
    "responsible": lazy("Responsible person"),
    "requirement": lazy("Progress requirement"),
    "measures": lazy("Measures"),
    "projects": lazy("Projects"),
    "path_shape": lazy("Shape of the path"),
    "path": lazy("Path"),
    "part_state": lazy("State"),
    "parts": lazy("Parts"),
    "method": lazy("Method"),
    "day": lazy("Units as of"),
    "part.due": lazy("Answer by"),
    "asked": lazy("Asked for"),
}


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
    name_values(
        _FIELDS,
        {
            "part_state": dict(PartState.choices),
            "method": dict(Method.choices),
            "path_shape": {code: label for code, (label, _said) in SHAPES.items()},
        },
    )
