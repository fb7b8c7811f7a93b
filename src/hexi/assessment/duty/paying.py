"""Results for pay systems (绩效结果导出): one table a year, handed over as a file and no further.

Hexi computes no pay. Whoever does takes score, grade and rank from here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from hexi.assessment.result import Result

__all__ = ["PAY_HEADS", "pay_csv", "pay_rows"]

#: columns: key → head in the file
PAY_HEADS: dict[str, str] = {
    "year": "年度",
    "holder": "责任主体代码",
    "name": "责任主体",
    "kind": "类别",
    "base": "目标得分",
    "points": "加减分",
    "score": "总分",
    "grade": "等次",
    "rank": "名次",
    "of": "参评数",
    "data": "数据校验码",
}
_KINDS = {"departments": "部门", "posts": "岗位"}


def pay_rows(result: Result) -> list[dict[str, Any]]:
    """A row a holder in the order of the contracts; None where there is no rating."""
    given: dict[str, float] = {}
    for one in result.points:
        given[one.unit] = given.get(one.unit, 0.0) + one.points
    digest, of = result.matrix.digest(), int(result.rated.sum())
    return [
        {
            "year": result.year,
            "holder": unit,
            "name": result.matrix.names[row],
            "kind": _KINDS.get(result.scheme.kind, result.scheme.kind),
            "base": round(float(result.base[row]), result.scheme.decimals),
            "points": given.get(unit, 0.0),
            "score": float(result.scores[row]) if result.rated[row] else None,
            "grade": result.grades[row] if result.rated[row] else "不予评定",
            "rank": int(result.ranks[row]) or None,
            "of": of,
            "data": digest,
        }
        for row, unit in enumerate(result.matrix.units)
    ]


def pay_csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """`pay_rows` as csv with a byte-order mark, as spreadsheet programs expect Chinese text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(PAY_HEADS.values())
    for row in rows:
        writer.writerow(["" if row[key] is None else _safe(row[key]) for key in PAY_HEADS])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _safe(value: Any) -> Any:
    """Text that a spreadsheet program would run as a formula gets an apostrophe."""
    runs = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if runs else value
