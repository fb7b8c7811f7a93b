"""Words of the chains app's events (产业链图谱事件用语): acts, fields, codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from hexi.portal.core.event_lines import ACTS
from hexi.portal.core.event_words import name_values

__all__ = ["install"]

_ACTS: dict[str, Any] = {
    "load_location_table": lazy("loaded a location table"),
    "publish_location_table": lazy("opened or closed a location table to the public"),
    "drop_location_table": lazy("dropped a location table"),
    "tell_left": lazy("told what a zone has left"),
}

_FIELDS: dict[str, Any] = {
    "places": lazy("Places"),
    "industries": pgettext_lazy("chains", "Industries"),
    "measure": lazy("What is counted"),
    "land_mu": lazy("Land left, mu"),
    "energy_tce": lazy("Energy left, tce a year"),
    "day": lazy("Day"),
}


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
    name_values(_FIELDS, {})
