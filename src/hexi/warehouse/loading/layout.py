"""How a sheet is laid out (表式): which column is what, in a long table or a wide one.

Long: a row is one fact, with columns for reporter, item and value. Wide: a row is one return, with
a column for each item, named by its code or name; a second column of the item ending in
“上年同期” or ``.prior`` holds last year's figure as the respondent restated it.
SDMX-CSV 1.0 and 2.0 are long tables; their own columns are taken out before (``sdmx_csv``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from hexi.warehouse.loading.faults import LoadFault
from hexi.warehouse.loading.sheet import Sheet

__all__ = ["Layout", "folded", "has_header", "lay_out", "role_of"]

#: role -> names that columns of it go by, folded
_ROLES: Final[dict[str, tuple[str, ...]]] = {
    "reporter": (
        "reporter",
        "统一社会信用代码",
        "单位代码",
        "填报单位代码",
        "填报单位",
        "ref_area",
        "reporting_entity",
    ),
    "item": ("item", "指标代码", "指标", "indicator", "measure"),
    "facet": ("facet", "类别代码", "类别", "counterpart_area"),
    "value": ("value", "数值", "本期", "本期数", "本期值", "obs_value"),
    "prior": ("prior", "上年同期", "上年同期数", "obs_value_prior"),
    "period": ("period", "时期", "报告期", "time_period"),
}
#: columns that explain and are not facts
_PASSED: Final = frozenset(
    (
        *("name", "名称", "单位名称", "企业名称", "单位详细名称", "指标名称", "类别名称"),
        *("计量单位", "unit_measure", "unit_mult", "decimals", "备注", "note", "序号"),
        *("freq", "form", "submission"),
    )
)
_PRIOR: Final = ("上年同期", ".prior")
_FOLD: Final = str.maketrans("（）　", "() ")


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of a sheet by role, as indexes."""

    #: reporter, and item, facet, value, prior, period where there are such
    roles: Mapping[str, int]
    #: wide: item code -> column of its value, and of last year's
    items: Mapping[str, int] = field(default_factory=dict)
    priors: Mapping[str, int] = field(default_factory=dict)


def folded(name: str) -> str:
    """A head as it is compared: small letters, no spaces, half-width brackets."""
    return "".join(name.translate(_FOLD).lower().split())


def role_of(name: str) -> str | None:
    """What a column is for by its name: reporter, item, facet, value, prior, period."""
    plain = folded(name)
    return next((role for role, names in _ROLES.items() if plain in names), None)


def has_header(cells: Sequence[str]) -> bool:
    """True for a row that names a column of reporters."""
    return any(role_of(cell) == "reporter" for cell in cells)


def lay_out(sheet: Sheet, item_names: Mapping[str, str]) -> tuple[Layout, list[LoadFault]]:
    """The layout of a sheet and what is wrong with its header.

    ``item_names`` gives the code of an item by its folded code or name.
    """
    faults: list[LoadFault] = []
    roles: dict[str, int] = {}
    items: dict[str, int] = {}
    priors: dict[str, int] = {}
    for index, name in enumerate(sheet.header):
        if folded(name) in _PASSED or not name:
            continue
        role = role_of(name)
        target, key = (roles, role) if role else _item_of(name, item_names, items, priors)
        if key is None:
            faults.append(_at(sheet, "column", name))
        elif key in target:
            faults.append(_at(sheet, "column_twice", name))
        else:
            target[key] = index
    if "reporter" not in roles:
        faults.insert(0, sheet.fault("no_header"))
    elif not items and not {"item", "value"} <= set(roles):
        faults.append(sheet.fault("no_value"))
    return Layout(roles, items, priors), faults


def _item_of(
    name: str,
    item_names: Mapping[str, str],
    items: dict[str, int],
    priors: dict[str, int],
) -> tuple[dict[str, int], str | None]:
    plain = folded(name)
    for mark in _PRIOR:
        bare = plain.removesuffix(f"({mark})").removesuffix(mark).rstrip("_-")
        if bare != plain:
            return priors, item_names.get(bare)
    return items, item_names.get(plain)


def _at(sheet: Sheet, code: str, name: str) -> LoadFault:
    return LoadFault(sheet.file, sheet.name, 0, "", code, name)
