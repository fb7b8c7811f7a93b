"""``hexi audit`` (核算): check the arithmetic of plans, alone and against their upper plans."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from hexi.catalogue import Catalogue
from hexi.cli.arguments import Parser, add_reading
from hexi.cli.catalogues import add_pack, load_catalogue
from hexi.cli.exits import Exit, Refusal
from hexi.cli.language import Words
from hexi.cli.notices import complain, notice
from hexi.cli.output import deliver, refuse_terminal
from hexi.cli.progress import Progress
from hexi.cli.sources import Source, guard_inputs, load, name_sources
from hexi.plans.audit import audit
from hexi.plans.documents import Document
from hexi.plans.register import Plan, build_plan
from hexi.plans.statements import extract
from hexi.plans.statements.statement import Statement
from hexi.reports.audit_pdf import MissingTypesetter
from hexi.reports.audit_report import AuditReport, build_audit_report

__all__ = ["arguments", "run"]

#: form → module of its writer; a writer is loaded when its form is asked for
WRITERS = {
    "text": "hexi.reports.audit_text",
    "json": "hexi.reports.audit_json",
    "md": "hexi.reports.audit_markdown",
    "xlsx": "hexi.reports.audit_xlsx",
    "docx": "hexi.reports.audit_docx",
    "pdf": "hexi.reports.audit_pdf",
}
#: forms that are files to be sent round: no terminal can show them, and they carry their date
_FILES = ("xlsx", "docx", "pdf")

#: steps of one file: reading, finding figures, registering
_STEPS = 3

Compiled = tuple[Document, Sequence[Statement], Plan]


@dataclass(frozen=True, slots=True)
class _Read:
    plans: list[Compiled]
    refused: list[Refusal]


def arguments(parser: Parser, words: Words) -> None:
    """Options of ``hexi audit``."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar=words("文件", "FILE"),
        help=words("规划文件；- 为标准输入", "plan documents; - is stdin"),
    )
    parser.add_argument(
        "--upper",
        action="append",
        default=[],
        metavar=words("文件", "FILE"),
        help=words("上级规划，可多次给出", "an upper plan; may be given several times"),
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help=words("同时列出已核无误的各项", "list what was checked and right too"),
    )
    parser.add_argument(
        "--format",
        choices=tuple(WRITERS),
        default="text",
        help=words("输出格式（默认 text）", "form of the output (text)"),
    )
    add_reading(parser, words)
    add_pack(parser, words)


def run(options: Namespace, words: Words) -> Exit:
    """Audit the plans that could be read; one that could not be read is named."""
    if options.format in _FILES:
        refuse_terminal(options.format, options.out)
    sources = name_sources([*options.files, *options.upper])
    guard_inputs(sources, options.out)
    own, upper = sources[: len(options.files)], sources[len(options.files) :]
    catalogue = load_catalogue(options.pack).catalogue
    progress = Progress(_STEPS * len(sources) + 1, words, forced=options.progress)
    read = _compile(own, catalogue, options.ocr, progress, words)
    above = _compile(upper, catalogue, options.ocr, progress, words)
    progress.step(words("核对算式", "checking the arithmetic"))
    refused = [*read.refused, *above.refused]
    if above.refused or not read.plans:
        progress.close()
        return Exit.INPUT
    findings = audit(read.plans, catalogue, upper=above.plans)
    progress.close()
    counts = [(document, len(statements)) for document, statements, _ in read.plans]
    counts += [(document, len(statements)) for document, statements, _ in above.plans]
    report = build_audit_report(counts, findings, words.language)
    deliver([_render(report, options.format, everything=options.all)], options.out)
    if refused:
        return Exit.INPUT
    return Exit.FINDINGS if report.faults else Exit.FINE


def _compile(
    sources: list[Source], catalogue: Catalogue, ocr: bool, progress: Progress, words: Words
) -> _Read:
    read = _Read([], [])
    for source in sources:
        progress.step(f"{source.label}　{words('读文件', 'reading')}")
        try:
            document = load(source, ocr=ocr)
        except Refusal as refusal:
            progress.close()
            complain(refusal, words)
            read.refused.append(refusal)
            progress.skip(_STEPS - 1)
            continue
        for line in document.notices:
            progress.close()
            notice(f"{source.label}：{line}")
        progress.step(f"{source.label}　{words('识别数字', 'finding figures')}")
        statements = extract(document, catalogue)
        progress.step(f"{source.label}　{words('登记', 'registering')}")
        read.plans.append((document, statements, build_plan(document, statements, catalogue)))
    return read


def _render(report: AuditReport, form: str, *, everything: bool) -> bytes:
    dated = {"at": datetime.now()} if form in _FILES else {}
    try:
        rendered = import_module(WRITERS[form]).render(report, everything=everything, **dated)
    except MissingTypesetter as error:
        raise Refusal(
            "没有安装 PDF 排版组件",
            "the pdf extra is not installed",
            f"运行 {error}，或改用 --format docx",
            f"run {error}, or use --format docx",
        ) from error
    return rendered if isinstance(rendered, bytes) else str(rendered).encode()
