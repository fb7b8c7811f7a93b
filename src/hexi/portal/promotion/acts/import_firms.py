"""Import target firms (导入目标企业) from Excel or CSV: all rows or none, faults told by cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.promotion.entry import read
from hexi.portal.promotion.models import TargetFirm
from hexi.portal.promotion.nouns import FIRM
from hexi.portal.promotion.wording import words_of
from hexi.portal.returns.form_book import day_of
from hexi.portal.returns.registers.register_file import FileRow, Heads, read_file
from hexi.projects.duplicates import plain_name

__all__ = ["firm_heads", "import_firms"]

#: of a page of faults; the rest is as wrong
_TOLD: Final = 50
_MOST: Final = 5000


def firm_heads() -> Heads:
    """The columns of the file, in the reader's language."""
    return Heads(
        title=_("Target firms"),
        labels={name: field.label for name, field in FIRM.items() if name != "unit"},
        required=("name", "of_list", "source", "as_of"),
        others={
            "name": ("企业名称", "名称"),
            "of_list": ("榜单", "名录"),
            "rank": ("名次", "排名"),
        },
        choices={"of_list": tuple(words_of("firms").values())},
    )


def import_firms(
    content: bytes, file_name: str, unit_code: str, *, by: Person | None, at: datetime
) -> tuple[int, int]:
    """How many firms were entered, and how many stood on their list already (those stay)."""
    rows = read_file(content, file_name, firm_heads())
    with transaction.atomic():
        officer = require(by, Permission.PROMOTE)
        unit = Unit.objects.filter(code=unit_code).first()
        if unit is None:
            raise NotFound
        require(by, Permission.PROMOTE, unit.path)
        if len(rows) > _MOST:
            raise Refusal("too_many_rows", _("The file has too many rows."), _("Split it."))
        read_rows, faults = _read_rows(rows, unit, at)
        tell(faults[:_TOLD])
        known = set(TargetFirm.objects.filter(unit=unit).values_list("of_list", "key"))
        new: dict[tuple[str, str], Mapping[str, Any]] = {}
        for values in read_rows:
            key = (values["of_list"], plain_name(values["name"]))
            if key not in known:
                new.setdefault(key, values)
        TargetFirm.objects.bulk_create(
            [
                TargetFirm(**values, key=key, by_name=officer.name, at=at)
                for (_list, key), values in new.items()
            ]
        )
        made = len(new)
        record(
            "import_firms",
            unit,
            by=by,
            at=at,
            unit_path=unit.path,
            after={"file": file_name[:120], "firms_entered": made},
        )
    return made, len(rows) - made


def _read_rows(
    rows: list[FileRow], unit: Unit, at: datetime
) -> tuple[list[Mapping[str, Any]], list[Refusal]]:
    today = day_of(at)
    found: list[Mapping[str, Any]] = []
    faults: list[Refusal] = []
    for row in rows:
        entry = read({**row.cells, "unit": unit}, FIRM, today)
        for name, fault in entry.faults.items():
            fault.place = row.place(name)
            faults.append(fault)
        found.append(entry.values)
    return found, faults
