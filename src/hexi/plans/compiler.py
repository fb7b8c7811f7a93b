"""The plan compiler (规划编译): a file in, a read, registered and audited plan out.

One call for what every user of Hexi starts with: the document with its blocks, the statements,
the plan and the lines of the audit. Pure but for reading the file; nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hexi.catalogue import Catalogue, load_pack
from hexi.plans.audit import Finding, audit
from hexi.plans.documents import Document, Limits, read_document
from hexi.plans.register import Plan, build_plan
from hexi.plans.statements import Statement, extract

__all__ = ["CompiledPlan", "audit_together", "compile_document", "compile_plan"]

#: told the step that starts now: reading, statements, register, audit
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class CompiledPlan:
    """All that is read out of one document."""

    document: Document
    statements: tuple[Statement, ...]
    plan: Plan
    #: every line of the audit of this document alone, right ones too
    findings: tuple[Finding, ...]

    @property
    def parts(self) -> tuple[Document, Sequence[Statement], Plan]:
        """As the audit of several documents takes it."""
        return self.document, self.statements, self.plan


def compile_plan(
    source: Path | bytes,
    catalogue: Catalogue | None = None,
    *,
    name: str = "",
    ocr: bool = False,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> CompiledPlan:
    """Read, register and audit a file; raises ``DocumentError`` where it cannot be read."""
    _tell(progress, "reading")
    document = read_document(source, name=name, ocr=ocr, limits=limits or Limits())
    return compile_document(document, catalogue, progress=progress)


def compile_document(
    document: Document, catalogue: Catalogue | None = None, *, progress: Progress | None = None
) -> CompiledPlan:
    """Register and audit a document that has been read. The ``gansu`` pack names by default."""
    catalogue = catalogue or load_pack("gansu").catalogue
    _tell(progress, "statements")
    statements = tuple(extract(document, catalogue))
    _tell(progress, "register")
    plan = build_plan(document, statements, catalogue)
    _tell(progress, "audit")
    findings = tuple(audit([(document, statements, plan)], catalogue))
    return CompiledPlan(document, statements, plan, findings)


def audit_together(
    plans: Sequence[CompiledPlan],
    catalogue: Catalogue | None = None,
    upper: Sequence[CompiledPlan] = (),
) -> list[Finding]:
    """Audit several plans with each other and against upper or park plans (衔接)."""
    return audit([p.parts for p in plans], catalogue, [p.parts for p in upper])


def _tell(progress: Progress | None, step: str) -> None:
    if progress is not None:
        progress(step)
