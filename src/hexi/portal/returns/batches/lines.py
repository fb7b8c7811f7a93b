"""One line of a batch (批次明细): what was read, previewed and compared with its neighbours."""

from __future__ import annotations

from datetime import datetime

from hexi.portal.returns.batches.child import Read
from hexi.portal.returns.models import Batch, BatchLine, LineState
from hexi.portal.returns.workbooks.answers import Answer, answer, worst
from hexi.portal.returns.workbooks.comparing import content_of, preview

__all__ = ["line_of"]


def line_of(batch: Batch, read: Read, *, at: datetime) -> BatchLine:
    """The line, not yet saved."""
    filled = read.filled
    line = BatchLine(batch=batch, number=read.number, name=filled.name[-255:], digest=read.digest)
    line.form, line.period = filled.form, filled.period
    line.reporter_code = filled.reporter[:64]
    double = _double(line)
    if double is not None:
        line.answers = [double]
        line.reporter_name = _name_of(line)
        refused = double["severity"] == "refused"
        line.state = LineState.REFUSED if refused else LineState.SAME
        return line
    found = preview(filled, by=batch.person, at=at)
    line.content = content_of(filled)
    line.changes, line.answers = found.changes, found.answers
    line.target_id = found.target
    line.reporter_name = found.reporter.name if found.reporter else ""
    line.state = _state(found.answers, bool(found.changes))
    return line


def _double(line: BatchLine) -> Answer | None:
    """Nothing counts twice: the same file again, or the same return from two files."""
    earlier = line.batch.lines.exclude(state=LineState.REFUSED)
    if line.digest:
        same = earlier.filter(digest=line.digest).first()
        if same is not None:
            return answer("same_file", found=same.name)
    if line.reporter_code:
        key = {"reporter_code": line.reporter_code, "form": line.form, "period": line.period}
        other = earlier.filter(**key).first()
        if other is not None:
            return answer("twice", found=other.name)
    return None


def _name_of(line: BatchLine) -> str:
    """The name under which the batch has the reporter already."""
    known = line.batch.lines.filter(reporter_code=line.reporter_code).exclude(reporter_name="")
    return known.values_list("reporter_name", flat=True).first() or ""


def _state(answers: list[Answer], changed: bool) -> str:
    gravest = worst(answers)
    if gravest == "refused":
        return LineState.REFUSED
    if not changed:
        return LineState.SAME
    return LineState.ASKED if gravest == "asked" else LineState.GOOD
