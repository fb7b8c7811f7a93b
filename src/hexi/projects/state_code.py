"""State project code (国家统一项目代码): the number under which every authority knows a project.

The national platform of investment projects gives it (全国投资项目在线审批监管平台, 2017 on): 24
characters in five groups, ``2401-620100-04-01-123456``: year and month, place, guiding department,
kind, a running number with its check digit. How the check digit is made was not published, so it
is not checked; and no code is ever made here.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Final

__all__ = ["plain_state_code", "state_code_fault"]

_GROUPS: Final = (4, 6, 2, 2, 6)
_FIRST_YEAR: Final = 14
#: projects that no single province approves
_STATE: Final = "000000"
#: counties numbered from here on are zones: statistics number them, GB/T 2260 does not
_ZONES: Final = range(71, 80)
_DASHES: Final = str.maketrans(dict.fromkeys("－—–‐−_", "-"))
_HALF: Final = str.maketrans("０１２３４５６７８９", "0123456789")


def plain_state_code(text: str) -> str:
    """A code as it is kept: half-width digits, hyphens between the groups, no spaces."""
    bare = "".join(text.translate(_DASHES).translate(_HALF).split())
    if re.fullmatch(r"\d{20}", bare, re.ASCII):
        at, groups = 0, []
        for size in _GROUPS:
            groups.append(bare[at : at + size])
            at += size
        return "-".join(groups)
    return bare


def state_code_fault(code: str, places: Collection[str], today: date) -> tuple[str, str]:
    """What is wrong with a plain code: a word for it and the group that it is about.

    ``shape``, ``group_1`` (year and month), ``group_2`` (place), ``group_3`` (department),
    ``group_4`` (kind), ``group_5`` (running number); empty where nothing is. ``places`` are the
    codes of GB/T 2260 that are or were in force.
    """
    groups = code.split("-")
    if len(groups) != len(_GROUPS):
        return "shape", code
    for number, (group, size) in enumerate(zip(groups, _GROUPS, strict=True), 1):
        if not re.fullmatch(rf"\d{{{size}}}", group, re.ASCII):
            return f"group_{number}", group
    if not _month(groups[0], today):
        return "group_1", groups[0]
    if not _place(groups[1], places):
        return "group_2", groups[1]
    for number in (3, 4):
        if groups[number - 1] == "00":
            return f"group_{number}", groups[number - 1]
    return "", ""


def _month(group: str, today: date) -> bool:
    year, month = int(group[:2]), int(group[2:])
    if not 1 <= month <= 12 or year < _FIRST_YEAR:
        return False
    return (2000 + year, month) <= (today.year, today.month)


def _place(group: str, places: Collection[str]) -> bool:
    if group == _STATE or group in places:
        return True
    return int(group[4:]) in _ZONES and f"{group[:4]}00" in places
