"""Enterprises from a file (企业导入): columns of the file, and what a row of it would change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.refusal import Refusal
from hexi.portal.returns.acts.change_enterprise import put
from hexi.portal.returns.models import Enterprise, Spell
from hexi.portal.returns.models.enterprise import OWNERSHIPS, SIZES, STANDING
from hexi.portal.returns.registers.enterprise_book import enter, facts, new_spell, rehome, settle
from hexi.portal.returns.registers.entry import (
    FIELDS,
    LABELS,
    REQUIRED,
    Entry,
    UnitFinder,
    read_entry,
)
from hexi.portal.returns.registers.import_plan import (
    Entering,
    PlannedRow,
    Reading,
    by_code,
    outside,
)
from hexi.portal.returns.registers.register_file import FileRow, Heads

__all__ = ["HEADS", "READING", "write"]

HEADS: Final = Heads(
    title=_("Enterprises"),
    labels=LABELS,
    required=REQUIRED,
    others={
        "code": ("社会信用代码", "信用代码", "credit code"),
        "name": ("单位名称", "企业名称", "单位详细名称", "名称"),
        "unit": ("所属园区", "所属开发区", "园区", "开发区", "园区或开发区"),
        "industry": ("行业", "行业代码", "国民经济行业代码"),
        "place": ("所在地代码", "行政区划代码", "所在地"),
        "opened": ("成立日期", "开业日期", "开业时间"),
        "ownership": ("登记注册类型", "所有制"),
        "size": ("企业规模", "规模"),
        "above_scale": ("是否规上", "规上", "规模以上"),
        "trader": ("是否有进出口", "有进出口"),
        "since": ("变动日期", "变更日期"),
    },
    choices={
        "ownership": tuple(OWNERSHIPS.values()),
        "size": tuple(SIZES.values()),
        "above_scale": ("是", "否"),
        "trader": ("是", "否"),
    },
)
#: fields whose change means another month's figures stand elsewhere
_DATED: Final = (*STANDING, "unit")


def _known(rows: Collection[Mapping[str, Any]]) -> dict[str, tuple[Enterprise, Spell]]:
    """The enterprises that the file names, with their newest spells."""
    found: dict[str, tuple[Enterprise, Spell]] = {}
    wanted = sorted({code for values in rows if (code := by_code(values))})
    for at in range(0, len(wanted), 500):
        spells = Spell.objects.filter(enterprise__code__in=wanted[at : at + 500])
        for spell in spells.select_related("enterprise__reporter__home", "unit").order_by("since"):
            found[spell.enterprise.code] = (spell.enterprise, spell)
    return found


def _compare(line: PlannedRow, there: tuple[Enterprise, Spell], by: Person) -> None:
    """What differs; a column that the file has not is left as it is."""
    enterprise, spell = there
    line.known = enterprise
    if not by.covers(enterprise.unit_path):
        line.faults.append(outside())
        return
    now = facts(enterprise, spell)
    line.changes = {
        name: (now[name], line.values[name])
        for name in FIELDS
        if name in line.row.cells and name in line.values and name in now
        if line.values[name] != now[name]
    }
    since = line.values.get("since")
    if line.changes and enterprise.closed is not None:
        line.faults.append(_closed())
    if "unit" in line.changes and since is None:
        line.faults.append(_move_undated())
    if since is not None and since <= spell.since and any(n in line.changes for n in _DATED):
        line.faults.append(_too_early(spell))


def write(line: PlannedRow, entering: Entering) -> Enterprise:
    """Enter or change what the row says."""
    if line.known is None:
        return enter(line.values)
    row: Enterprise = line.known
    after = {name: new for name, (_old, new) in line.changes.items()}
    since: date | None = line.values.get("since")
    dated: dict[str, Any] = {name: after[name] for name in STANDING if name in after}
    if "unit" in after and since is not None:
        new_spell(row, since, entering.reason, unit=after["unit"], **dated)
        dated = {}
    put(row, after, dated, since, entering.reason)
    settle(row)
    if "unit" in after and since is not None:
        rehome(row, since)
    return row


def _closed() -> Refusal:
    return Refusal(
        "enterprise_is_closed",
        _("The enterprise is closed."),
        _("Take the closing back first, if it still works."),
        place="code",
    )


def _move_undated() -> Refusal:
    return Refusal(
        "move_undated",
        _("The enterprise moves, but the day is missing."),
        _("Fill in the column “Changed on”."),
        place="unit",
    )


def _too_early(spell: Spell) -> Refusal:
    return Refusal(
        "date_before",
        _("The day is not after the last change (%(day)s).") % {"day": spell.since.isoformat()},
        _("Write a later day, or correct the last change."),
        place="since",
    )


def _read(row: FileRow, units: UnitFinder, _today: date) -> Entry:
    return read_entry(row.cells, units)


READING: Final = Reading(FIELDS, ("opened", "since"), _read, _known, _compare)
