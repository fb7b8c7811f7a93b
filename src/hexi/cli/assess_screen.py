"""What ``hexi assess`` shows on a screen (考核结果的终端显示): ranking, explanation, risks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hexi.assessment.certainty import Certainty
from hexi.assessment.explanation import explain, say
from hexi.assessment.outcomes import AT_RISK, GRAVE, STATES, Chance
from hexi.assessment.result import Remark, Result
from hexi.assessment.scheme.nouns import Named
from hexi.cli.language import Words
from hexi.cli.screen import Column, render_table, screen_width

__all__ = ["explained_lines", "ranking_lines", "risk_lines"]


def explained_lines(result: Result, last: Result | None, unit: str, words: Words) -> list[str]:
    """Why one unit stands where it stands."""
    said = say(explain(result, unit, last=last), result)
    return [words(one.zh, one.en) for one in said]


def ranking_lines(
    result: Result, last: Result | None, certainty: Certainty | None, words: Words
) -> list[str]:
    """The ranking, with the interval of a simulation and the assumptions under it."""
    scheme = result.scheme
    columns = [
        Column(words("名次", "rank"), right=True),
        Column(words("名称", "name")),
        Column(words("得分", "score"), right=True),
    ]
    columns += [Column(words(one.name.zh, one.name.en)) for one in scheme.groupings]
    if scheme.grades:
        columns.append(Column(words("等次", "grade")))
    if last is not None:
        columns.append(Column(words("上年", "last"), right=True))
    if certainty is not None:
        columns.append(Column(words("名次区间", "interval"), right=True))
        columns.append(Column(words(f"后{certainty.bottom}位", f"last {certainty.bottom}"), True))
    unrated = len(result.ranks) + 1
    order = np.argsort(np.where(result.ranks > 0, result.ranks, unrated), kind="stable")
    rows = [_row(result, row, last, certainty, words) for row in order.tolist()]
    lines = render_table(columns, rows, screen_width())
    lines += [
        words(f"本系统假定：{zh}。", f"Assumption of this system: {en}.")
        for zh, en in zip(scheme.assumed, scheme.assumed_en, strict=True)
    ]
    return lines + _remark_lines(result, words)


def _remark_lines(result: Result, words: Words) -> list[str]:
    """What was put in, cut, the same for all or not rated: the first of a kind, and how many."""
    kinds: dict[str, list[Remark]] = {}
    for one in result.remarks:
        kinds.setdefault(one.code, []).append(one)
    units = dict(zip(result.matrix.units, result.matrix.names, strict=True))
    items = {one.id: one.name for one in result.scheme.items()}
    lines = []
    for found in kinds.values():
        one, more = found[0], len(found) - 1
        item = items.get(one.item, Named(one.item, one.item))
        zh = " · ".join(filter(None, (units.get(one.unit, ""), item.zh)))
        en = " · ".join(filter(None, (units.get(one.unit, ""), item.en)))
        lines.append(
            words(
                f"说明：{zh}{'：' if zh else ''}{one.text}"
                + (f"（另有{more}处）。" if more else "。"),
                f"Note: {en}{': ' if en else ''}{one.text_en}"
                + (f" ({more} more of this kind)." if more else "."),
            )
        )
    return lines


def risk_lines(coming: Sequence[Chance], words: Words) -> list[str]:
    """The chance that a rule fires next year, where it is worth a line."""
    return [
        words(
            f"来年{STATES[one.state].zh}（{one.rule.title.zh}）的可能：{one.name} {one.p:.0%}",
            f"chance of “{one.rule.title.en}” next year ({STATES[one.state].en}):"
            f" {one.name} {one.p:.0%}",
        )
        for one in coming
        if one.p >= AT_RISK and one.state in GRAVE
    ]


def _row(
    result: Result, row: int, last: Result | None, certainty: Certainty | None, words: Words
) -> list[str]:
    rank, score = int(result.ranks[row]), float(result.scores[row])
    cells = [str(rank) if rank else "—", result.matrix.names[row]]
    cells.append("—" if np.isnan(score) else f"{score:.{result.scheme.decimals}f}")
    for one in result.scheme.groupings:
        inside = int(result.class_ranks[one.attribute][row])
        called = result.scheme.class_name(result.matrix.classes(one.attribute)[row])
        name = words(called.zh, called.en)
        cells.append(f"{name} {inside}" if inside else name)
    if result.scheme.grades:
        grade = next((n for n, _ in result.scheme.grades if n.zh == result.grades[row]), None)
        cells.append(words(grade.zh, grade.en) if grade else "—")
    if last is not None:
        unit = result.matrix.units[row]
        before = int(last.ranks[last.place(unit)]) if unit in last.matrix.units else 0
        cells.append(str(before) if before else "—")
    if certainty is not None:
        low, high = int(certainty.low[row]), int(certainty.high[row])
        cells.append(f"{low}–{high}" if low else "—")
        cells.append(f"{certainty.p_bottom[row]:.0%}" if low else "—")
    return cells
