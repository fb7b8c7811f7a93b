"""Words of the returns app's events (报表事件用语): its acts, its fields, the words for codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.event_lines import ACTS
from hexi.portal.core.event_words import name_values
from hexi.portal.returns.models.enterprise import OWNERSHIPS
from hexi.portal.returns.models.form_return import ReturnState

__all__ = ["install"]

_ACTS: dict[str, Any] = {
    "open_return": lazy("opened a return"),
    "save_cells": lazy("changed figures of a return"),
    "check_return": lazy("checked a return"),
    "explain": lazy("explained a figure"),
    "submit_return": lazy("submitted a return"),
    "approve_return": lazy("approved a return"),
    "send_back": lazy("sent a return back"),
    "withdraw_approval": lazy("took an approval back"),
    "revise_return": lazy("opened a return for revision"),
    "close_period": lazy("closed a period"),
    "reopen_period": lazy("opened a closed period"),
    "remind": lazy("reminded who has not reported"),
}

_FIELDS: dict[str, Any] = {
    "code": lazy("Code"),
    "due": lazy("Due"),
    "edit": lazy("Number of the change"),
    "late": lazy("After closing"),
    "submission": lazy("Number of the submission"),
    "rule": lazy("Rule"),
    "approved": lazy("Returns approved"),
    "expected": lazy("Returns expected"),
    "reminded": lazy("Reminded"),
    "snapshot": lazy("Snapshot of the warehouse"),
    "unit": lazy("Unit"),
    "form": lazy("Form"),
    "level": lazy("Approved levels"),
    "period": lazy("Period"),
    "queries": lazy("Queries"),
    "return_state": lazy("State"),
    "revision": lazy("Revision"),
}


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
    name_values(
        _FIELDS,
        {"ownership": OWNERSHIPS, "return_state": dict(ReturnState.choices)},
    )
