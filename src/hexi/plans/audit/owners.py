"""One value given to two owners (一值两主, T2): a zone and its park, a part and its whole.

A figure measured in one park and printed in the zone's table, or the area of a park printed for
the port inside it, is a slip that no sum shows. Only figures with many digits are held to be
telling, and only owners that the plan itself sets apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from hexi.plans.audit.arithmetic import brief, with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Finding, Verdict
from hexi.plans.audit.gather import Figure, is_ratio_unit

__all__ = ["check_values_of_two_owners"]

#: output to value added: three to five in industry, higher in trade, ten is beyond both
_OUTPUT_TIMES = 10


def check_values_of_two_owners(docket: Docket) -> Iterator[Finding]:
    """T2 for intensities of a park in the zone's name, and wholes in a part's name."""
    yield from _zone_and_park(docket)
    yield from _part_and_whole(docket)
    yield from _output_and_value_added(docket)


def _zone_and_park(docket: Docket) -> Iterator[Finding]:
    telling = [f for f in docket.book.figures if _is_telling(f)] if docket.families else []
    for family in docket.families:
        owners_of = {family.zone, *family.parks}
        values: dict[tuple[object, object], list[Figure]] = {}
        for figure in telling:
            if figure.source == family.source and figure.owner in owners_of:
                values.setdefault((figure.exact, figure.dimension), []).append(figure)
        for found in values.values():
            owners = {f.owner: f for f in found}
            zone = owners.pop(family.zone, None)
            if zone is not None and owners:
                yield _line(next(iter(owners.values())), zone, "园区", "全区")


def _is_telling(figure: Figure) -> bool:
    """A measured intensity with four significant digits."""
    return (
        figure.measure == "level"
        and figure.modality == "actual"
        and len(figure.printed.replace(".", "").strip("0")) >= 4
        and is_ratio_unit(figure)
    )


def _part_and_whole(docket: Docket) -> Iterator[Finding]:
    """73 = 67.5 (港务区) + 5.5: 港务区 may not be given 73 elsewhere."""
    values: dict[tuple[int, object, object], list[Figure]] = {}
    for figure in docket.book.figures:
        if figure.measure == "level":
            key = (figure.source, figure.exact, figure.dimension)
            values.setdefault(key, []).append(figure)
    for relation in docket.relations:
        if len(relation.parts) < 2 or relation.total != relation.whole.exact:
            continue
        whole = relation.whole
        if whole.measure != "level":
            continue
        for part in relation.parts:
            if part.owner == whole.owner or part.exact == whole.exact:
                continue
            for figure in values.get((part.source, whole.exact, whole.dimension), ())[:40]:
                if figure.index != whole.index and _is_of(figure, part.owner):
                    yield _line(figure, whole, part.owner, whole.owner)
                    break


def _output_and_value_added(docket: Docket) -> Iterator[Finding]:
    """S2: the output of a part beside the value added of the whole it lies in.

    Output contains what was bought from others, so it may exceed value added, but hardly tenfold.
    """
    book = docket.book
    inside: dict[tuple[int, str], str] = {}
    for relation in docket.relations:
        for part in relation.parts:
            if part.owner != relation.whole.owner:
                inside.setdefault((part.source, part.owner), relation.whole.owner)
    for (source, owner), around in inside.items():
        series = book.series.get((source, owner, "产值"))
        for output in series.of("level") if series is not None else ():
            if output.year is None:
                continue
            added = book.level(source, around, "生产总值", output.year, output.modality)
            if added is None or added.dimension != output.dimension:
                continue
            if output.exact > added.exact * _OUTPUT_TIMES:
                yield _output_line(output, added, around)
            break


def _output_line(output: Figure, added: Figure, around: str) -> Finding:
    share = brief(added.exact / output.exact * 100, 2)
    return check_line(
        "S2",
        "plausibility",
        Verdict.SUSPECT,
        output.statement.indicator,
        (output, added),
        f"{with_unit(added)} ÷ {with_unit(output)} = {share}%",
        f"≤ {brief(added.exact * _OUTPUT_TIMES / output.factor)} {output.unit_name}",
        title=(
            f"{output.owner}产值 {with_unit(output)}，而其所在的{around}地区生产总值仅 "
            f"{with_unit(added)}",
            f"the output of {output.owner}, {with_unit(output)}, beside the value added of "
            f"{around}, {with_unit(added)}",
        ),
    )


def _is_of(figure: Figure, owner: str) -> bool:
    """The figure is of the owner, or stands in the owner's own section."""
    return (
        figure.owner == owner
        or (bool(figure.statement.section) and owner in figure.statement.section[-2:])
        or any(owner == heading for heading in figure.statement.section)
    )


def _line(first: Figure, other: Figure, owner: str, whole: str) -> Finding:
    value = with_unit(other)
    names = f"{first.statement.indicator}、{other.statement.indicator}"
    return check_line(
        "T2",
        "passages",
        Verdict.SUSPECT,
        names,
        (first, other),
        f"{with_unit(first)} = {value}",
        title=(
            f"同一数值 {value} 归于两个主体：{first.statement.subject or owner}、"
            f"{other.statement.subject or whole}",
            f"one value, {value}, for two owners: {first.statement.subject or owner} and "
            f"{other.statement.subject or whole}",
        ),
    )
