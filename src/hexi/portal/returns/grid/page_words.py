"""Words of the grid's script (填报页用语): what it says by itself, in the reader's language.

``{n}`` and its like are gaps that the script fills.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

__all__ = ["page_words"]


def page_words() -> dict[str, str]:
    """Word to text."""
    return {
        "saved": _("Saved"),
        "unsaved": _("Not saved"),
        "offline": _("Offline"),
        "signed_out": _("You are no longer signed in. Sign in again in another tab, then go on."),
        "failed": _("The server did not carry this out. Your figures are kept in this browser."),
        "restored": _("{n} cells that had not been sent were found in this browser."),
        "lost": _("{n} values of the block had no cell and were left out."),
        "number": _("“{text}” is not a number. Write digits only."),
        "decimals": _("At most {n} decimals in {unit}."),
        "negative": _("“{item}” cannot be below zero."),
        "large": _("Too many digits: check the unit of measure ({unit})."),
        "missing": _("“{item}” is empty"),
        "counts": _("{hard} to correct, {explain} to explain, {info} remarks"),
        "clean": _("Nothing to correct"),
        "faults": _("Checking: {n}"),
        "kind_hard": _("To correct"),
        "kind_explain": _("To explain"),
        "kind_info": _("To note"),
        "explained": _("Explained"),
        "explanation": _("Why the figure is right"),
        "explain": _("Explain"),
        "keep_mine": _("Keep mine"),
        "take_theirs": _("Take theirs"),
        "stopped": _("{n} points must be settled before the return can be submitted."),
        "unsent": _("Some figures have not reached the server yet."),
        "no_row": _("“{text}” is not in the list."),
        "full": _("The section has as many rows as it may have."),
        "last": _("Last period"),
        "remove": _("Remove"),
    }
