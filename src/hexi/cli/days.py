"""Days on the command line (日期参数)."""

from __future__ import annotations

from datetime import date

from hexi.cli.exits import Refusal

__all__ = ["read_day"]


def read_day(given: str | None) -> date:
    """``2020-12-31`` as a day; today where none is given."""
    if given is None:
        return date.today()
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise Refusal(
            f"--as-of {given}：不是日期。",
            f"--as-of {given}: not a date.",
            "写成 2020-12-31 这样。",
            "Write it like 2020-12-31.",
        ) from error
