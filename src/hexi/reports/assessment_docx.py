"""The bulletin of an assessment in Word (考核通报): ranking, groups, who rose and fell, how sure.

Every sentence is made of the run's figures. What the scheme's source does not publish and this
system assumes is said before anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import numpy as np
from docx.document import Document
from docx.table import Table

from hexi.assessment.certainty import Certainty
from hexi.assessment.outcomes.nouns import STATES
from hexi.assessment.outcomes.proposing import Proposals
from hexi.assessment.result import Result
from hexi.assessment.scheme.nouns import Named
from hexi.reports.assessment_layout import Language
from hexi.reports.official_numbering import numeral
from hexi.reports.official_page import (
    add_row,
    date_line,
    heading,
    new_page,
    paragraph,
    save,
    table,
    title,
)
from hexi.reports.word_chart import ChartLine, add_chart

__all__ = ["render"]

_WIDE = 156.0
_BANDS = 8
_MOVERS = 5
_PAIRS = 12


def render(
    result: Result,
    *,
    last: Result | None = None,
    certainty: Certainty | None = None,
    proposals: Sequence[Proposals] = (),
    notices: Sequence[Named] = (),
    language: Language = "zh",
    at: datetime | None = None,
) -> bytes:
    """The bulletin as docx in one language; parts without their figures are left out.

    ``proposals``: of every set of rules that is in force; ``notices``: what the reader must know
    first, such as that the result corrects an earlier one."""
    return _Bulletin(result, last, certainty, proposals, language).write(at, notices)


class _Bulletin:
    def __init__(
        self,
        result: Result,
        last: Result | None,
        certainty: Certainty | None,
        proposals: Sequence[Proposals],
        language: Language,
    ) -> None:
        self.result, self.last, self.certainty = result, last, certainty
        self.proposals, self.language = proposals, language
        self.names = dict(zip(result.matrix.units, result.matrix.names, strict=True))
        # the best first, the unrated after the last
        unrated = len(result.ranks) + 1
        self.order = np.argsort(np.where(result.ranks > 0, result.ranks, unrated), kind="stable")
        self.digits = result.scheme.decimals
        self._number = 0
        name = self._of(result.scheme.title)
        year = result.year
        self.subject = self._words(f"{year}年度{name}结果通报", f"{name}: results for {year}")
        self.page: Document = new_page(self.subject)

    def write(self, at: datetime | None, notices: Sequence[Named] = ()) -> bytes:
        title(self.page, self.subject)
        source = self.result.scheme.source
        issued = " ".join(part for part in (source.title, source.number) if part)
        day = f"　{at.year}年{at.month}月{at.day}日" if at else ""
        day_en = f" · {at.date().isoformat()}" if at else ""
        date_line(self.page, self._words(f"依据：{issued}{day}", f"Source: {issued}{day_en}"))
        for one in notices:
            self._say(one.zh, one.en)
        self._assumed()
        self._overall()
        self._ranking()
        self._groups()
        if self.last is not None:
            self._movement(self.last)
        if self.certainty is not None:
            self._how_sure(self.certainty)
        if self.proposals:
            self._outcomes(self.proposals)
        self._notes()
        return save(self.page, at)

    # --- words -----------------------------------------------------------------------------------

    def _words(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh

    def _of(self, name: Named) -> str:
        return self._words(name.zh, name.en)

    def _figure(self, value: float) -> str:
        return "—" if np.isnan(value) else f"{value:.{min(self.digits, 2)}f}"

    def _head(self, zh: str, en: str) -> None:
        self._number += 1
        heading(self.page, self._words(f"{numeral(self._number)}、{zh}", f"{self._number}. {en}"))

    def _say(self, zh: str, en: str) -> None:
        paragraph(self.page, self._words(zh, en))

    def _rows(self, heads: Sequence[tuple[str, str]], widths: Sequence[float]) -> Table:
        whole = sum(widths)
        return table(
            self.page,
            [_WIDE * wide / whole for wide in widths],
            [self._words(*head) for head in heads],
        )

    # --- parts -----------------------------------------------------------------------------------

    def _assumed(self) -> None:
        scheme = self.result.scheme
        for zh, en in zip(scheme.assumed, scheme.assumed_en, strict=True):
            self._say(f"【本系统假定】{zh}。", f"[Assumption of this system] {en}.")

    def _overall(self) -> None:
        result = self.result
        scores = result.scores[result.rated]
        units, rated = len(result.matrix.units), int(result.rated.sum())
        self._head("总体情况", "Overview")
        mean, median = self._figure(float(scores.mean())), self._figure(float(np.median(scores)))
        high, low = self._figure(float(scores.max())), self._figure(float(scores.min()))
        left_out = units - rated
        self._say(
            f"本次共考核{units}个主体，评定{rated}个"
            + (f"，不予评定{left_out}个" if left_out else "")
            + f"。平均得分{mean}分，最高{high}分，最低{low}分，中位数{median}分。",
            f"{units} units were assessed and {rated} rated"
            + (f", {left_out} not rated" if left_out else "")
            + f". Mean score {mean}, highest {high}, lowest {low}, median {median}.",
        )
        if rated > _BANDS:
            counts, edges = np.histogram(scores, bins=_BANDS)
            bands = [f"{low:.1f}–{high:.1f}" for low, high in pairwise(edges)]
            said = self._words("得分分布（主体个数）", "Distribution of scores (units)")
            line = ChartLine(said, tuple(float(count) for count in counts), "count")
            add_chart(self.page, "bar", bands, [line], described=said)
            self._caption(said)

    def _ranking(self) -> None:
        result = self.result
        self._head("名次", "Ranking")
        heads = [("名次", "Rank"), ("名称", "Name"), ("得分", "Score")]
        widths = [17.0, 44.0, 20.0]
        for one in result.scheme.groupings:
            heads.append((f"{one.name.zh}（名次）", f"{one.name.en} (rank)"))
            widths.append(34.0)
        if result.scheme.grades:
            heads.append(("等次", "Grade"))
            widths.append(18.0)
        if self.last is not None:
            heads.append(("较上年", "Change"))
            widths.append(22.0)
        if self.certainty is not None:
            heads.append(("名次区间", "Rank interval"))
            widths.append(24.0)
        grid = self._rows(heads, widths)
        for row in self.order.tolist():
            rank = int(result.ranks[row])
            cells = [str(rank) if rank else "—", result.matrix.names[row]]
            cells.append(self._figure(float(result.scores[row])))
            for one in result.scheme.groupings:
                inside = int(result.class_ranks[one.attribute][row])
                name = result.matrix.classes(one.attribute)[row]
                cells.append(f"{name}（{inside}）" if inside else name)
            if result.scheme.grades:
                cells.append(result.grades[row] or "—")
            if self.last is not None:
                cells.append(self._change(row, self.last))
            if self.certainty is not None:
                low, high = int(self.certainty.low[row]), int(self.certainty.high[row])
                cells.append(f"{low}–{high}" if low else "—")
            add_row(grid, *cells)

    def _change(self, row: int, last: Result) -> str:
        unit = self.result.matrix.units[row]
        if unit not in last.matrix.units:
            return self._words("新", "new")
        before, now = int(last.ranks[last.place(unit)]), int(self.result.ranks[row])
        if not before or not now:
            return "—"
        moved = before - now
        return f"↑{moved}" if moved > 0 else f"↓{-moved}" if moved < 0 else "="

    def _groups(self) -> None:
        result = self.result
        inner = [group for group in result.scheme.groups() if group.id != result.scheme.root.id]
        if not inner:
            return
        self._head("分组得分", "Scores by group")
        heads = [("指标组", "Group"), ("平均", "Mean"), ("最高", "Highest"), ("最低", "Lowest"),
                 ("最高者", "Best")]  # fmt: skip
        grid = self._rows(heads, [46.0, 20.0, 24.0, 22.0, 44.0])
        for group in inner:
            column = result.groups[:, result.nodes.index(group.id)]
            known = np.where(result.rated, column, np.nan)
            if np.isnan(known).all():
                continue
            best = int(np.nanargmax(known))
            add_row(
                grid,
                self._of(group.name),
                *(self._figure(float(f(known))) for f in (np.nanmean, np.nanmax, np.nanmin)),
                result.matrix.names[best],
            )

    def _movement(self, last: Result) -> None:
        moved = []
        for row, unit in enumerate(self.result.matrix.units):
            if unit in last.matrix.units:
                before, now = int(last.ranks[last.place(unit)]), int(self.result.ranks[row])
                if before and now:
                    moved.append((before - now, before, now, self.names[unit]))
        if not moved:
            return
        self._head("升降情况", "Who rose and fell")
        rose = sorted((one for one in moved if one[0] > 0), key=lambda one: (-one[0], one[2]))
        fell = sorted((one for one in moved if one[0] < 0), key=lambda one: (one[0], one[2]))
        self._say(
            f"与上年相比，{len(rose)}个上升，{len(fell)}个下降，"
            f"{len(moved) - len(rose) - len(fell)}个不变。",
            f"Against the year before, {len(rose)} rose, {len(fell)} fell and"
            f" {len(moved) - len(rose) - len(fell)} kept their rank.",
        )
        for zh, en, sign, listed in (
            ("上升最多", "Rose most", "↑", rose),
            ("下降最多", "Fell most", "↓", fell),
        ):
            named = [f"{name}（{sign}{abs(by)}，{a}→{b}）" for by, a, b, name in listed[:_MOVERS]]
            named_en = [f"{name} ({sign}{abs(by)}, {a}→{b})" for by, a, b, name in listed[:_MOVERS]]
            if named:
                self._say(f"{zh}：{'、'.join(named)}。", f"{en}: {', '.join(named_en)}.")

    def _how_sure(self, certainty: Certainty) -> None:
        self._head("名次的可信程度", "How sure the ranking is")
        draws = len(certainty.changed())
        width = (certainty.high - certainty.low)[certainty.rank > 0]
        self._say(
            f"在{draws}次模拟中改变权重、评分和合成方法等选择，名次的中间90%落在“名次区间”内；"
            f"区间宽度的中位数为{float(np.median(width)):.0f}位。区间重叠的主体，先后不宜作为奖惩的唯一依据。",
            f"In {draws} simulated runs the weights, scoring, adding up and other choices vary;"
            " nine tenths of the ranks lie in the interval given. The median interval spans"
            f" {float(np.median(width)):.0f} places. Where intervals overlap, order alone should"
            " not decide on rewards or penalties.",
        )
        close = [pair for pair in certainty.pairs if not pair.told_apart]
        if certainty.pairs:
            self._say(
                f"相邻名次{len(certainty.pairs)}对，其中{len(close)}对不能可靠地分出先后。",
                f"Of {len(certainty.pairs)} neighbouring pairs {len(close)} cannot be told apart.",
            )
        between = self._words("、", " and ")
        named = [
            f"{self.names[one.ahead]}{between}{self.names[one.behind]}" for one in close[:_PAIRS]
        ]
        if named:
            more = len(close) - len(named)
            tail = self._words(f"等{len(close)}对" if more else "", " and others" if more else "")
            said = self._words("；", "; ").join(named)
            self._say(f"不能分出先后的如：{said}{tail}。", f"Not told apart: {said}{tail}.")
        risky = np.flatnonzero(certainty.p_bottom >= 0.05)
        risky = risky[np.argsort(-certainty.p_bottom[risky], kind="stable")]
        if risky.size:
            k = certainty.bottom
            heads = [("名称", "Name"), ("名次", "Rank"), (f"列后{k}位的可能", f"Chance, last {k}")]
            grid = self._rows(heads, [70.0, 30.0, 56.0])
            for row in risky.tolist():
                name, rank = self.result.matrix.names[row], int(self.result.ranks[row])
                add_row(grid, name, str(rank), f"{certainty.p_bottom[row]:.0%}")

    def _outcomes(self, every: Sequence[Proposals]) -> None:
        """Every text that is in force, each by its name, with what it proposes."""
        self._head("动态管理建议", "What follows: proposals")
        for some in every:
            rules = some.rules
            number = f"（{rules.source.number}）" if rules.source.number else ""
            self._say(f"依据{rules.title.zh}{number}：", f"By {rules.title.en}{number}:")
            assumed = Named(rules.source.assumed, rules.source.assumed_en)
            if assumed.zh:
                self._say(
                    f"【本系统假定】{assumed.zh}。", f"[Assumption of this system] {assumed.en}."
                )
            if not some.proposals:
                self._say("没有主体符合条件。", "No rule fires for anybody.")
            for one in some.proposals:
                state = STATES[one.state]
                self._say(f"（{state.zh}）{one.text.zh}", f"({state.en}) {one.text.en}")
                if one.withheld is not None:
                    self._say(f"暂不提出：{one.withheld.zh}。", f"Withheld: {one.withheld.en}.")
            for unmet in some.unmet:
                said = [fact.text for fact in unmet.facts]
                self._say(
                    f"{unmet.name}名次符合“{unmet.rule.title.zh}”，"
                    f"条件不符，未提出：{'、'.join(one.zh for one in said)}。",
                    f"{unmet.name} reaches the rank of “{unmet.rule.title.en}”; not proposed,"
                    f" a condition is not met: {', '.join(one.en for one in said)}.",
                )

    def _notes(self) -> None:
        self._head("说明", "Notes")
        matrix, number = self.result.matrix, 0
        given = {one.unit for one in self.result.points}
        lines = [
            (f"加减分和否决事项涉及{len(given)}个主体。",
             f"Bonus, penalty or veto concern {len(given)} units.") if given else ("", ""),
            (f"数据校验码{matrix.digest()}；同一数据再算，结果相同。",
             f"Checksum of the data {matrix.digest()}; the same data give the same result."),
        ]  # fmt: skip
        counted: dict[str, list[tuple[str, str]]] = {}
        for remark in self.result.remarks:
            counted.setdefault(remark.code, []).append((remark.text, remark.text_en))
        for found in counted.values():
            zh, en = found[0]
            many = len(found) > 1
            lines.append(
                (f"{zh}{f'（此类共{len(found)}处）' if many else ''}。",
                 f"{en}{f' ({len(found)} of this kind)' if many else ''}.")
            )  # fmt: skip
        for zh, en in lines:
            if zh:
                number += 1
                self._say(f"{number}. {zh}", f"{number}. {en}")

    def _caption(self, text: str) -> None:
        date_line(self.page, text)
