"""``hexi evaluate`` (评估): the yearly, mid-term or final evaluation of a plan, from evidence."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import date, datetime
from typing import cast

from hexi.catalogue import Pack
from hexi.cli.arguments import Parser, add_reading
from hexi.cli.catalogues import add_pack, load_catalogue
from hexi.cli.days import read_day
from hexi.cli.exits import Exit, Refusal
from hexi.cli.language import Words
from hexi.cli.named_plan import NamedPlan, named_plan
from hexi.cli.output import deliver, refuse_terminal
from hexi.cli.progress import Progress
from hexi.monitoring.evaluation import (
    KINDS,
    Evaluation,
    Kind,
    Subject,
    TooEarly,
    compose,
    subject_of_document,
    subject_of_pack_plan,
    with_positions,
)
from hexi.monitoring.lamps import Rules, load_rules
from hexi.reports import evaluation_docx, evaluation_json

__all__ = ["arguments", "run"]


def arguments(parser: Parser, words: Words) -> None:
    """Options of ``hexi evaluate``."""
    parser.add_argument(
        "plan",
        metavar=words("规划", "PLAN"),
        help=words("数据包中的规划代码，或规划文件", "a plan of the pack, or a document"),
    )
    parser.add_argument(
        "--kind",
        choices=tuple(KINDS),
        required=True,
        help=words(
            "yearly 年度、midterm 中期、final 总结", "which evaluation: yearly, mid-term or final"
        ),
    )
    parser.add_argument(
        "--as-of",
        metavar=words("日期", "DATE"),
        help=words("只用到这一天已有的数据（默认今天）", "as known on this day (today)"),
    )
    parser.add_argument(
        "--format",
        choices=("docx", "json"),
        default="docx",
        help=words("输出格式（默认 docx）", "form of the output (docx)"),
    )
    parser.add_argument("-o", dest="out", help=words("同 --out", "the same as --out"))
    add_reading(parser, words)
    add_pack(parser, words)


def run(options: Namespace, words: Words) -> Exit:
    """Write the report; the day decides what was known."""
    if options.format == "docx":
        refuse_terminal("docx", options.out)
    at = read_day(options.as_of)
    pack = load_catalogue(options.pack)
    progress = Progress(2, words, forced=options.progress)
    progress.step(words("读规划", "reading the plan"))
    named = named_plan(options.plan, pack, ocr=options.ocr)
    progress.step(words("逐项判定并编写", "judging and writing"))
    try:
        report = compose(
            _subject(named, pack, load_rules(options.pack), at), cast(Kind, options.kind), at
        )
    except TooEarly as early:
        raise Refusal(
            f"{options.plan}：{early}。",
            f"{options.plan}: {early.message_en}.",
            "换 --kind，或给出较晚的 --as-of。",
            "Choose another --kind or a later --as-of.",
        ) from early
    finally:
        progress.close()
    deliver([_render(report, options.format, words)], options.out)
    return Exit.FINE


def _subject(named: NamedPlan, pack: Pack, rules: Rules, at: date) -> Subject:
    if named.compiled is None:
        subject = subject_of_pack_plan(pack, named.pack_id, at)
    else:
        plan, statements = named.compiled.plan, named.compiled.statements
        subject = subject_of_document(plan, statements, pack, at)
    return with_positions(subject, pack, rules, at)


def _render(report: Evaluation, form: str, words: Words) -> bytes:
    if form == "json":
        record = evaluation_json.record(report, language=words.language)
        return json.dumps(record, ensure_ascii=False, indent=2).encode() + b"\n"
    return evaluation_docx.render(report, language=words.language, at=datetime.now())
