"""Correct a value (更正数据): before, after and why are kept, and the run is computed anew."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.holding import held_run, put_data
from hexi.portal.assessment.models import AssessmentRun, Correction, RunState
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.told import needs_reason, tell

__all__ = ["correct_value"]


def correct_value(
    run_id: int, code: str, item: str, text: str, reason: str, *, by: Person | None, at: datetime
) -> AssessmentRun:
    """An empty text says that the value was not reported."""
    with transaction.atomic():
        run = held_run(run_id, by, (RunState.COLLECTING, RunState.COMPUTED, RunState.REVIEWED))
        after = _number(text)
        tell([*_faults(run, code, item, text, after), *needs_reason(reason)])
        matrix = run.matrix
        row, column = matrix.units.index(code), matrix.items.index(item)
        values = matrix.values.copy()
        before = float(values[-1, row, column])
        values[-1, row, column] = math.nan if after is None else after
        put_data(run, replace(matrix, values=values), run.data_source)
        run.save()
        Correction.objects.create(
            run=run,
            code=code,
            item=item,
            before=None if math.isnan(before) else before,
            after=after,
            reason=reason.strip(),
            by_name=by.name if by else "",
            at=at,
        )
        record(
            "correct_value",
            run,
            by=by,
            at=at,
            unit_path=run.unit.path,
            before={"unit": code, "item": item, "value": None if math.isnan(before) else before},
            after={"unit": code, "item": item, "value": after},
            reason=reason.strip(),
        )
    return run


def _number(text: str) -> float | None:
    """None for an empty text, NaN for no number."""
    plain = text.strip().replace(",", "")
    if not plain:
        return None
    try:
        return float(plain)
    except ValueError:
        return math.nan


def _faults(
    run: AssessmentRun, code: str, item: str, text: str, after: float | None
) -> list[Refusal]:
    found = []
    if after is not None and not math.isfinite(after):
        found.append(
            Refusal(
                "no_number",
                gapped(_("“%(text)s” is no number."), text=text.strip()[:40]),
                _("Write a figure such as 30.5, or leave it empty."),
                place="value",
            )
        )
    if not run.data:
        found.append(Refusal("no_data", _("The run has no data yet."), _("Load a sheet first.")))
    elif code not in run.matrix.units or item not in run.matrix.items:
        found.append(
            Refusal(
                "no_cell",
                _("There is no such unit or indicator in the data."),
                _("Choose both from the lists."),
                place="item",
            )
        )
    return found
