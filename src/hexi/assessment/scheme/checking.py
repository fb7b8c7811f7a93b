"""What makes a scheme sound (办法核对): weights that add up, indicators that exist, one a year."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from hexi.assessment.scheme.nouns import Group, Item, Scheme
from hexi.catalogue.faults import Fault
from hexi.catalogue.lookup import Catalogue
from hexi.catalogue.toml_lines import TomlFile

__all__ = ["check_scheme", "check_together", "classes_of", "weight_faults"]


#: notes a fault: node, key, expected, found, expected in English
_Note = Callable[[str, str, str, str, str], None]


def classes_of(scheme: Scheme) -> tuple[str, ...]:
    """Classes of units that have weights of their own anywhere in the tree, first named first."""
    members = [member for group in scheme.groups() for member in group.members]
    return tuple(dict.fromkeys(name for member in members for name in member.by_class))


def weight_faults(scheme: Scheme) -> Iterator[tuple[Group, str, float]]:
    """Groups whose members do not add to what they must: group, class (empty: all), their sum."""
    names = classes_of(scheme) or ("",)
    for group in scheme.groups():
        if group.weighting != "given":
            continue
        sums = {
            name: math.fsum(member.by_class.get(name, member.weight) for member in group.members)
            for name in names
        }
        alike = len(set(sums.values())) == 1
        for name, found in sums.items():
            wrong = not found > 0 if group.total is None else abs(found - group.total) > 1e-6
            if wrong:
                yield group, "" if alike else name, found
                if alike:
                    break


def check_scheme(scheme: Scheme, toml: TomlFile, catalogue: Catalogue) -> list[Fault]:
    """Faults of one scheme that was read from a file."""
    faults: list[Fault] = []
    lines = _Lines(toml)

    def fault(node: str, key: str, expected: str, found: str, expected_en: str) -> None:
        line, place = lines.of(node, key)
        faults.append(Fault(toml.file, line, place, expected, found, expected_en))

    for group, name, found in weight_faults(scheme):
        who = f"（{name}）" if name else ""
        wanted = "大于零" if group.total is None else f"{group.total:g}"
        wanted_en = "more than zero" if group.total is None else f"{group.total:g}"
        fault(
            group.id, "total",
            f"“{group.name.zh}”所属权重{who}合计{wanted}",
            f"{found:g}",
            f"weights inside “{group.name.en}”{f' ({name})' if name else ''} that add to "
            f"{wanted_en}",
        )  # fmt: skip
    names = set(classes_of(scheme))
    if names and not scheme.class_by:
        fault(
            scheme.id, "class_by", "按类设权重时写明按何属性分类", "缺少此键",
            "the attribute that chooses among weights by class",
        )  # fmt: skip
    for group in scheme.groups():
        _check_group(group, fault)
        for member in group.members:
            missing = names - set(member.by_class)
            if member.by_class and missing:
                fault(
                    member.id, "weights", "各类都有权重", "缺少" + "、".join(sorted(missing)),
                    "a weight for every class",
                )  # fmt: skip
    for item in scheme.items():
        _check_item(item, scheme, catalogue, fault)
    ids = [*(one.id for one in scheme.points), *(one.id for one in scheme.vetoes)]
    for one in dict.fromkeys(one for one in ids if ids.count(one) > 1):
        fault(one, "id", "不重复的 id", f"“{one}”", "an id of its own")
    return faults


def _check_group(group: Group, fault: _Note) -> None:
    size = len(group.members)
    if not size:
        fault(group.id, "id", "至少有一个指标或下级组的组", "空组", "a group with members")
    if group.weighting == "ahp":
        rows = group.judgements
        square = len(rows) == size and all(len(row) == size for row in rows)
        if not square or any(
            not rows[i][j] > 0 or abs(rows[i][j] * rows[j][i] - 1) > 0.02
            for i in range(size)
            for j in range(size)
        ):
            fault(
                group.id, "judgements", f"{size}×{size}的互反判断矩阵", f"{len(rows)}行",
                f"a reciprocal matrix of {size} by {size}",
            )  # fmt: skip
    least, most = group.bounds
    if not 0 <= least <= 1 <= most:
        fault(
            group.id, "bounds", "下限不大于1、上限不小于1的倍数", f"{least:g}、{most:g}",
            "multiples, the least at most 1 and the most at least 1",
        )  # fmt: skip


def _check_item(item: Item, scheme: Scheme, catalogue: Catalogue, fault: _Note) -> None:
    if item.indicator:
        known = catalogue.indicator(item.indicator)
        if known is None:
            fault(
                item.id, "indicator", "指标目录中的 id", f"“{item.indicator}”",
                "id of an indicator of the catalogue",
            )  # fmt: skip
        elif not item.per and item.unit not in (known.unit, *known.alt_units):
            units = "、".join((known.unit, *known.alt_units))
            fault(
                item.id, "unit", f"指标目录中“{known.name}”的单位：{units}", f"“{item.unit}”",
                f"a unit of the indicator: {units}",
            )  # fmt: skip
    others = {other.id for other in scheme.items()}
    if item.per and item.per not in others and catalogue.indicator(item.per) is None:
        fault(
            item.id, "per", "本办法或指标目录中的 id", f"“{item.per}”",
            "id of an item or an indicator",
        )  # fmt: skip


def check_together(read: Sequence[tuple[TomlFile, Scheme]]) -> list[Fault]:
    """Versions of one scheme have names of their own and do not assess the same year twice."""
    faults: list[Fault] = []
    for number, (toml, scheme) in enumerate(read):
        for _, other in read[:number]:
            if scheme.id != other.id:
                continue
            if scheme.version == other.version:
                line = toml.line("scheme", "version")
                faults.append(
                    Fault(
                        toml.file, line, "scheme.version", "不重复的版本", f"“{scheme.version}”",
                        "a version of its own",
                    )
                )  # fmt: skip
            first = max(scheme.since, other.since)
            last = min(scheme.until or 9999, other.until or 9999)
            if first <= last:
                line = toml.line("scheme", "since")
                years = f"{first}—" if last == 9999 else f"{first}—{last}"
                faults.append(
                    Fault(
                        toml.file, line, "scheme.since", "每年只有一个版本施行",
                        f"{years}（{other.version}）", "one version in force a year",
                    )
                )  # fmt: skip
    return faults


class _Lines:
    """Where the table of a node stands in its file."""

    def __init__(self, toml: TomlFile) -> None:
        self._toml = toml
        self._at: dict[str, tuple[str, int]] = {}
        for table in ("group", "item", "points", "veto"):
            for index, values in enumerate(toml.values.get(table, [])):
                self._at[values.get("id", "")] = (table, index)

    def of(self, node: str, key: str) -> tuple[int, str]:
        """Line and dotted key; the head of the scheme for its root."""
        path: tuple[str | int, ...] = (*self._at.get(node, ("scheme",)), key)
        return self._toml.line(*path), ".".join(str(step) for step in path)
