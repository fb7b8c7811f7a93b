"""Extraction (抽取): a document's statements, block by block, with their places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from hexi.plans.documents.document import Block, Cell, Document
from hexi.plans.statements.binding import OCR_TRUST, Naming, trust_in_cell, trust_in_prose
from hexi.plans.statements.cells import CellReading, read_table
from hexi.plans.statements.frames import (
    Catalogue,
    DocumentFrame,
    SectionFrame,
    document_frame,
    section_of,
)
from hexi.plans.statements.meaning import bound_of, measure_of, modality_of, period_of, value_of
from hexi.plans.statements.prose import read_paragraph
from hexi.plans.statements.reading import Memory, Reading
from hexi.plans.statements.statement import Statement

__all__ = ["extract"]


def extract(document: Document, catalogue: Catalogue | None = None) -> list[Statement]:
    """Every quantitative statement of a document, in reading order. Linear in its length."""
    frame = document_frame(document, catalogue)
    statements: list[Statement] = []
    names = Naming(frame, catalogue)
    sections: list[tuple[int, SectionFrame]] = [(0, SectionFrame())]
    memory = Memory(anchor=frame.titled)
    run_in: SectionFrame | None = None
    #: level of the outermost heading of the box that is open
    boxed = 0
    for index, block in enumerate(document.blocks):
        if block.kind == "heading":
            while len(sections) > 1 and sections[-1][0] >= block.level:
                sections.pop()
            parent = _parent_of(block, sections)
            sections.append((block.level, section_of(parent, parent.titles, block)))
            boxed = (boxed or block.level) if block.box else 0
            memory, run_in = Memory(anchor=frame.titled, arranged=memory.arranged), None
            continue
        if boxed and not block.box:
            # the title of a box holds inside the box only
            sections, boxed = [entry for entry in sections if entry[0] < boxed], 0
        section = sections[-1][1]
        if block.kind == "table":
            note, rows = _note_below(document.blocks, index), _row_spans(block)
            for cell_reading in read_table(block, frame, section, note):
                statements.append(
                    _from_cell(document, index, block, rows, cell_reading, section, names)
                )
        else:
            # a plan says its time anew in each paragraph, but its lists belong to the paragraph
            # above them; an article goes on from the last
            goes_on = block.kind == "list" or not frame.is_plan
            part = frame.titled is not None and bool(frame.titled.part)
            due = memory.anchor is not None and memory.anchor.part and memory.anchor.way == "until"
            # 6月底前 is of its paragraph; the next is of the year again
            anchor = frame.titled if part or due else memory.anchor
            memory = Memory(anchor=anchor if goes_on else None, arranged=memory.arranged)
            if block.kind != "list" or run_in is None:
                run_in = _run_in(section, block)
            section = run_in
            for reading in read_paragraph(block.text, frame, section, memory):
                statements.append(
                    _from_prose(document, index, block, reading, frame, section, names)
                )
    return _marked(statements, document)


def _marked(statements: list[Statement], document: Document) -> list[Statement]:
    """Figures that were read off a picture say so."""
    spans = sorted((flag.start, flag.end) for flag in document.flags if flag.kind == "ocr")
    if not spans:
        return statements
    starts = [start for start, _ in spans]
    marked: list[Statement] = []
    for statement in statements:
        at = bisect_right(starts, statement.start) - 1
        if at >= 0 and statement.start < spans[at][1]:
            trust = statement.confidence * OCR_TRUST
            flags = (*statement.flags, "ocr")
            statement = replace(statement, flags=flags, confidence=trust)
        marked.append(statement)
    return marked


_RUN_IN = re.compile(r"^\s*[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*([^。，：:]{2,20})。")


def _run_in(section: SectionFrame, block: Block) -> SectionFrame:
    """（二）主要目标。到2025年…: a heading that runs into its text holds for it and its list."""
    match = _RUN_IN.match(block.text)
    if match is None:
        return section
    title = replace(block, text=match[1], kind="heading", segments=())
    return replace(section_of(section, section.titles, title), titles=section.titles)


_FIRST = re.compile(r"^\s*[（(]?(?:一|1)[）)、.．]")


def _parent_of(block: Block, sections: list[tuple[int, SectionFrame]]) -> SectionFrame:
    """The frame above a heading. Where numbering starts anew below one parent, the parent of the
    new run is missing from the file: its subject is not that of the run before."""
    parent = sections[-1][1]
    if _FIRST.match(block.text):
        if block.level in parent.opened:
            parent = replace(parent, subject="", purpose="", opened=frozenset())
        parent = replace(parent, opened=parent.opened | {block.level})
        sections[-1] = (sections[-1][0], parent)
    return parent


def _row_spans(block: Block) -> dict[int, tuple[int, int]]:
    """Canonical offsets of each row of a table."""
    spans: dict[int, tuple[int, int]] = {}
    for cell in block.cells:
        start, end = spans.get(cell.row, (cell.start, cell.end))
        spans[cell.row] = min(start, cell.start), max(end, cell.end)
    return spans


def _note_below(blocks: tuple[Block, ...], index: int) -> str:
    following: Iterable[Block] = blocks[index + 1 : index + 3]
    return next((block.text for block in following if block.kind == "note"), "")


def _from_prose(
    document: Document,
    index: int,
    block: Block,
    reading: Reading,
    frame: DocumentFrame,
    section: SectionFrame,
    names: Naming,
) -> Statement:
    figure = reading.figure
    start, end = block.place(figure.start, figure.end)
    modality = modality_of(reading, frame, section)
    measure = measure_of(reading, modality)
    period = period_of(reading, measure, modality, frame)
    flags = figure.flags + (("class_criterion",) if reading.shape == "criterion" else ())
    return Statement(
        doc=document.name,
        start=start,
        end=end,
        text=document.text[start:end],
        subject=reading.subject,
        indicator=reading.indicator,
        measure=measure,
        value=value_of(reading),
        unit=figure.unit,
        period=period,
        modality=modality,
        bound=bound_of(reading),
        table=False,
        block=index,
        sentence=block.place(*reading.sentence),
        section=section.titles,
        indicator_id=names.indicator(reading.indicator),
        subject_id=names.subject(reading.subject),
        facets=names.facets(reading.indicator),
        frame_period=names.frame_period(period, modality, reading),
        period_inferred=period is not None and reading.moment_from in ("paragraph", ""),
        confidence=trust_in_prose(
            reading, dated=period is not None or modality in ("threshold", "other")
        ),
        printed=figure.printed,
        flags=flags + (("subset",) if reading.subset else ()),
        why=(("shape", reading.shape), *reading.why),
    )


def _from_cell(
    document: Document,
    index: int,
    block: Block,
    rows: dict[int, tuple[int, int]],
    reading: CellReading,
    section: SectionFrame,
    names: Naming,
) -> Statement:
    cell: Cell = block.cells[reading.cell]
    start, end = cell.place(reading.start, reading.end)
    return Statement(
        doc=document.name,
        start=start,
        end=end,
        text=document.text[start:end],
        subject=reading.subject,
        indicator=reading.indicator,
        measure=reading.measure,
        value=reading.value,
        unit=reading.unit,
        period=reading.period,
        modality=reading.modality,
        bound=reading.bound,
        table=True,
        block=index,
        cell=reading.cell,
        sentence=rows[cell.row],
        section=section.titles,
        indicator_id=names.indicator(reading.indicator),
        subject_id=names.subject(reading.subject),
        facets=names.facets(reading.indicator),
        frame_period=names.frame_period(reading.period, reading.modality),
        confidence=trust_in_cell(reading.flags, reading.indicator, reading.subject),
        printed=reading.printed,
        flags=reading.flags,
        why=(("shape", "cell"),),
    )
