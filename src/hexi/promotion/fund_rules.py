"""Reading the rules that leave vouchers out (装载到位资金不计入规则) from a pack."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from hexi.catalogue.faults import Fault
from hexi.catalogue.toml_keys import Keys
from hexi.catalogue.toml_lines import TomlFile
from hexi.promotion.dated_tables import fresh, read_tables, span_of
from hexi.promotion.funds import Exclusion

__all__ = ["load_fund_rules"]

_FIELDS: Final = ("kind", "origin", "industry", "payer_city", "project_city")


def _load(root: Path) -> tuple[Exclusion, ...]:
    return read_tables(root, "funds.toml", _read) or ()


def _read(toml: TomlFile, faults: list[Fault]) -> tuple[Exclusion, ...]:
    return tuple(_rule(keys) for keys in Keys.each(toml, "rule", faults))


def _rule(keys: Keys) -> Exclusion:
    span = span_of(keys)
    same = keys.texts("same")
    field = "" if same else keys.choice("field", _FIELDS)
    values, prefixes = keys.texts("values"), keys.texts("prefixes")
    if same and (len(same) != 2 or not set(same) <= set(_FIELDS)):
        keys.fault("same", "两个列名", repr(list(same)), "the names of two columns")
    if not same and not values and not prefixes:
        keys.fault("values", "values 或 prefixes", "两者皆无", "values or prefixes")
    made = Exclusion(
        keys.text("id", required=True),
        int(span.since.strftime("%Y%m%d")),
        int(span.until.strftime("%Y%m%d")) if span.until else 0,
        keys.text("name", required=True),
        keys.text("name_en", required=True),
        field,
        values,
        prefixes,
        same,
        keys.text("source", required=True),
        keys.text("note"),
        keys.text("note_en"),
    )
    keys.done()
    return made


#: the rules of a pack in order, read again when its folder changes; `PackError` names every fault
load_fund_rules = fresh(_load)
