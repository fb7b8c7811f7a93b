"""Load data from a sheet (导入考核数据): every fault with its cell, or all of it at once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.data.tables import read_matrix
from hexi.assessment.faults import AssessmentError
from hexi.plans.documents import DocumentError, Limits
from hexi.plans.documents.packages import Package
from hexi.portal.assessment.holding import held_run, put_data, takes_real_data
from hexi.portal.assessment.models import AssessmentRun, RunState
from hexi.portal.assessment.pack_rules import asked_of_units
from hexi.portal.assessment.said import refusals_of
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import tell

__all__ = ["LIMITS", "load_sheet"]

LIMITS: Final = Limits(
    file_bytes=4_000_000, unpacked_bytes=40_000_000, xml_bytes=30_000_000, expansion=200
)


def load_sheet(
    run_id: int, content: bytes, name: str, *, by: Person | None, at: datetime
) -> AssessmentRun:
    """The sheet's figures replace what was there; a result of other figures falls."""
    with transaction.atomic():
        run = held_run(run_id, by, (RunState.COLLECTING, RunState.COMPUTED, RunState.REVIEWED))
        takes_real_data(run)
        before = run.card()
        matrix = _read(run, content, name)
        put_data(run, matrix, name)
        run.save()
        record(
            "load_sheet",
            run,
            by=by,
            at=at,
            unit_path=run.unit.path,
            before=before,
            after={**run.card(), "file": name, "units": len(matrix.units)},
        )
    return run


def _read(run: AssessmentRun, content: bytes, name: str) -> Matrix:
    if len(content) > LIMITS.file_bytes:
        raise Refusal(
            "too_large",
            _("The sheet is larger than 4 MB."),
            _("Keep one row a unit and year, and leave pictures out."),
            file=name,
        )
    try:
        if content[:2] == b"PK":
            Package(content, name, LIMITS)
        asked = asked_of_units(run.scheme_of, run.year)
        return read_matrix(content, run.scheme_of, name=name, year=run.year, asked=asked)
    except AssessmentError as error:
        tell(refusals_of(error.faults, _("Mend the sheet and load it again."), name))
        raise
    except DocumentError as error:
        raise Refusal(
            "broken_file",
            _("The file cannot be read as a workbook."),
            pgettext_lazy("assessment", "Download the sheet anew, fill it in and save it as xlsx."),
            file=name,
        ) from error
