"""Words of the projects app's events (项目事件用语): acts, fields, codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.event_lines import ACTS

__all__ = ["install"]

_ACTS: dict[str, Any] = {
    "register_record": lazy("entered a project in the library"),
}


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
