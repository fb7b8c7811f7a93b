"""One file of ``forms/`` (报表文件): its tables become a form, its mistakes faults.

[form]        id, version, since, number, name, name_en, frequency, due, note
[[reporting]] kind, when
[[cover]]     code, name, name_en, kind, required, carried, register, choices
[[section]]   code, name, name_en, rows, most_rows
[[item]]      section, code, name, name_en, unit, kind, over_time, over_units, decimals,
              definition, required, prior, entry_units, indicator, negative, reported, deflator
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, cast

from hexi.catalogue.faults import Fault
from hexi.catalogue.pack import Pack
from hexi.catalogue.toml_lines import TomlFile
from hexi.quantities import units
from hexi.statistics.forms.frequency import FREQUENCIES, Frequency, ends_here, shifted
from hexi.statistics.forms.nouns import (
    COVER_KINDS,
    KINDS,
    OVER_TIME,
    OVER_UNITS,
    REPORTED,
    UNIT_KINDS,
    CoverField,
    CoverKind,
    Form,
    Item,
    Kind,
    OverTime,
    OverUnits,
    Reported,
    Reporting,
    Section,
)
from hexi.statistics.forms.register_fields import REGISTER_FIELDS, condition_faults
from hexi.statistics.forms.toml_keys import FormKeys
from hexi.statistics.language.syntax import KEYWORDS

__all__ = ["Draft", "read_form"]

_CODE: Final = re.compile(r"[a-z][a-z0-9_]*")
_FORM_ID: Final = re.compile(r"[a-z][a-z0-9-]*")
_TABLES: Final = ("form", "reporting", "cover", "section", "item")
#: what an item does over time where the form does not say otherwise
_USUAL: Final[dict[str, OverTime]] = {
    "flow": "sum", "stock": "last", "average": "average", "count": "last"
}  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """A form as its file has it: not yet dated against its other versions."""

    form: Form
    toml: TomlFile
    item_lines: dict[str, int]

    def line(self, *path: str) -> int:
        """Line of a key of the file."""
        return self.toml.line(*path)


def read_form(toml: TomlFile, pack: Pack, faults: list[Fault]) -> Draft | None:
    """The form of a file; None where it has not even a head."""
    for name in toml.values:
        if name not in _TABLES:
            listed = "、".join(_TABLES)
            faults.append(
                Fault(toml.file, toml.line(name), name, f"{listed} 之一", "未知的表", listed)
            )
    if "form" not in toml.values:
        faults.append(Fault(toml.file, 0, "form", "表 [form]", "缺少此表", "the table [form]"))
        return None
    head = FormKeys(toml, ("form",), toml.values["form"], faults)
    lines: dict[str, int] = {}
    sections = _sections(toml, pack, faults, lines)
    frequency = cast(Frequency, head.choice("frequency", FREQUENCIES))
    since = head.month("since")
    if since and not ends_here(frequency, shifted(since, -1)):
        en = "the first month of a period of its frequency"
        head.fault("since", "该频率报告期的首月", f"{since}", en)
    form = Form(
        id=_code(head, "id", _FORM_ID),
        version=head.text("version", required=True),
        since=since,
        until=999912,
        number=head.text("number", required=True),
        name=head.text("name", required=True),
        name_en=head.text("name_en", required=True),
        frequency=frequency,
        due=head.number("due", 1, 250),
        note=head.text("note"),
        reporting=_reporting(toml, faults),
        cover=_cover(toml, faults),
        sections=sections,
        file=toml.file,
    )
    head.done()
    named = f"forms/{form.id}.{form.version}.toml"
    if toml.file != named:
        head.fault("id", f"与文件名一致的标识和版本（{named}）", toml.file, f"the file {named}")
    return Draft(form, toml, lines)


def _code(keys: FormKeys, key: str, pattern: re.Pattern[str] = _CODE) -> str:
    code = keys.text(key, required=True)
    if code and (not pattern.fullmatch(code) or code in KEYWORDS):
        zh, en = "小写字母、数字组成的代码，非语言的词", "a code of small letters and digits"
        keys.fault(key, zh, f"“{code}”", en)
    return code


def _once(keys: FormKeys, code: str, seen: set[str]) -> None:
    if code in seen:
        keys.fault("code", "未用过的代码", f"“{code}”", "a code not used before")
    seen.add(code)


def _reporting(toml: TomlFile, faults: list[Fault]) -> tuple[Reporting, ...]:
    found = []
    for keys in FormKeys.each(toml, "reporting", faults):
        kind = keys.choice("kind", UNIT_KINDS)
        when = keys.expression("when")
        if when is not None:
            for at, zh, en in condition_faults(when):
                keys.fault("when", f"{zh}（第 {at + 1} 列）", "其他写法", f"{en} (column {at + 1})")
        found.append(Reporting(kind, when, keys.text("when")))
        keys.done()
    if not found:
        faults.append(
            Fault(toml.file, 0, "reporting", "至少一个 [[reporting]]", "没有", "who reports")
        )
    return tuple(found)


def _cover(toml: TomlFile, faults: list[Fault]) -> tuple[CoverField, ...]:
    found: list[CoverField] = []
    seen: set[str] = set()
    for keys in FormKeys.each(toml, "cover", faults):
        field = CoverField(
            code=_code(keys, "code"),
            name=keys.text("name", required=True),
            name_en=keys.text("name_en", required=True),
            kind=cast(CoverKind, keys.choice("kind", COVER_KINDS, default="text")),
            required=keys.flag("required"),
            carried=keys.flag("carried"),
            register=keys.text("register"),
            choices=keys.texts("choices"),
        )
        _once(keys, field.code, seen)
        if field.register and field.register not in REGISTER_FIELDS:
            listed = "、".join(REGISTER_FIELDS)
            keys.fault("register", f"名录字段：{listed}", f"“{field.register}”", listed)
        if (field.kind == "choice") != bool(field.choices):
            zh, en = "choice 类型才有且必有的选项", "choices, for kind choice only"
            keys.fault("choices", zh, f"{len(field.choices)} 项", en)
        keys.done()
        found.append(field)
    return tuple(found)


def _sections(
    toml: TomlFile, pack: Pack, faults: list[Fault], lines: dict[str, int]
) -> tuple[Section, ...]:
    heads: list[tuple[FormKeys, Section]] = []
    seen: set[str] = set()
    for keys in FormKeys.each(toml, "section", faults):
        section = Section(
            code=_code(keys, "code"),
            name=keys.text("name", required=True),
            name_en=keys.text("name_en", required=True),
            items=(),
            rows=keys.text("rows"),
            most_rows=keys.number("most_rows", 1, 10_000, default=500),
        )
        _once(keys, section.code, seen)
        _rows_known(keys, section.rows, pack)
        keys.done()
        heads.append((keys, section))
    items = _items(toml, pack, faults, {section.code for _, section in heads}, lines)
    full: list[Section] = []
    for keys, head in heads:
        own = tuple(item for section, item in items if section == head.code)
        if not own:
            keys.fault("code", "至少含一个项目的分组", f"“{head.code}”", "a section with items")
        full.append(Section(head.code, head.name, head.name_en, own, head.rows, head.most_rows))
    return tuple(full)


def _rows_known(keys: FormKeys, rows: str, pack: Pack) -> None:
    if not rows:
        return
    known = {table.id: table for table in pack.classifications}
    if rows not in known:
        listed = "、".join(sorted(known))
        keys.fault("rows", f"数据包的分类：{listed}", f"“{rows}”", f"one of {listed}")
    elif bad := [i.code for i in known[rows].items if not i.code.isdecimal() or int(i.code) < 1]:
        en = "a classification whose codes are whole numbers"
        keys.fault("rows", "代码为正整数的分类", f"“{bad[0]}”", en)


def _items(
    toml: TomlFile, pack: Pack, faults: list[Fault], sections: set[str], lines: dict[str, int]
) -> list[tuple[str, Item]]:
    indicators = {indicator.id for indicator in pack.indicators}
    found: list[tuple[str, Item]] = []
    for keys in FormKeys.each(toml, "item", faults):
        section = keys.text("section", required=True)
        if section and section not in sections:
            keys.fault("section", "本表的分组", f"“{section}”", "a section of this form")
        item = _item(keys)
        _once(keys, item.code, set(lines))
        lines.setdefault(item.code, keys.line())
        if item.code in sections:
            keys.fault("code", "与分组不同的代码", f"“{item.code}”", "a code no section has")
        if item.indicator and item.indicator not in indicators:
            keys.fault("indicator", "已登记的指标", f"“{item.indicator}”", "a known indicator")
        keys.done()
        found.append((section, item))
    return found


def _item(keys: FormKeys) -> Item:
    kind = cast(Kind, keys.choice("kind", KINDS))
    usual = _USUAL[kind]
    item = Item(
        code=_code(keys, "code"),
        name=keys.text("name", required=True),
        name_en=keys.text("name_en", required=True),
        unit=keys.text("unit", required=True),
        kind=kind,
        over_time=cast(OverTime, keys.choice("over_time", OVER_TIME, default=usual)),
        over_units=cast(OverUnits, keys.choice("over_units", OVER_UNITS, default="sum")),
        decimals=keys.number("decimals", 0, 4, default=2),
        definition=keys.text("definition", required=True),
        required=keys.flag("required"),
        prior=keys.flag("prior"),
        entry_units=keys.texts("entry_units"),
        indicator=keys.text("indicator"),
        negative=keys.flag("negative"),
        reported=cast(Reported, keys.choice("reported", REPORTED, default="period")),
        deflator=keys.text("deflator"),
    )
    if item.reported == "to_date" and (item.kind != "flow" or item.over_time != "sum"):
        zh, en = "累计上报只用于按时间相加的流量", "only a flow that adds up has a sum to date"
        keys.fault("reported", zh, "to_date", en)
    if item.over_time == "sum" and item.kind in ("stock", "average"):
        zh, en = "存量和平均数不能按时间相加", "stocks and averages do not add up over time"
        keys.fault("over_time", zh, "sum", en)
    for key, unit in [("unit", item.unit), *(("entry_units", unit) for unit in item.entry_units)]:
        if unit and not units.is_unit(unit):
            keys.fault(key, "计量单位", f"“{unit}”", "a unit of measure")
        elif key == "entry_units" and not units.same_dimension(unit, item.unit):
            keys.fault(key, f"可换算为 {item.unit} 的单位", f"“{unit}”", f"a unit of {item.unit}")
    return item
