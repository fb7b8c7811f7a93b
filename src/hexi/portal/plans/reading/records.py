"""Engine data as plain records and back (数据转换): exact, so that an audit can be run again.

Documents and statements are frozen dataclasses; the database keeps JSON. Decimals travel as text
and tuples as lists, and come back as what they were.
"""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

from hexi.plans.documents.document import Block, Cell, Document, Flag
from hexi.plans.statements.statement import Statement

__all__ = [
    "block_of",
    "block_record",
    "document_of",
    "document_record",
    "plain",
    "statement_of",
    "statement_record",
]


def plain(value: Any) -> Any:
    """JSON-ready form of engine data: dataclasses to records, Decimals and Fractions to text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def statement_record(statement: Statement) -> dict[str, Any]:
    """Every field of a statement, the value as exact text."""
    record = {f.name: getattr(statement, f.name) for f in dataclasses.fields(statement)}
    record["value"] = str(statement.value)
    for name in ("sentence", "section", "facets", "flags"):
        record[name] = list(record[name])
    record["why"] = [list(pair) for pair in statement.why]
    return record


_STATEMENT_FIELDS = frozenset(f.name for f in dataclasses.fields(Statement))


def statement_of(record: dict[str, Any]) -> Statement:
    """The statement of a record; fields of a newer engine that are unknown here are left out."""
    known = {name: value for name, value in record.items() if name in _STATEMENT_FIELDS}
    known["value"] = Decimal(known["value"])
    for name in ("sentence", "section", "facets", "flags"):
        if name in known:
            known[name] = tuple(known[name])
    known["why"] = tuple((str(a), str(b)) for a, b in known.get("why", ()))
    return Statement(**known)


def block_record(block: Block) -> dict[str, Any]:
    """A block with the fields that differ from their defaults; most blocks have three."""
    record: dict[str, Any] = {"kind": block.kind, "start": block.start, "end": block.end}
    for name in ("text", "level", "caption", "box"):
        if value := getattr(block, name):
            record[name] = value
    if block.segments:
        record["segments"] = [list(pair) for pair in block.segments]
    if block.cells:
        record["cells"] = [_cell_record(cell) for cell in block.cells]
    return record


def _cell_record(cell: Cell) -> list[Any]:
    """A row of values: tables are most of a long document."""
    return [
        cell.row,
        cell.column,
        cell.start,
        cell.end,
        cell.text,
        cell.row_span,
        cell.column_span,
        int(cell.header),
        [list(pair) for pair in cell.segments],
    ]


def block_of(record: dict[str, Any]) -> Block:
    return Block(
        kind=record["kind"],
        start=record["start"],
        end=record["end"],
        text=record.get("text", ""),
        level=record.get("level", 0),
        segments=_pairs(record.get("segments", ())),
        cells=tuple(
            Cell(r, c, s, e, text, rows, cols, bool(head), _pairs(segments))
            for r, c, s, e, text, rows, cols, head, segments in record.get("cells", ())
        ),
        caption=record.get("caption", ""),
        box=record.get("box", False),
    )


def _pairs(values: Any) -> tuple[tuple[int, int], ...]:
    return tuple((a, b) for a, b in values)


def document_record(document: Document) -> dict[str, Any]:
    """What stands beside the canonical text and the blocks."""
    return {
        "name": document.name,
        "format": document.format,
        "title": document.title,
        "digest": document.digest,
        "notices": list(document.notices),
        "flags": [[f.kind, f.start, f.end, f.note] for f in document.flags],
        "blocks": [block_record(block) for block in document.blocks],
    }


def document_of(record: dict[str, Any], text: str) -> Document:
    return Document(
        name=record["name"],
        format=record["format"],
        text=text,
        blocks=tuple(block_of(block) for block in record["blocks"]),
        flags=tuple(Flag(kind, start, end, note) for kind, start, end, note in record["flags"]),
        title=record["title"],
        digest=record["digest"],
        notices=tuple(record["notices"]),
    )
