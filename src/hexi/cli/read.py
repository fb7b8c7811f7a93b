"""``hexi read`` (读数): every quantitative statement of a document, for eyes or for programs."""

from __future__ import annotations

import csv
import io
import json
from argparse import Namespace
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hexi.catalogue import Catalogue
from hexi.cli.arguments import Parser, add_reading
from hexi.cli.catalogues import add_pack, load_catalogue
from hexi.cli.exits import Exit, Refusal
from hexi.cli.language import Words
from hexi.cli.notices import complain, notice
from hexi.cli.output import deliver
from hexi.cli.progress import Progress
from hexi.cli.screen import Column, render_table, screen_width
from hexi.cli.sources import Source, guard_inputs, load, name_sources
from hexi.plans.documents import Document
from hexi.plans.statements import extract
from hexi.plans.statements.statement import Statement
from hexi.reports.legal_text import inert

__all__ = ["arguments", "run"]

FORMATS = ("table", "jsonl", "csv")
_MEASURES = {
    "level": ("数值", "level"),
    "share": ("比重", "share"),
    "growth_annual": ("年均增速", "annual growth"),
    "growth_yoy": ("同比", "on year"),
    "growth_total": ("累计增幅", "total growth"),
    "cumulative": ("累计", "cumulative"),
    "count": ("个数", "count"),
    "rank": ("位次", "rank"),
}
_MODALITIES = {
    "actual": ("实际", "actual"),
    "target": ("目标", "target"),
    "threshold": ("门槛", "threshold"),
    "other": ("其他", "other"),
}
#: columns of the CSV: the keys of a record, also where a file holds no figure
_COLUMNS = list(
    Statement(
        doc="",
        start=0,
        end=0,
        text="",
        subject="",
        indicator="",
        measure="level",
        value=Decimal(0),
        unit="",
        period=None,
        modality="other",
        bound="eq",
        table=False,
    ).as_record()
)
_BOUNDS = {"eq": "", "ge": "≥", "le": "≤", "approx": "≈"}


def arguments(parser: Parser, words: Words) -> None:
    """Options of ``hexi read``."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar=words("文件", "FILE"),
        help=words(
            "docx、pdf、html、txt、md、xlsx；- 为标准输入",
            "docx, pdf, html, txt, md, xlsx; - is stdin",
        ),
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="table",
        help=words("输出格式（默认 table）", "form of the output (table)"),
    )
    parser.add_argument(
        "--doc",
        action="append",
        default=[],
        metavar=words("名称", "NAME"),
        help=words(
            "结果中的文件名（默认取文件主名）", "document name in the results (the file's stem)"
        ),
    )
    add_reading(parser, words)
    add_pack(parser, words)


def run(options: Namespace, words: Words) -> Exit:
    """Read each file in turn; a file that cannot be read is named and the others go on."""
    sources = name_sources(options.files, options.doc)
    guard_inputs(sources, options.out)
    catalogue = load_catalogue(options.pack).catalogue
    refused: list[Refusal] = []
    deliver(_chunks(sources, catalogue, options, words, refused), options.out)
    return Exit.INPUT if refused else Exit.FINE


def _chunks(
    sources: list[Source],
    catalogue: Catalogue,
    options: Namespace,
    words: Words,
    refused: list[Refusal],
) -> Iterator[bytes]:
    progress = Progress(2 * len(sources), words, forced=options.progress)
    head = True
    for source in sources:
        progress.step(f"{source.label}　{words('读文件', 'reading')}")
        try:
            document = load(source, ocr=options.ocr)
        except Refusal as refusal:
            progress.close()
            complain(refusal, words)
            refused.append(refusal)
            progress.skip(1)
            continue
        progress.step(f"{source.label}　{words('识别数字', 'finding figures')}")
        statements = extract(document, catalogue)
        progress.close()
        for line in document.notices:
            notice(f"{source.label}：{line}")
        if options.format == "jsonl":
            yield _jsonl(statements)
        elif options.format == "csv":
            yield _csv(statements, head)
        else:
            yield _table(document, statements, words)
        head = False
    if len(refused) == len(sources) and options.out not in (None, "-"):
        # each has been named; an old file at --out stays as it was
        raise Refusal("", "", "", "")


def _jsonl(statements: list[Statement]) -> bytes:
    lines = [json.dumps(s.as_record(), ensure_ascii=False) + "\n" for s in statements]
    return "".join(lines).encode()


def _csv(statements: list[Statement], head: bool) -> bytes:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, _COLUMNS, lineterminator="\r\n")
    if head:
        writer.writeheader()
    for statement in statements:
        writer.writerow({key: _flat(value) for key, value in statement.as_record().items()})
    # the byte order mark tells spreadsheet programs that this is UTF-8
    return buffer.getvalue().encode("utf-8-sig" if head else "utf-8")


def _flat(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return inert(value) if isinstance(value, str) else value


def _table(document: Document, statements: list[Statement], words: Words) -> bytes:
    columns = [
        Column(words("位置", "at"), right=True),
        Column(words("主体", "subject"), most=24),
        Column(words("指标", "indicator"), most=36),
        Column(words("类", "measure"), most=14),
        Column(words("数值", "value"), right=True, most=24),
        Column(words("单位", "unit"), most=16),
        Column(words("时期", "period"), most=10),
        Column(words("性质", "modality"), most=10),
    ]
    rows = [
        [
            str(s.start),
            s.subject,
            s.indicator,
            words(*_MEASURES[s.measure]),
            f"{_BOUNDS[s.bound]}{s.value:f}",
            s.unit,
            s.period or "—",
            words(*_MODALITIES[s.modality]),
        ]
        for s in statements
    ]
    count = words(
        f"{document.name}：{len(statements)} 个数量陈述",
        f"{document.name}: {len(statements)} quantitative statements",
    )
    lines = [count] if not rows else [count, "", *render_table(columns, rows, screen_width())]
    return ("\n".join(lines) + "\n\n").encode()
