"""``hexi show`` (查看数据): facts, their history, revisions, and why a figure changed."""

from __future__ import annotations

import csv
import io
import json
from argparse import Namespace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hexi.cli.arguments import Parser
from hexi.cli.exits import Exit, Refusal
from hexi.cli.language import Words
from hexi.cli.output import deliver, refuse_terminal
from hexi.cli.screen import Column, render_table, screen_width
from hexi.cli.warehouses import add_as_of, add_warehouse, as_of, open_warehouse, refuse
from hexi.reports.legal_text import inert
from hexi.warehouse import Registry, Warehouse, WarehouseError
from hexi.warehouse.loading import PeriodFault, read_period

__all__ = ["arguments", "run"]

FORMATS = ("table", "csv", "jsonl", "parquet")
#: rows that a terminal is shown; files get all
_SCREEN_ROWS = 200


def arguments(parser: Parser, words: Words) -> None:
    """Options of ``hexi show``."""
    parser.add_argument(
        "what",
        choices=("facts", "history", "triangle", "difference"),
        metavar=words("内容", "WHAT"),
        help=words(
            "facts 数据；history 历次数值；triangle 修订三角；difference 两个快照之差",
            "facts; history of values; triangle of revisions; difference of two snapshots",
        ),
    )
    add_warehouse(parser, words)
    parser.add_argument(
        "--form", required=True, metavar=words("报表", "FORM"), help=words("报表代码", "its code")
    )
    parser.add_argument(
        "--period", metavar=words("时期", "PERIOD"), help=words("只看一个时期", "one period only")
    )
    parser.add_argument(
        "--item", metavar=words("指标代码", "ITEM"), help=words("指标代码", "code of an item")
    )
    parser.add_argument(
        "--reporter",
        metavar=words("填报单位", "REPORTER"),
        help=words("填报单位代码", "code of a reporter"),
    )
    add_as_of(parser, words)
    parser.add_argument(
        "--before",
        metavar=words("日期", "DAY"),
        help=words(
            "difference：与哪个日期或快照比", "difference: the day or snapshot to compare with"
        ),
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="table", help=words("输出格式", "form of the output")
    )
    parser.add_argument(
        "--out",
        metavar=words("文件", "FILE"),
        help=words("写入文件，写成才替换", "write to a file, replaced only when complete"),
    )


def run(options: Namespace, words: Words) -> Exit:
    """Show what was asked for, with codes in the place of numbers."""
    house = open_warehouse(options)
    try:
        registry = house.registry(as_of(options.as_of))
        table = _asked(house, registry, options)
    except WarehouseError as error:
        raise refuse(error) from error
    _deliver(_with_codes(table, registry), options, words)
    return Exit.FINE


def _asked(house: Warehouse, registry: Registry, options: Namespace) -> pa.Table:
    form = _number(registry.forms, options.form, "报表", "form")
    periods = None
    if options.period:
        try:
            # what is shown may lie in the future of a clock that is wrong
            far = datetime(2999, 1, 1).date()
            periods = [read_period(options.period, registry.frequencies[form], far)]
        except PeriodFault as error:
            raise Refusal(
                f"--period {options.period}：这张报表没有这样的时期。",
                f"--period {options.period}: the form has no such period.",
                "",
                "",
            ) from error
    items = _numbers(registry.items, options.item, "指标", "item")
    reporters = _numbers(registry.reporters, options.reporter, "单位", "reporter")
    if options.what == "facts":
        return house.facts([form], periods, items, reporters, as_of(options.as_of))
    if options.what == "history":
        return house.history([form], periods, items, reporters)
    if options.what == "triangle":
        if items is None:
            raise Refusal("没有说明指标。", "the item is missing.", "请加 --item。", "Add --item.")
        return house.triangle(form, items[0], periods=periods, reporters=reporters)
    if options.before is None:
        raise Refusal(
            "没有说明与何时比。", "compare with what?", "请加 --before。", "Add --before."
        )
    found = house.difference(
        as_of(options.before), as_of(options.as_of), forms=[form], periods=periods, items=items
    )
    return found.by_reporter.drop(["unit"])


def _number(numbers: dict[str, int], code: str, zh: str, en: str) -> int:
    if code not in numbers:
        raise Refusal(
            f"没有这个{zh}：{code}。", f"no such {en}: {code}.", "请核对代码。", "Check the code."
        )
    return numbers[code]


def _numbers(numbers: dict[str, int], code: str | None, zh: str, en: str) -> list[int] | None:
    return None if code is None else [_number(numbers, code, zh, en)]


def _with_codes(table: pa.Table, registry: Registry) -> pa.Table:
    """Codes of the register where the warehouse has numbers."""
    for name, known in (
        ("form", registry.form),
        ("item", registry.item),
        ("reporter", registry.reporter),
    ):
        if name in table.column_names:
            codes = dict(zip(known["id"].to_pylist(), known["code"].to_pylist(), strict=True))
            column = pa.array([codes.get(n, str(n)) for n in table[name].to_pylist()], pa.string())
            table = table.set_column(table.column_names.index(name), name, column)
    return table


def _deliver(table: pa.Table, options: Namespace, words: Words) -> None:
    if options.format == "parquet":
        refuse_terminal("parquet", options.out)
        made = io.BytesIO()
        pq.write_table(table, made, compression="zstd")
        deliver([made.getvalue()], options.out)
    elif options.format == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(table.column_names)
        writer.writerows([inert(_plain(v)) for v in row.values()] for row in table.to_pylist())
        deliver([b"\xef\xbb\xbf", text.getvalue().encode()], options.out)
    elif options.format == "jsonl":
        lines = (
            json.dumps(row, ensure_ascii=False, default=_plain) + "\n" for row in table.to_pylist()
        )
        deliver((line.encode() for line in lines), options.out)
    else:
        lines_of_table = _lines(table, words)
        deliver([f"{line}\n".encode("utf-8", "replace") for line in lines_of_table], options.out)


def _lines(table: pa.Table, words: Words) -> list[str]:
    """The table for a screen: the first rows, and how many are left."""
    shown = table.slice(0, _SCREEN_ROWS).to_pylist()
    columns = [Column(name, right=_is_figure(table[name].type)) for name in table.column_names]
    cells = [[_plain(value) for value in row.values()] for row in shown]
    lines = render_table(columns, cells, screen_width())
    rest = table.num_rows - len(shown)
    if rest:
        lines.append(
            words(f"另有 {rest} 行，用 --format csv 看全部。", f"{rest} more; see --format csv.")
        )
    return lines


def _is_figure(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_decimal(kind))


def _plain(value: Any) -> str:
    """A cell as text: decimals without trailing zeros, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return str(value)
