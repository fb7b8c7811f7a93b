"""Exit codes (退出码) and the one message that a failed command prints.

=====  ==========================================================================
0      done; nothing to report
1      done; the audit found faults, or a pack is faulty
2      the command or its input is wrong (an option, a file that cannot be read)
3      the result could not be written
4      the portal or its database is not usable
70     a fault of Hexi itself
130    stopped by the user
=====  ==========================================================================
"""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Exit", "Refusal"]


class Exit(IntEnum):
    """What a shell sees."""

    FINE = 0
    FINDINGS = 1
    INPUT = 2
    OUTPUT = 3
    PORTAL = 4
    INTERNAL = 70
    STOPPED = 130


class Refusal(Exception):
    """A command that cannot be done: what is wrong and where, and what to do."""

    def __init__(
        self, wrong: str, wrong_en: str, remedy: str, remedy_en: str, exit_code: Exit = Exit.INPUT
    ) -> None:
        super().__init__(wrong_en)
        self.wrong, self.wrong_en = wrong, wrong_en
        self.remedy, self.remedy_en = remedy, remedy_en
        self.exit_code = exit_code
