"""Timing (时间归属): which figures of a sentence a time rules, and for how long."""

from __future__ import annotations

import re

from hexi.plans.statements.names import ends_with, strip_lead
from hexi.plans.statements.terms import Terms
from hexi.plans.statements.times import Moment
from hexi.plans.statements.tokens import Token

__all__ = ["Timing"]

#: 签约的, 新入库的
_ATTRIBUTE = re.compile(r"[^，,。；;、]{2,8}的")
_FOUNDED = re.compile(
    r"\s*(?:\d{1,2}月)?(?:正式|经[^，。]{2,12}|被[^，。]{2,12})?(?:获批|批准|批复|成立|设立|组建|始建|建区|创建|建园|挂牌|升格|升级|晋升|认定|列为|列入|更名|启动建设|开工建设|动工)"
)
_SOME_YEARS = re.compile(r"[两三四五六七八九十\d]年")


class Timing(Terms):
    """A time rules its figure, its clause, its sentence, or what the paragraph says next."""

    def _time(self, index: int, token: Token) -> None:
        """A time rules the rest of the sentence, unless it belongs to one figure (由2018年的…)."""
        if index and self.tokens[index - 1].kind in "OU":
            self.local = token.moment
            return
        if index + 1 < len(self.tokens) and self.tokens[index + 1].kind == "F" and index:
            self.local = token.moment
            return
        if index and self.tokens[index - 1].text.endswith("自"):
            since = self.tokens[index - 1].text.removesuffix("自")
            if ends_with("body", since) or ends_with("place", since):
                self._subject(strip_lead(since), "sentence")
            return
        following = self.tokens[index + 1 : index + 2]
        if following and following[0].kind == "N" and following[0].text.startswith("以来"):
            return
        if self._is_compared_with(index, token):
            return
        if following and self._qualifies(index):
            self.local = token.moment
            return
        if following and self._founded(index):
            return
        memory, moment = self.memory, self._in_horizon(token)
        first = index == self.clause
        if not first and not self._figure_follows(index):
            return
        if moment is not None and moment.is_span and self.readings and self._growth_follows(index):
            self.clause_moment = moment
            return
        if moment is not None and _SOME_YEARS.match(token.text) and self._inside(index):
            self.clause_moment = moment
            return
        if self.classed and memory.moment is None and not first:
            # 引领型12个，强度到2025年达到4%；: the year is of its item
            self.around = (None, "")
        if token.text.startswith("年"):
            # 年末共有企业…；全年完成…: the end of the year is of its item
            self.around = (memory.moment, memory.moment_from)
        if _SOME_YEARS.match(token.text) and self._opens_item(index):
            self.around = (memory.moment, memory.moment_from)
        if memory.moment is not None and memory.moment.is_span:
            self.span_said = memory.moment
        memory.moment, memory.moment_from = moment, "sentence"
        self.cumulative = False
        if moment is not None and moment.way != "asof" and self.frame.is_anchor(moment):
            memory.anchor = moment if self._rules_on(index, moment) else memory.anchor

    def _is_compared_with(self, index: int, token: Token) -> bool:
        """是前五年的1.9倍, 相当于2018年的1.6倍: what a multiple is of is no time of its figure."""
        before, following = self.tokens[max(0, index - 1)], self.tokens[index + 1 : index + 3]
        figures = [t for t in following if t.figure is not None]
        if before.kind not in "VB" or not figures or figures[0].figure is None:
            return False
        if figures[0].figure.kind != "multiple":
            return False
        self.base = token.moment
        return self.text[token.end : token.end + 1] == "的"

    def _qualifies(self, index: int) -> bool:
        """去年签约的112个项目: the time is part of what is counted and rules that figure only."""
        following = self.tokens[index + 1 : index + 3]
        return (
            len(following) == 2
            and following[0].kind == "N"
            and following[1].kind == "F"
            and bool(_ATTRIBUTE.fullmatch(following[0].text))
        )

    def _founded(self, index: int) -> bool:
        """2010年获批省级开发区，…: when a body was founded is no time of what is told of it."""
        if not _FOUNDED.match(self.tokens[index + 1].text):
            return False
        for token in self.tokens[index + 1 :]:
            if token.kind == "F":
                return False
            if token.kind in ",;":
                return True
        return False

    def _inside(self, index: int) -> bool:
        """，五年新增64户，: a span of years before a verb, amid a sentence, rules that clause."""
        following = self.tokens[index + 1 : index + 2]
        before = self.tokens[index - 1].kind if index else ""
        return (
            before == "," and bool(self.readings) and bool(following) and following[0].kind != ","
        )

    def _opens_item(self, index: int) -> bool:
        """；五年累计利用外资230亿美元；: a span before a verb rules its item of a list."""
        following = self.tokens[index + 1 : index + 2]
        before = self.tokens[index - 1].kind if index else ""
        return before == ";" and bool(following) and following[0].kind != ","

    def _rules_on(self, index: int, moment: Moment) -> bool:
        """五年累计利用外资45亿美元 amid a sentence is of that flow, not of what follows."""
        following = self.tokens[index + 1 : index + 2]
        comma = bool(following) and following[0].kind == ","
        if moment.is_span and _SOME_YEARS.match(self.tokens[index].text):
            # 五年累计完成投资900亿元。 says nothing of the next item of a list
            return comma
        return index == 0 or comma or not moment.is_span

    def _in_horizon(self, token: Token) -> Moment | None:
        """五年累计 among aims is the plan's own five years, not those before it."""
        horizon, moment = self.frame.horizon, token.moment
        if horizon is None or moment is None or not _SOME_YEARS.match(token.text):
            return moment
        forward = self.section.purpose in ("aims", "tasks") or (
            self.memory.anchor is not None and self.memory.anchor.last >= horizon[0]
        )
        length = horizon[1] - horizon[0]
        return (
            Moment(*horizon, "span") if forward and moment.last - moment.first == length else moment
        )

    def _figure_follows(self, index: int) -> bool:
        """A time after the last figure of its clause is an aside (低于过去10年平均水平)."""
        for token in self.tokens[index + 1 :]:
            if token.kind == "F":
                return True
            if token.kind in ",;":
                return token.start == self.tokens[self.clause].start or not self.readings
        return not self.readings

    def _growth_follows(self, index: int) -> bool:
        """“十二五”期间年均增长12%: the span belongs to the rate, not to the sentence."""
        for token in self.tokens[index + 1 :]:
            if token.kind in ",;F":
                return False
            if token.kind == "K":
                return True
        return False
