"""Import a return (导入报表): a line of a batch becomes a return, whole or not at all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import tell
from hexi.portal.returns.acts.open_return import open_return
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.acts.submit_return import submit_return
from hexi.portal.returns.models import BatchLine, LineState, Reporter
from hexi.portal.returns.workbooks.answers import answers_of
from hexi.portal.returns.workbooks.comparing import complete

__all__ = ["import_return"]


def import_return(line_id: int, *, at: datetime) -> BatchLine:
    """Apply the line; where an act refuses now, the line is refused and nothing has changed."""
    try:
        with transaction.atomic():
            line = _line(line_id)
            if not line.open:
                return line  # applied already
            _apply(line, at)
    except Refusal as refusal:
        with transaction.atomic():
            line = _line(line_id)
            line.state, line.answers = LineState.REFUSED, [*line.answers, *answers_of(refusal)]
            line.save()
        return line
    if line.batch.submit:
        _submit(line, at)
    return line


def _line(line_id: int) -> BatchLine:
    BatchLine.objects.select_for_update(of=("self",)).get(pk=line_id)
    return BatchLine.objects.select_related("batch__person").get(pk=line_id)


def _apply(line: BatchLine, at: datetime) -> None:
    by, content = line.batch.person, line.content
    reporter = Reporter.objects.fillable_by(by).filter(code=line.reporter_code).first()
    key = reporter.pk if reporter else 0
    row = open_return(line.form, line.period, key, by=by, at=at)
    cells = complete(content, row.values)
    # what others have changed stays as they left it; that was asked and is said in the answers
    seen = content.get("edit") if line.target_id else None
    saved = save_cells(row.pk, cells, by=by, at=at, seen=seen, units=content.get("units"))
    tell([refusal for refusal in saved.refused.values() if refusal.code != "overtaken"])
    line.state, line.target = LineState.APPLIED, saved.row
    line.save()
    record(
        "import_return",
        saved.row,
        by=by,
        at=at,
        unit_path=saved.row.unit_path,
        after={"file": line.name, **line.card()},
    )


def _submit(line: BatchLine, at: datetime) -> None:
    """Hand it in where nothing stands against it; what does is told and stays a draft."""
    assert line.target_id is not None
    try:
        submit_return(line.target_id, by=line.batch.person, at=at)
    except Refusal as refusal:
        kept = [{**one, "severity": "check"} for one in answers_of(refusal)]
        known = {one["code"] for one in line.answers}
        line.answers = [*line.answers, *(one for one in kept if one["code"] not in known)]
    else:
        line.submitted = True
    line.save()
