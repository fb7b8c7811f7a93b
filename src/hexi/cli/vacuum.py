"""``hexi vacuum`` (清理数据): remove files that no snapshot names, thin out days long past."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime, timedelta

from hexi.cli.arguments import Parser
from hexi.cli.exits import Exit, Refusal
from hexi.cli.language import Words
from hexi.cli.output import deliver
from hexi.cli.warehouses import add_warehouse, open_warehouse

__all__ = ["arguments", "run"]


def arguments(parser: Parser, words: Words) -> None:
    """Options of ``hexi vacuum``."""
    add_warehouse(parser, words)
    parser.add_argument(
        "--grace",
        type=int,
        default=24,
        metavar=words("小时", "HOURS"),
        help=words(
            "未被引用的文件保留多久（默认 24 小时）",
            "how long a file that no snapshot names is kept (24)",
        ),
    )
    parser.add_argument(
        "--thin",
        type=int,
        metavar=words("天", "DAYS"),
        help=words(
            "多少天以前的日子只留当日最后一版",
            "of days further back than this, keep only the last state of each",
        ),
    )


def run(options: Namespace, words: Words) -> Exit:
    """Thin out where that was asked for, then remove leftovers."""
    if options.grace < 1 or (options.thin is not None and options.thin < 1):
        raise Refusal(
            "--grace 和 --thin 至少为 1。",
            "--grace and --thin are at least 1.",
            "正在写入的文件须留足时间。",
            "What is being written needs its time.",
        )
    house = open_warehouse(options)
    now = datetime.now(UTC)
    lines = []
    if options.thin is not None:
        freed = house.thin(now - timedelta(days=options.thin))
        lines.append(
            words(f"清理中间版次 {freed} 个。", f"{freed} intermediate vintages given up.")
        )
    removed = house.vacuum(now, timedelta(hours=options.grace))
    lines.append(words(f"删除文件 {len(removed)} 个。", f"{len(removed)} files removed."))
    deliver([f"{line}\n".encode() for line in lines], None)
    return Exit.FINE
