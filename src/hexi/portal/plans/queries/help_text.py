"""Help (帮助): what the pages answer, how findings are made, which keys there are."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

__all__ = ["keys", "sections"]


def sections() -> list[dict[str, Any]]:
    """The help page, section by section."""
    return [*_reading(), *_judging()]


def _reading() -> list[dict[str, Any]]:
    """How a plan comes in and how its figures are read."""
    limits = {"n": settings.HEXI.upload_files, "mb": settings.HEXI.upload_megabytes}
    return [
        {
            "id": "upload",
            "title": _("Upload a plan"),
            "paragraphs": [
                _(
                    "Choose docx, pdf, html, txt, md or xlsx files, up to %(n)d at once and "
                    "%(mb)d MB each. The format is told from the content, not from the name."
                )
                % limits,
                _(
                    "Reading goes on in the background; you may leave the page. A file that "
                    "cannot be read says why and what to do, and leaves nothing behind."
                ),
                _(
                    "A document that bears the title of a plan of the policy pack is put under "
                    "that plan."
                ),
            ],
        },
        {
            "id": "read",
            "title": _("Read a plan"),
            "paragraphs": [
                _(
                    "Every figure is marked: actual, target, threshold or other. Open a figure "
                    "to see what it says, the sums it takes part in, and other passages on it."
                ),
                _(
                    "When a field was read wrongly, correct it and say why. The correction is "
                    "kept apart from the reading, the sums are checked again at once, and the "
                    "correction stays when the document is read again."
                ),
            ],
        },
    ]


def _judging() -> list[dict[str, Any]]:
    """What is made of the figures, and who sees it."""
    return [
        *_judgement(),
    ]


def _judgement() -> list[dict[str, Any]]:
    """What is said of figures and targets, and to whom."""
    return [
        {
            "id": "findings",
            "title": _("Findings"),
            "paragraphs": [
                _(
                    "Each line is one sum: as the document prints it, what would have passed, "
                    "and what repairs it. Printed figures stand for an interval, so rounding is "
                    "never a finding."
                ),
                _(
                    "Accept a finding, or dismiss it with a reason. The decision is kept with "
                    "your name and meets the same finding again after a new reading."
                ),
            ],
        },
        {
            "id": "verdicts",
            "title": _("Was the target met"),
            "paragraphs": [
                _(
                    "Verdicts come from observed figures with their source. A plan's own base "
                    "value is never evidence. Where definitions differ, the page warns; where "
                    "there is no figure, it says no data."
                )
            ],
        },
        {
            "id": "scope",
            "title": _("Who sees what"),
            "paragraphs": [
                _(
                    "Published plans can be read by all who may read the portal. Other plans "
                    "are seen by people whose units the plan belongs to, and by administrators."
                )
            ],
        },
    ]


def keys() -> list[dict[str, str]]:
    """The keyboard."""
    return [
        {"keys": "/", "what": _("Search")},
        {"keys": "g o", "what": _("Go to a page; the letter stands in the navigation")},
        {"keys": "j k", "what": _("Next and previous row or finding")},
        {"keys": "e", "what": _("Open the evidence")},
        {"keys": "Esc", "what": _("Close the panel")},
        {"keys": "?", "what": _("Show the keys")},
    ]
