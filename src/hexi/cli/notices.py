"""Words to the person at the terminal (提示): on standard error, one line each."""

from __future__ import annotations

import sys

from hexi.cli.exits import Refusal
from hexi.cli.language import Words
from hexi.reports.legal_text import legal

__all__ = ["complain", "notice"]


def complain(refusal: Refusal, words: Words) -> None:
    """What is wrong and what to do, on one line."""
    wrong = words(refusal.wrong, refusal.wrong_en)
    remedy = words(refusal.remedy, refusal.remedy_en)
    line = " ".join(part for part in (wrong, remedy) if part)
    if line:
        notice(line)


def notice(line: str) -> None:
    """One line on standard error."""
    # a file name need not be UTF-8; what cannot be shown is escaped
    shown = legal(line.encode("utf-8", "backslashreplace").decode())
    sys.stderr.write(f"hexi: {shown}\n")
