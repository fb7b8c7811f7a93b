"""The engine's part of a reading (引擎环节): file to document, statements, register and audit.

Runs in a process of its own, knows no database, and reports each finished part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hexi.catalogue import Catalogue, load_pack
from hexi.plans.audit import audit
from hexi.plans.audit.finding import Finding
from hexi.plans.documents import Document, Limits, read_document
from hexi.plans.register import Plan, build_plan
from hexi.plans.statements import Statement, extract

__all__ = ["PARTS", "Compiled", "Progress", "compile_file", "examine"]

#: the parts of a reading in their order; the last is done by the portal
PARTS = ("documents", "statements", "register", "audit", "store")

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Compiled:
    """What the engine made of one document."""

    document: Document
    statements: list[Statement]
    plan: Plan
    findings: list[Finding]


def compile_file(path: Path, name: str, pack: str, limits: Limits, report: Progress) -> Compiled:
    """Read the file and do everything that needs no database."""
    report("documents", 0)
    document = read_document(path, name=name, limits=limits)
    report("statements", 1)
    catalogue = load_pack(pack).catalogue
    statements = extract(document, catalogue)
    plan, findings = examine(document, statements, catalogue, report)
    return Compiled(document, statements, plan, findings)


def examine(
    document: Document,
    statements: Sequence[Statement],
    catalogue: Catalogue,
    report: Progress = lambda _part, _done: None,
) -> tuple[Plan, list[Finding]]:
    """Register and audit: also asked again when a person corrects a field."""
    report("register", 2)
    plan = build_plan(document, statements, catalogue)
    report("audit", 3)
    return plan, audit([(document, statements, plan)], catalogue)
