"""A screening as data (筛查数据): what programs take."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime

from hexi.reports.admission_paper import Paper

__all__ = ["record", "render"]


def record(paper: Paper) -> dict[str, object]:
    """JSON-ready record of the whole screening."""
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in asdict(paper).items()
    }


def render(paper: Paper, *, language: str = "zh", at: datetime | None = None) -> bytes:
    """The record as a file; its words are in the language that the paper was made in."""
    kept = {"language": language, "file_of": at.isoformat() if at else None, **record(paper)}
    return json.dumps(kept, ensure_ascii=False, indent=1, default=str).encode()
