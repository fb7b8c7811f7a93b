"""``hexi load`` (装载): figures from CSV, xlsx, Parquet and SDMX-CSV into the warehouse."""

from __future__ import annotations

import getpass
import json
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from hexi.cli.arguments import Parser
from hexi.cli.exits import Exit, Refusal
from hexi.cli.language import Words
from hexi.cli.notices import notice
from hexi.cli.output import deliver
from hexi.cli.warehouses import add_warehouse, open_warehouse, refuse
from hexi.warehouse import Warehouse, WarehouseError
from hexi.warehouse.loading import (
    FileReport,
    LoadReport,
    PeriodFault,
    Unreadable,
    load_files,
    read_register,
)

__all__ = ["arguments", "run"]


def arguments(parser: Parser, words: Words) -> None:
    """Options of ``hexi load``."""
    parser.add_argument(
        "files",
        nargs="*",
        metavar=words("文件", "FILE"),
        help=words("csv、xlsx、parquet 或 SDMX-CSV", "csv, xlsx, parquet or SDMX-CSV"),
    )
    parser.add_argument(
        "--form", metavar=words("报表", "FORM"), help=words("报表代码", "code of the form")
    )
    parser.add_argument(
        "--period",
        metavar=words("时期", "PERIOD"),
        help=words(
            "时期，如 2024-03；文件有时期列时可省",
            "such as 2024-03, unless the files have a column",
        ),
    )
    add_warehouse(parser, words)
    parser.add_argument(
        "--register",
        metavar=words("文件夹", "FOLDER"),
        help=words(
            "先装载名录：form.csv、item.csv、reporter.csv、unit.csv 等",
            "first load the register: form.csv, item.csv, reporter.csv, unit.csv and so on",
        ),
    )
    parser.add_argument(
        "--confirm",
        action="store_true",
        help=words(
            "已核对计量单位，疑似差一万倍的也装载", "units were checked: load what is asked about"
        ),
    )
    parser.add_argument(
        "--reason", default="hexi load", help=words("事由，记入快照", "why, kept with the snapshot")
    )
    parser.add_argument(
        "--actor", help=words("经办人，缺省为登录名", "who; the login name where none is given")
    )
    parser.add_argument("--json", action="store_true", help=words("以 json 答复", "answer in json"))


def run(options: Namespace, words: Words) -> Exit:
    """Load the register and the files; each file is answered for itself."""
    if not options.files and not options.register:
        raise Refusal(
            "没有要装载的文件。",
            "nothing to load.",
            "请给出文件或 --register。",
            "Name files or --register.",
        )
    if options.files and not options.form:
        raise Refusal(
            "没有说明报表。", "the form is missing.", "请加 --form 代码。", "Add --form CODE."
        )
    house = open_warehouse(options, create=True)
    at = datetime.now(UTC)
    actor = options.actor or getpass.getuser()
    try:
        if options.register:
            _register(house, options, actor, at, words)
        if not options.files:
            return Exit.FINE
        report = load_files(
            house,
            [Path(file) for file in options.files],
            form=options.form,
            period=options.period,
            actor=actor,
            reason=options.reason,
            at=at,
            confirmed=options.confirm,
        )
    except WarehouseError as error:
        raise refuse(error) from error
    except PeriodFault as error:
        raise Refusal(
            f"--period {options.period}：这张报表没有这样的时期，或时期尚未开始。",
            f"--period {options.period}: the form has no such period, or it is in the future.",
            "月报写 2024-03，季报写 2024-Q1，年报写 2024。",
            "Write 2024-03 for a month, 2024-Q1 for a quarter, 2024 for a year.",
        ) from error
    return _told(report, options, words)


def _register(house: Warehouse, options: Namespace, actor: str, at: datetime, words: Words) -> None:
    try:
        registry = read_register(Path(options.register))
    except Unreadable as error:
        fault = error.fault
        raise Refusal(fault.sentence("zh"), fault.sentence("en"), "", "") from error
    snapshot = house.publish_registry(registry, actor=actor, reason=options.reason, at=at)
    if not options.json:
        told = words("名录没有变化。", "register unchanged.")
        if snapshot:
            told = words(
                f"名录已装载，快照 {snapshot.id}。", f"register loaded, snapshot {snapshot.id}."
            )
        deliver([f"{told}\n".encode()], None)


def _told(report: LoadReport, options: Namespace, words: Words) -> Exit:
    if options.json:
        record = {
            "snapshot": report.snapshot.id if report.snapshot else None,
            "files": [
                {
                    "file": file.file,
                    "loaded": file.loaded,
                    "facts": file.facts,
                    "reporters": file.reporters,
                    "faults": [fault.as_record() for fault in file.faults],
                }
                for file in report.files
            ],
        }
        deliver([json.dumps(record, ensure_ascii=False, indent=1).encode(), b"\n"], None)
    else:
        for fault in report.faults:
            notice(fault.sentence(words.language))
        lines = [_line(file, words) for file in report.files]
        lines.append(
            words(f"快照 {report.snapshot.id}。", f"snapshot {report.snapshot.id}.")
            if report.snapshot
            else words("没有新内容，未产生快照。", "nothing new; no snapshot was made.")
        )
        deliver([f"{line}\n".encode("utf-8", "replace") for line in lines], None)
    return Exit.FINE if all(file.loaded for file in report.files) else Exit.FINDINGS


def _line(file: FileReport, words: Words) -> str:
    if file.loaded:
        return words(
            f"{file.file}：{file.reporters} 家，{file.facts} 个数。",
            f"{file.file}: {file.reporters} reporters, {file.facts} figures.",
        )
    if all(fault.asked for fault in file.faults):
        return words(
            f"{file.file}：未装载，有疑问；核对无误后加 --confirm。",
            f"{file.file}: not loaded, there are questions; add --confirm once they are checked.",
        )
    return words(f"{file.file}：未装载。", f"{file.file}: not loaded.")
