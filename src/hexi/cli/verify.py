"""``hexi verify`` (校验数据): every file of every snapshot is there, whole and unchanged."""

from __future__ import annotations

from argparse import Namespace

from hexi.cli.arguments import Parser
from hexi.cli.exits import Exit
from hexi.cli.language import Words
from hexi.cli.notices import notice
from hexi.cli.output import deliver
from hexi.cli.warehouses import add_warehouse, open_warehouse

__all__ = ["arguments", "run"]


def arguments(parser: Parser, words: Words) -> None:
    """Options of ``hexi verify``."""
    add_warehouse(parser, words)


def run(options: Namespace, words: Words) -> Exit:
    """Check every file; leftovers of a crash are told and are no fault."""
    house = open_warehouse(options)
    faults = house.verify()
    for fault in faults:
        notice(fault.sentence(words.language))
    if any(fault.code != "orphan" for fault in faults):
        return Exit.FINDINGS
    count = len(house.manifest.segments())
    told = words(f"{count} 个数据文件完好。", f"{count} segment files are sound.")
    deliver([f"{told}\n".encode()], None)
    return Exit.FINE
