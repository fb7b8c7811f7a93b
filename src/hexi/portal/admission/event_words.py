"""Words of the admission app's events (准入事件用语): acts, fields, codes."""

from __future__ import annotations

from typing import Any

from hexi.portal.core.event_lines import ACTS

__all__ = ["install"]

_ACTS: dict[str, Any] = {}


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
