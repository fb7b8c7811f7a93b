"""Words of breaking down (分解用语): shapes of paths, what they mean, how a state is shown."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from hexi.portal.breakdown.models import PartState

__all__ = ["LAMPS", "SHAPES", "kind_label"]

#: shape to its name and to what it says of the years
SHAPES: dict[str, tuple[Any, Any]] = {
    "constant_growth": (lazy("Constant growth"), lazy("The same rate every year.")),
    "straight": (lazy("Straight line"), lazy("The same step every year.")),
    "s_curve": (lazy("S-curve"), lazy("Slow at first, fast in the middle, slow at the end.")),
    "front_loaded": (lazy("Front-loaded"), lazy("Most of the way in the first years.")),
    "back_loaded": (lazy("Back-loaded"), lazy("Most of the way in the last years.")),
    "official": (
        lazy("Official schedule"),
        lazy("20, 40, 60, 80, 100 % of the way, as the follow-up of binding targets reckons."),
    ),
    "by_hand": (lazy("By hand"), lazy("Every year as the office writes it.")),
    "hold": (lazy("Hold the line"), lazy("The base already reaches the target: keep it.")),
}

#: states of a part as lamps of the house: shape and word
LAMPS = {
    PartState.DRAFT: "waiting",
    PartState.PROPOSED: "on_the_way",
    PartState.RETURNED: "missed",
    PartState.ACCEPTED: "met",
}

_KINDS: dict[str, Any] = {
    "proposed": lazy("Proposed figure"),
    "negotiated": lazy("Negotiated figure"),
    "final": lazy("Final figure"),
    "base": lazy("Base figure"),
    "capacity": lazy("Can gain"),
    "weight": lazy("Weight (denominator)"),
}


def kind_label(kind: str) -> str:
    """What a column of the sheet is called."""
    return str(_KINDS.get(kind, kind))
