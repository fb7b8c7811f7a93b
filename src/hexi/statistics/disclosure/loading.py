"""The confidentiality rules of a pack (装载保密规则): ``disclosure.toml``.

[[disclosure]]
id, since, until, enterprises, percent, least, insiders, source, note, note_en
[disclosure.dominance]  largest, percent  (optional)
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import pack_path
from hexi.statistics.dated_rules import Dated, in_force, read_dated
from hexi.statistics.disclosure.rules import Dominance, Rule
from hexi.statistics.forms.toml_keys import FormKeys

__all__ = ["check_disclosure", "disclosure_rule"]

_FILE = "disclosure.toml"


def disclosure_rule(path_or_name: str | Path, month: int) -> Rule:
    """What is held confidential in figures of a month (YYYYMM).

    Raises:
        PackError: with every fault of the file.
    """
    root = pack_path(path_or_name).resolve()
    stat = (root / _FILE).stat() if (root / _FILE).is_file() else None
    state = (stat.st_mtime_ns, stat.st_size) if stat else (0, 0)
    return in_force(_load(root, state), month).rule


def check_disclosure(path_or_name: str | Path) -> list[Fault]:
    """Every fault of the file; a pack that publishes nothing needs none."""
    root = pack_path(path_or_name)
    if not (root / _FILE).is_file() and not (root / "publications").is_dir():
        return []
    try:
        disclosure_rule(path_or_name, 0)
    except PackError as error:
        return error.faults
    return []


@lru_cache(maxsize=8)
def _load(root: Path, _state: tuple[int, int]) -> tuple[Dated[Rule], ...]:
    return read_dated(root, _FILE, "disclosure", _rule)


def _rule(keys: FormKeys) -> Rule:
    heads = keys.table("dominance")
    dominance = None
    if heads is not None:
        dominance = Dominance(heads.number("largest", 1, 2), heads.number("percent", 1, 99))
        heads.done()
    return Rule(
        enterprises=keys.number("enterprises", 1, 1000),
        percent=keys.number("percent", 1, 100),
        dominance=dominance,
        least=keys.number("least", 1, 1_000_000, default=1),
        insiders=keys.flag("insiders", default=True),
    )
