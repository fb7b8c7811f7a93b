"""Refusal (拒绝办理): the one way in which the portal says no, to a page and to a program alike.

A refusal says what is wrong, where, and what to do. Its code is data; the sentences are made in
the reader's language when it is shown.
"""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

__all__ = ["NotFound", "NotPermitted", "Refusal", "gapped"]


def gapped(sentence: Any, /, **gaps: Any) -> Any:
    """A text with its gaps filled only when it is shown: whoever reads it chooses the language."""
    return lazy(lambda: str(sentence) % gaps, str)()


class Refusal(Exception):
    """An act was not done; nothing was changed."""

    status = 422

    def __init__(
        self,
        code: str,
        message: Any,
        remedy: Any = "",
        *,
        file: str = "",
        place: str = "",
        status: int | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.remedy = remedy
        self.file = file
        self.place = place
        if status is not None:
            self.status = status

    def as_record(self) -> dict[str, str]:
        """The error shape of API and pages, in the active language."""
        return {
            "code": self.code,
            "file": self.file,
            "place": self.place,
            "message": str(self.message),
            "remedy": str(self.remedy),
        }


class NotPermitted(Refusal):
    """The person's role or scope does not reach this far."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            "not_permitted",
            _("Your role does not allow this step."),
            _("Ask the administrator for the role, or for the unit in your scope."),
        )


class NotFound(Refusal):
    """There is no such thing, or it is outside the scope: the two look the same from outside."""

    status = 404

    def __init__(self) -> None:
        super().__init__(
            "not_found",
            _("There is nothing at this address, or it is outside your scope."),
            _("Check the address, or go back to the list."),
        )
