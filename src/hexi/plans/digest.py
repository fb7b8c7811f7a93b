"""A plan from the pack's facts (数字摘录): read, registered and audited without its document.

The plan documents themselves may not ship; their figures may. From the facts of the pack a short
text of our own is written, and every figure stands in it as a statement, so that the reader, the
register and the audit work as they do on a document. The text is never read again by the grammar:
statements are made from the facts, and only their names are bound as the extractor binds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import cast

from hexi.catalogue import Pack
from hexi.catalogue.plan_figures import PlanFigure
from hexi.plans.audit import audit
from hexi.plans.compiler import CompiledPlan
from hexi.plans.digest_text import Written, write
from hexi.plans.documents.document import Document
from hexi.plans.register import build_plan
from hexi.plans.statements.binding import Naming
from hexi.plans.statements.frames import document_frame
from hexi.plans.statements.statement import Bound, Measure, Modality, Statement

__all__ = ["DIGEST_FORMAT", "NOTICE", "digest"]

#: the format of a document that was written from facts
DIGEST_FORMAT = "figures"
NOTICE = "系统不附原文。以下是从原文摘出的数字及其位置。上传原文后可在此对照阅读。"


def digest(pack: Pack, plan_id: str) -> CompiledPlan:
    """The plan as its figures tell it; ``KeyError`` where the pack does not know the plan."""
    ref = pack.plan(plan_id)
    figures = pack.figures_of(plan_id)
    written = write(ref.title, figures)
    text = written.text
    document = Document(
        name=plan_id,
        format=DIGEST_FORMAT,
        text=text,
        blocks=tuple(written.blocks),
        title=ref.title,
        digest=sha256(text.encode()).hexdigest(),
        notices=(NOTICE,),
    )
    statements = _statements(pack, document, written, figures)
    # places are no tasks: what a plan wants done is in its text alone
    read = build_plan(document, statements, pack.catalogue)
    plan = replace(read, goals=(), chapters=(), bodies=())
    findings = audit([(document, statements, plan)], pack.catalogue)
    return CompiledPlan(document, statements, plan, tuple(findings))


def _statements(
    pack: Pack, document: Document, written: Written, figures: Sequence[PlanFigure]
) -> tuple[Statement, ...]:
    names = Naming(document_frame(document, pack.catalogue), pack.catalogue)
    made = []
    for figure in sorted(figures, key=lambda f: written.places[f.number].start):
        bound = names.bind(_statement(document, written, figure))
        made.append(
            replace(
                bound,
                facets=tuple(dict.fromkeys([*bound.facets, *figure.facets])),
                frame_period=figure.period or None,
                period_inferred=figure.dating == "inferred",
            )
        )
    return tuple(made)


def _statement(document: Document, written: Written, figure: PlanFigure) -> Statement:
    place = written.places[figure.number]
    part = figure.role in ("part", "kind")
    marks = figure.marks + (("subset",) if part and "subset" not in figure.marks else ())
    return Statement(
        doc=document.name,
        start=place.start,
        end=place.end,
        text=document.text[place.start : place.end],
        subject=figure.subject,
        indicator=figure.indicator,
        measure=cast(Measure, figure.measure),
        value=figure.figure.value,
        unit=figure.measure_unit,
        period=figure.period if figure.period and figure.dating != "taken" else None,
        modality=cast(Modality, figure.modality),
        bound=cast(Bound, figure.bound),
        table=figure.in_table,
        block=place.block,
        cell=place.cell,
        sentence=place.sentence,
        section=place.section,
        printed=figure.figure.printed.lstrip("-"),
        flags=marks,
        why=(("source", "figures"), ("place", figure.place)),
    )
