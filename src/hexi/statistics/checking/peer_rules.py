"""How many peers make a group (同类最少家数): ``peers.toml`` of a pack.

[[peers]]
id, since, until, fewest, source, note, note_en
"""

from __future__ import annotations

from pathlib import Path

from hexi.catalogue.faults import Fault
from hexi.statistics.dated_rules import DatedFile
from hexi.statistics.forms.toml_keys import FormKeys

__all__ = ["check_peers", "fewest_peers"]


def _fewest(keys: FormKeys) -> int:
    # with fewer than three a fence would be a peer's own figure
    return keys.number("fewest", 3, 1000)


_RULES = DatedFile("peers.toml", "peers", "rules", _fewest)


def fewest_peers(path_or_name: str | Path, month: int) -> int:
    """So many figures does a group need before it has a fence, in a month (YYYYMM).

    Raises:
        PackError: with every fault of the file.
    """
    return _RULES.at(path_or_name, month)


def check_peers(path_or_name: str | Path) -> list[Fault]:
    """Every fault of the file; a pack without rules of checking needs none."""
    return _RULES.faults(path_or_name)
