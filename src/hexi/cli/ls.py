"""``hexi ls`` (仓库目录): what the warehouse holds, form by form and period by period."""

from __future__ import annotations

import json
from argparse import Namespace
from itertools import groupby
from typing import Any

from hexi.cli.arguments import Parser
from hexi.cli.exits import Exit
from hexi.cli.language import Words
from hexi.cli.output import deliver
from hexi.cli.screen import Column, render_table, screen_width
from hexi.cli.warehouses import add_as_of, add_warehouse, as_of, open_warehouse, refuse
from hexi.warehouse import Warehouse, WarehouseError

__all__ = ["arguments", "run"]


def arguments(parser: Parser, words: Words) -> None:
    """Options of ``hexi ls``."""
    add_warehouse(parser, words)
    add_as_of(parser, words)
    parser.add_argument(
        "--snapshots",
        action="store_true",
        help=words("列出快照：何时、谁、为何", "list snapshots: when, who, why"),
    )
    parser.add_argument("--json", action="store_true", help=words("以 json 答复", "answer in json"))


def run(options: Namespace, words: Words) -> Exit:
    """List what is there."""
    house = open_warehouse(options)
    try:
        rows = _snapshots(house) if options.snapshots else _months(house, options)
    except WarehouseError as error:
        raise refuse(error) from error
    if options.json:
        deliver([json.dumps(rows, ensure_ascii=False, indent=1).encode(), b"\n"], None)
        return Exit.FINE
    if not rows:
        deliver([words("数据仓库是空的。", "The warehouse is empty.").encode() + b"\n"], None)
        return Exit.FINE
    heads = {
        "snapshot": words("快照", "snapshot"),
        "at": words("时刻", "at"),
        "actor": words("经办人", "actor"),
        "reason": words("事由", "reason"),
        "thinned": words("已清理", "thinned"),
        "form": words("报表", "form"),
        "period": words("时期", "period"),
        "vintage": words("版次", "vintage"),
        "facts": words("数", "figures"),
        "bytes": words("字节", "bytes"),
    }
    columns = [Column(heads[key], right=key in _FIGURES) for key in rows[0]]
    cells = [[_cell(value) for value in row.values()] for row in rows]
    lines = render_table(columns, cells, screen_width())
    deliver([f"{line}\n".encode("utf-8", "replace") for line in lines], None)
    return Exit.FINE


_FIGURES = frozenset({"snapshot", "period", "vintage", "facts", "bytes"})


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else ""
    return str(value)


def _months(house: Warehouse, options: Namespace) -> list[dict[str, Any]]:
    pinned = house.at(as_of(options.as_of))
    codes = {number: code for code, number in pinned.registry().forms.items()}
    return [
        {
            "form": codes.get(form, str(form)),
            "period": period,
            "vintage": max(part.vintage for part in parts),
            "facts": sum(part.rows for part in parts),
            "bytes": sum(part.bytes for part in parts),
            "snapshot": max(part.begin for part in parts),
        }
        for (form, period), found in groupby(pinned.segments(), lambda s: (s.form, s.period))
        for parts in [list(found)]
    ]


def _snapshots(house: Warehouse) -> list[dict[str, Any]]:
    return [
        {
            "snapshot": snapshot.id,
            "at": snapshot.at.isoformat(timespec="seconds"),
            "actor": snapshot.actor,
            "reason": snapshot.reason,
            "thinned": snapshot.thinned,
        }
        for snapshot in house.snapshots()
    ]
