"""A plan named on the command line (规划参数): a document, a plan of the pack, one of the library.

Commands that look at targets take any of the three. What looks like a file is a file; then ids of
the pack; everything else is asked of the portal's library by number or title.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from hexi.catalogue import Pack
from hexi.catalogue.evidence import PlanRef
from hexi.cli.arguments import Parser
from hexi.cli.exits import Exit, Refusal
from hexi.cli.language import Words
from hexi.cli.notices import notice
from hexi.cli.sources import STDIN, Source, guard_inputs, load, name_sources
from hexi.plans.documents import Document

__all__ = ["add_plan", "document_of", "in_library", "is_file", "pack_plan"]

Answer = TypeVar("Answer")


def add_plan(parser: Parser, words: Words) -> None:
    """The argument that names a plan."""
    parser.add_argument(
        "plan",
        metavar=words("规划", "PLAN"),
        help=words(
            "规划文件、数据包中的规划编号，或规划库中的编号和标题；- 为标准输入",
            "a plan document, a plan of the pack by its id, or one of the library by number or"
            " title; - is stdin",
        ),
    )


def is_file(given: str) -> bool:
    """Does it look like a file, be it there or not?"""
    return given == STDIN or Path(given).exists() or bool(Path(given).suffix)


def document_of(options: Namespace) -> tuple[Source, Document]:
    """The document that was named; a result never takes the place of it."""
    (source,) = name_sources([options.plan])
    guard_inputs([source], options.out)
    document = load(source, ocr=options.ocr)
    for line in document.notices:
        notice(f"{source.label}：{line}")
    return source, document


def pack_plan(given: str, pack: Pack) -> PlanRef | None:
    """The pack's plan of that id."""
    return next((plan for plan in pack.plans if plan.id == given), None)


def in_library(given: str, words: Words, ask: Callable[[Any, Any], Answer]) -> Answer:
    """What the portal's desk says of a plan of the library: ``ask(desk, row)``."""
    portal: Any = import_module("hexi.portal.bootstrap")
    try:
        with portal.told():
            portal.setup()
            # by name and after set-up: its models need a configured Django
            desk: Any = import_module("hexi.portal.desk")
            try:
                person = desk.open_desk(words.language, notice)
                return ask(desk, desk.find_plan(given, person))
            except desk.Refusal as refusal:
                said = refusal.as_record()
                raise Refusal(
                    f"{given}：{said['message']}。",
                    f"{given}: {said['message']}.",
                    f"{said['remedy']}。",
                    f"{said['remedy']}.",
                ) from refusal
    except portal.StartFault as fault:
        raise Refusal(
            fault.message, fault.message_en, fault.remedy, fault.remedy_en, Exit.PORTAL
        ) from fault
