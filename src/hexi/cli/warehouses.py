"""The warehouse a command works with (数据仓库): a folder that is named, else the portal's."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from hexi.cli.arguments import Parser
from hexi.cli.exits import Exit, Refusal
from hexi.cli.language import Words
from hexi.warehouse import AsOf, Warehouse, WarehouseError

__all__ = ["add_as_of", "add_warehouse", "as_of", "open_warehouse", "refuse"]


def add_warehouse(parser: Parser, words: Words) -> None:
    """The option that names a folder."""
    parser.add_argument(
        "--warehouse",
        metavar=words("文件夹", "FOLDER"),
        help=words(
            "数据仓库所在文件夹；缺省为门户的数据仓库",
            "folder of the warehouse; the portal's where none is given",
        ),
    )


def add_as_of(parser: Parser, words: Words) -> None:
    """The option that asks for a snapshot."""
    parser.add_argument(
        "--as-of",
        metavar=words("日期", "DAY"),
        help=words(
            "按当日终了时所知（如 2024-03-31），或按快照号",
            "as known at the end of a day (2024-03-31), or a snapshot's number",
        ),
    )


def as_of(given: str | None) -> AsOf:
    """A snapshot's number, a day or a moment with its zone, as it was typed."""
    if given is None:
        return None
    try:
        if given.isdecimal():
            return int(given)
        if len(given) == len("2024-03-31"):
            return date.fromisoformat(given)
        moment = datetime.fromisoformat(given)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Refusal(
            f"看不懂的日期：{given}。",
            f"not a day: {given}.",
            "请写 2024-03-31、快照号，或带时区的时刻。",
            "Write 2024-03-31, a snapshot's number, or a moment with its zone.",
        )
    return moment


def open_warehouse(options: Namespace, *, create: bool = False) -> Warehouse:
    """The warehouse that the options name; a Refusal where it can't be opened."""
    try:
        if options.warehouse is not None:
            return Warehouse.open(options.warehouse, create=create)
        # the portal is loaded by name, as no room imports its neighbour
        environment: Any = import_module("hexi.portal.config.environment")
        surroundings = environment.read_environment()
        home: Path = surroundings.home
        database = surroundings.database_url or f"sqlite:///{home / 'hexi.sqlite3'}"
        return Warehouse.open(home / "warehouse", database=database)
    except WarehouseError as error:
        raise refuse(error, Exit.PORTAL if options.warehouse is None else Exit.INPUT) from error
    except OSError as error:
        raise Refusal(
            f"{options.warehouse}：打不开（{error.strerror}）。",
            f"{options.warehouse}: cannot be opened ({error.strerror}).",
            "请检查路径和权限。",
            "Check the path and the permissions.",
        ) from error


def refuse(error: WarehouseError, exit_code: Exit = Exit.INPUT) -> Refusal:
    """The warehouse's refusal as the command's: the first fault, and how many more."""
    more = len(error.faults) - 1
    zh, en = error.faults[0].sentence("zh"), error.faults[0].sentence("en")
    return Refusal(
        zh + (f"（另有 {more} 处）" if more else ""),
        en + (f" (and {more} more)" if more else ""),
        "",
        "",
        exit_code,
    )
