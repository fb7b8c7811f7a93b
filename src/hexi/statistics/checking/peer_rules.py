"""How many peers make a group (同类最少家数): ``peers.toml`` of a pack.

[[peers]]
id, since, until, fewest, source, note, note_en
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import pack_path
from hexi.statistics.dated_rules import Dated, in_force, read_dated
from hexi.statistics.forms.toml_keys import FormKeys

__all__ = ["check_peers", "fewest_peers"]

_FILE = "peers.toml"


def fewest_peers(path_or_name: str | Path, month: int) -> int:
    """So many figures does a group need before it has a fence, in a month (YYYYMM).

    Raises:
        PackError: with every fault of the file.
    """
    root = pack_path(path_or_name).resolve()
    stat = (root / _FILE).stat() if (root / _FILE).is_file() else None
    state = (stat.st_mtime_ns, stat.st_size) if stat else (0, 0)
    return in_force(_load(root, state), month).rule


def check_peers(path_or_name: str | Path) -> list[Fault]:
    """Every fault of the file; a pack without rules of checking needs none."""
    root = pack_path(path_or_name)
    if not (root / _FILE).is_file() and not (root / "rules").is_dir():
        return []
    try:
        fewest_peers(path_or_name, 0)
    except PackError as error:
        return error.faults
    return []


@lru_cache(maxsize=8)
def _load(root: Path, _state: tuple[int, int]) -> tuple[Dated[int], ...]:
    return read_dated(root, _FILE, "peers", _fewest)


def _fewest(keys: FormKeys) -> int:
    # with fewer than three a fence would be a peer's own figure
    return keys.number("fewest", 3, 1000)
