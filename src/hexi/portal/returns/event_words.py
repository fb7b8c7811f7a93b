"""Words of the returns app's events (报表事件用语): its acts, its fields, the words for codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.event_lines import ACTS, SOURCES, Source
from hexi.portal.core.event_words import name_values
from hexi.portal.returns.models.batch import BatchState
from hexi.portal.returns.models.enterprise import OWNERSHIPS, SIZES
from hexi.portal.returns.models.form_return import ReturnState
from hexi.portal.returns.queries.imports import import_addresses_of
from hexi.portal.returns.registers.entry import LABELS
from hexi.portal.returns.registers.project_entry import LABELS as PROJECT

__all__ = ["install"]

_ACTS: dict[str, Any] = {
    "upload_batch": lazy("uploaded returns"),
    "apply_batch": lazy("had uploaded returns imported"),
    "import_return": lazy("imported a return from a file"),
    "finish_batch": lazy("went through uploaded returns"),
    "fail_batch": lazy("could not read uploaded returns"),
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
    "excuse_reporter": lazy("excused a reporter"),
    "undo_excuse": lazy("took an excuse back"),
    "remind": lazy("reminded who has not reported"),
    "register_enterprise": lazy("registered an enterprise"),
    "change_enterprise": lazy("changed an enterprise"),
    "move_enterprise": lazy("moved an enterprise"),
    "close_enterprise": lazy("closed an enterprise"),
    "take_closing_back": lazy("took the closing of an enterprise back"),
    "merge_enterprise": lazy("merged an enterprise into another"),
    "register_project": lazy("registered a project"),
    "change_project": lazy("changed a project"),
    "close_project": lazy("closed a project"),
    "take_project_back": lazy("took the closing of a project back"),
    "enter_filler": lazy("named who fills in"),
    "dismiss_filler": lazy("dismissed who fills in"),
    "prepare_import": lazy("read a file of a register"),
    "apply_import": lazy("imported into a register"),
    "undo_import": lazy("undid an import into a register"),
    "import_row": lazy("wrote the row of a file into the register"),
    "undo_import_row": lazy("put it back when an import was undone"),
    "mail_reminders": lazy("mailed reminders"),
    "seed_reporters": lazy("entered units as reporters"),
}

_FIELDS: dict[str, Any] = {
    "batch_state": lazy("State"),
    "cells": lazy("Cells"),
    "confirmed": lazy("Confirmed"),
    "file": lazy("File"),
    "row": lazy("Row of the file"),
    "lines_applied": lazy("Imported"),
    "lines_asked": lazy("Asked about"),
    "lines_good": lazy("Without question"),
    "lines_refused": lazy("Not taken"),
    "lines_same": lazy("Nothing new"),
    "to_import": lazy("Returns to import"),
    "submit": lazy("To be submitted"),
    "code": lazy("Code"),
    "due": lazy("Due day"),
    "edit": lazy("Number of the change"),
    "late": lazy("After closing"),
    "submission": lazy("Number of the submission"),
    "rule": lazy("Rule"),
    "approved": lazy("Returns approved"),
    "expected": lazy("Returns expected"),
    "reminded": lazy("Reminded"),
    "snapshot": lazy("Snapshot of the warehouse"),
    "unit": lazy("Unit"),
    **{f"enterprise.{name}": label for name, label in LABELS.items()},
    **{f"project.{name}": label for name, label in PROJECT.items()},
    "closed": lazy("Closed on"),
    "successor": lazy("Merged into"),
    "returns": lazy("Returns moved"),
    "filler": lazy("Who fills in"),
    "new": lazy("New"),
    "changed": lazy("Changed"),
    "unchanged": lazy("Unchanged"),
    "refused": lazy("Refused"),
    "reporters": lazy("Reporters"),
    "renamed": lazy("Renamed"),
    "letters": lazy("Letters"),
    "failed": lazy("Not sent"),
    "form": lazy("Form"),
    "first_period": lazy("From period"),
    "last_period": lazy("To period"),
    "level": lazy("Approved levels"),
    "period": lazy("Period"),
    "queries": lazy("Queries"),
    "return_state": lazy("State"),
    "revision": lazy("Revision"),
}


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
    source = Source(lazy("Open the import"), import_addresses_of)
    SOURCES.update(dict.fromkeys(("import_row", "undo_import_row"), source))
    name_values(
        _FIELDS,
        {
            "ownership": OWNERSHIPS,
            "size": SIZES,
            "return_state": dict(ReturnState.choices),
            "batch_state": dict(BatchState.choices),
        },
    )
