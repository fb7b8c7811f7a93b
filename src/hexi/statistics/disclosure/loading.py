"""The confidentiality rules of a pack (装载保密规则): ``disclosure.toml``.

[[disclosure]]
id, since, until, enterprises, percent, least, insiders, source, note, note_en
[disclosure.dominance]  largest, percent  (optional)
"""

from __future__ import annotations

from pathlib import Path

from hexi.catalogue.faults import Fault
from hexi.statistics.dated_rules import DatedFile
from hexi.statistics.disclosure.rules import Dominance, Rule
from hexi.statistics.forms.toml_keys import FormKeys

__all__ = ["check_disclosure", "disclosure_rule"]


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


_RULES = DatedFile("disclosure.toml", "disclosure", "publications", _rule)


def disclosure_rule(path_or_name: str | Path, month: int) -> Rule:
    """What is held confidential in figures of a month (YYYYMM).

    Raises:
        PackError: with every fault of the file.
    """
    return _RULES.at(path_or_name, month)


def check_disclosure(path_or_name: str | Path) -> list[Fault]:
    """Every fault of the file; a pack that publishes nothing needs none."""
    return _RULES.faults(path_or_name)
