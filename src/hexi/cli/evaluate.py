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
from hexi.cli.named_plan import add_plan, document_of, in_library, is_file, pack_plan
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
from hexi.monitoring.lamps import load_rules
from hexi.plans.compiler import compile_document
from hexi.reports import evaluation_docx, evaluation_json

__all__ = ["arguments", "run"]


def arguments(parser: Parser, words: Words) -> None:
    """Options of ``hexi evaluate``."""
    add_plan(parser, words)
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
    try:
        subject = _subject(options, pack, at, words)
        progress.step(words("逐项判定并编写", "judging and writing"))
        report = compose(subject, cast(Kind, options.kind), at)
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


def _subject(options: Namespace, pack: Pack, at: date, words: Words) -> Subject:
    """The plan from a file, the pack or the library, with its positions on the day."""
    given = options.plan
    if is_file(given):
        _source, document = document_of(options)
        compiled = compile_document(document, pack.catalogue)
        subject = subject_of_document(compiled.plan, compiled.statements, pack, at)
    elif pack_plan(given, pack) is not None:
        subject = subject_of_pack_plan(pack, given, at)
    else:
        found: Subject = in_library(given, words, lambda desk, row: desk.evaluated(row, at))
        return found
    return with_positions(subject, pack, load_rules(options.pack), at)


def _render(report: Evaluation, form: str, words: Words) -> bytes:
    if form == "json":
        record = evaluation_json.record(report, language=words.language)
        return json.dumps(record, ensure_ascii=False, indent=2).encode() + b"\n"
    return evaluation_docx.render(report, language=words.language, at=datetime.now())
