"""Words of the figures app's events (数据事件用语): its acts, its fields, the words for codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.event_lines import ACTS
from hexi.portal.core.event_words import name_values

__all__ = ["install"]

_ACTS: dict[str, Any] = {
    "make_practice": lazy("made practice data"),
    "release": lazy("released figures"),
    "write_note": lazy("wrote a note on a figure"),
    "withdraw_note": lazy("withdrew a note on a figure"),
}

_FIELDS: dict[str, Any] = {
    "cells": lazy("Cells"),
    "embargo": lazy("Public from"),
    "enterprises": lazy("Enterprises"),
    "facts": lazy("Facts"),
    "hidden": lazy("Cells kept confidential"),
    "indicator": lazy("Indicator"),
    "months": lazy("Months"),
    "practice": lazy("Practice data"),
    "public": lazy("Shown to the public"),
    "publication": lazy("Publication"),
    "text": lazy("Text"),
    "version": lazy("Version"),
}


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
    name_values(_FIELDS, {})
