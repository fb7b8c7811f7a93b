"""``hexi plan`` (规划库): plans into the portal's library, out of it, and what it says of them."""

from __future__ import annotations

import json
from argparse import Namespace
from importlib import import_module
from pathlib import Path
from typing import Any

from hexi.cli.arguments import Parser, Places, add_common
from hexi.cli.exits import Exit, Refusal
from hexi.cli.language import Words
from hexi.cli.notices import complain, notice
from hexi.cli.output import deliver, refuse_terminal
from hexi.cli.progress import Progress
from hexi.cli.screen import Column, render_table, screen_width

__all__ = ["arguments", "run"]

EXPORTS = ("json", "xlsx", "csv", "md")


def arguments(parser: Parser, words: Words) -> None:
    """Options of ``hexi plan``."""
    acts = parser.places("act", words("操作", "ACT"), required=True)
    bring = _act(acts, words, "import", "读入文件并存入规划库", "read files into the library")
    bring.add_argument("files", nargs="+", metavar=words("文件", "FILE"))
    bring.add_argument(
        "--unit",
        default="",
        metavar=words("单位代码", "UNIT"),
        help=words("规划所属单位（默认由文件判断）", "unit that the plan belongs to"),
    )
    bring.add_argument(
        "--again",
        action="store_true",
        help=words(
            "同一文件已在库中也再存一次", "import even where the same file is there already"
        ),
    )
    bring.add_argument(
        "--progress", action="store_true", help=words("总是显示进度", "always show progress")
    )
    listed = _act(acts, words, "list", "列出库中的规划", "list the plans of the library")
    show = _act(acts, words, "show", "查看一份规划的目标和问题", "targets and faults of a plan")
    export = _act(acts, words, "export", "导出一份规划的登记", "export the register of a plan")
    for act in (show, export):
        act.add_argument(
            "plan",
            metavar=words("规划", "PLAN"),
            help=words("编号，或标题中的几个字", "number, or a part of the title"),
        )
    for act in (bring, listed, show):
        act.add_argument(
            "--format", choices=("text", "json"), default="text", help=words("输出格式", "form")
        )
    export.add_argument("--format", choices=EXPORTS, default="json", help=words("格式", "form"))
    for act in (listed, show, export):
        act.add_argument("--out", metavar=words("文件", "FILE"))


def _act(acts: Places, words: Words, name: str, zh: str, en: str) -> Parser:
    act = acts.add_parser(name, help=words(zh, en), description=words(zh, en))
    add_common(act, words)
    return act


def run(options: Namespace, words: Words) -> Exit:
    """Do the named act on the portal's state."""
    portal: Any = import_module("hexi.portal.bootstrap")
    try:
        with portal.told():
            portal.setup()
            return _act_on_state(options, words)
    except portal.StartFault as fault:
        raise Refusal(
            fault.message, fault.message_en, fault.remedy, fault.remedy_en, Exit.PORTAL
        ) from fault


def _act_on_state(options: Namespace, words: Words) -> Exit:
    # by name and after set-up: its models need a configured Django
    desk: Any = import_module("hexi.portal.desk")
    try:
        person = desk.open_desk(words.language, notice)
        if options.act == "import":
            return _import(desk, person, options, words)
        if options.act == "list":
            return _list(desk, person, options, words)
        row = desk.find_plan(options.plan, person)
        if options.act == "show":
            return _show(desk.show_plan(row, person), options, words)
        if options.format == "xlsx":
            refuse_terminal("xlsx", options.out)
        deliver([desk.export_plan(row, options.format, words.language)], options.out)
        return Exit.FINE
    except desk.Refusal as refusal:
        raise _refusal(refusal.as_record()) from refusal


def _import(desk: Any, person: Any, options: Namespace, words: Words) -> Exit:
    progress = Progress(len(options.files), words, forced=options.progress)
    records: list[dict[str, Any]] = []
    code = Exit.FINE
    for given in options.files:
        progress.step(given)
        try:
            _look(given)
            record = desk.import_file(Path(given), options.unit, person, again=options.again)
            if record["error"]:
                raise _refusal({**record["error"], "file": given})
        except desk.Refusal as refusal:
            progress.close()
            complain(_refusal({**refusal.as_record(), "file": given}), words)
            code = Exit.INPUT
        except Refusal as refusal:
            progress.close()
            complain(refusal, words)
            code = Exit.INPUT
        else:
            records.append({"file": given, **record})
    progress.close()
    if options.format == "json":
        deliver([_json(records)], None)
    else:
        deliver(
            ["".join(f"{_imported(r, words)}\n" for r in records).encode("utf-8", "replace")], None
        )
    return code


def _imported(record: dict[str, Any], words: Words) -> str:
    where = words(
        f"规划 {record['id']}《{record['title']}》", f"plan {record['id']} {record['title']}"
    )
    if record["known"]:
        return words(
            f"{record['file']}：已在库中，{where}", f"{record['file']}: there already, {where}"
        )
    return words(
        f"{record['file']} → {where}：{record['statements']} 个数字，{record['targets']} 个目标，"
        f"核算 {record['checked']} 项，{record['faults']} 项待核",
        f"{record['file']} → {where}: {record['statements']} figures, {record['targets']} targets,"
        f" {record['checked']} checks, {record['faults']} to look at",
    )


def _look(given: str) -> None:
    if not Path(given).is_file():
        raise Refusal(
            f"{given}：没有这个文件。", f"{given}: no such file.", "请检查路径。", "Check the path."
        )


def _list(desk: Any, person: Any, options: Namespace, words: Words) -> Exit:
    records = desk.list_plans(person)
    if options.format == "json":
        deliver([_json(records)], options.out)
        return Exit.FINE
    columns = [
        Column(words("编号", "no."), right=True),
        Column(words("规划", "plan"), most=50),
        Column(words("单位", "unit"), most=24),
        Column(words("规划期", "years")),
        Column(words("状态", "state")),
        Column(words("目标", "targets"), right=True),
        Column(words("已达标", "met"), right=True),
        Column(words("未达标", "missed"), right=True),
        Column(words("进行中", "on the way"), right=True),
        Column(words("无数据", "no data"), right=True),
        Column(words("待核", "faults"), right=True),
    ]
    keys: tuple[str, ...] = ("id", "title", "unit", "horizon", "state_label", "targets")
    keys += ("met", "missed", "on_the_way", "unknown", "faults")
    lines = render_table(columns, [[str(r[k]) for k in keys] for r in records], screen_width())
    if not records:
        lines = [
            words("库中没有规划。用 hexi plan import 读入。", "No plans. Use hexi plan import.")
        ]
    deliver([("\n".join(lines) + "\n").encode()], options.out)
    return Exit.FINE


def _show(record: dict[str, Any], options: Namespace, words: Words) -> Exit:
    if options.format == "json":
        deliver([_json(record)], options.out)
        return Exit.FINE
    columns = [
        Column(words("责任主体", "unit"), most=24),
        Column(words("指标", "indicator"), most=40),
        Column(words("基期", "base"), right=True, most=16),
        Column(words("目标", "target"), right=True, most=20),
        Column(words("单位", "unit"), most=12),
        Column(words("年份", "year"), most=10),
        Column(words("实绩", "observed"), right=True, most=16),
        Column(words("结论", "verdict"), most=12),
    ]
    rows = [
        [
            t["subject"] or t["unit"],
            t["indicator"],
            t["base"],
            f"{t['bound_label']}{t['target']}",
            t["unit_of_measure"],
            t["target_period"],
            t["observed"],
            t["verdict_label"],
        ]
        for t in record["target_list"]
    ]
    lines = [f"{record['id']}　{record['title']}　{record['unit']}　{record['horizon']}", ""]
    if rows:
        lines += [*render_table(columns, rows, screen_width()), ""]
    for number, fault in enumerate(record["fault_list"], 1):
        title = fault["title_en"] if words.language == "en" else fault["title"]
        lines.append(f"{number}. [{fault['check']}] {title or fault['title']}")
        lines.append(f"   {fault['arithmetic']}")
    deliver([("\n".join(lines).rstrip() + "\n").encode()], options.out)
    return Exit.FINE


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _refusal(record: dict[str, str]) -> Refusal:
    """The portal's refusal (already in the reader's language) as the command's."""
    place = f"（{record['place']}）" if record.get("place") else ""
    where = f"{record['file']}{place}：" if record.get("file") else ""
    wrong = f"{where}{record['message']}".rstrip("。.") + "。"
    remedy = record["remedy"].rstrip("。.") + "。" if record.get("remedy") else ""
    english = f"{record.get('file', '')}: {record['message']}".lstrip(": ")
    return Refusal(wrong, english, remedy, record.get("remedy", ""))
