"""Changes (变化): growth, gaps, multiples, places gained, and levels from and to."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from hexi.plans.statements.lexicon import alternatives, words
from hexi.plans.statements.names import counted_noun, indicator_name, strip_lead
from hexi.plans.statements.reading import Reading
from hexi.plans.statements.shares import Shares
from hexi.plans.statements.tokens import Token

__all__ = ["Changes"]

_OVER_YEARS = re.compile(r"[三四五六七八九十]年(?:内|间|来)?(?:再|共|将)?$")
_PLACED = re.compile(r"(?:居|列|位居|位列|排名?)(?:全国|全省|全市|全区|世界|全球)")
_STANDING = re.compile(
    r"(?:总量|规模)?(?:位次|排名|位居|名次|稳居|保持|位列|跻身)+(?:稳定|继续)?(?:保持|位居|居|在|列)?(全国|全省|全市|全州|全区|全县|同类|中西部|西部|东部)[^，,。；;]{0,8}?第?前?$"
)


#: 完成进度在全市11个县（区）中列第2位
_AMONG = re.compile(
    r"([^，,。；;、：:\d]{2,16}?)在(?:全国|全省|全市|全州|全区|全县)\d+[个家][^，,。；;]{1,14}?[中里](?:排名|位居|位列|排|列|居)(?:第|前)?$"
)


@cache
def _judged() -> re.Pattern[str]:
    """全国高新区综合评价中列第: the judgement whose result is a place."""
    return re.compile(
        rf"([^，,。；;、]{{2,20}}(?:{alternatives(words('names', 'judged'))}))(?:结果)?中?"
        r"(?:的?排名?|排位|位次)?(?:力争|争取|确保|保持|稳定|全部|均|都|首次|成功|稳居)*(?:列|居|位居|位列|排在?|进入前?|跻身前?)?(?:第|到|至)?$"
    )


@cache
def _in_judgement() -> re.Pattern[str]:
    return re.compile(
        rf"([^，,。；;、]{{0,20}}(?:{alternatives(words('names', 'judged'))}))(?:结果)?[中里上]$"
    )


class Changes(Shares):
    """Who and what of figures that compare two states."""

    def _read_from(self, reading: Reading, left: list[Token], after: str) -> None:
        if reading.figure.kind == "rank":
            last = max(i for i, t in enumerate(left) if t.kind == "O")
            _, run = self._run([t for t in left[:last] if t.kind not in "OT"])
            name = indicator_name(run).removeprefix("在").removesuffix("的")
            if name in words("words", "aspect"):
                name = self.memory.indicator + name
            reading.indicator = name or "排名"
            self._keep(reading)
            return
        if "S" in reading.left:
            self._read_share_of(reading, left, after)
            return
        name = self._owner_and_name(reading, [t for t in left if t.kind not in "OT"])
        reading.indicator = self._share_held(name) or self.memory.indicator
        self._keep(reading)

    def _read_to(self, reading: Reading, left: list[Token], after: str) -> None:
        if "S" in reading.left:
            self._read_share_of(reading, left, after)
            return
        before_verb = left[: max(i for i, t in enumerate(left) if t.kind == "U")]
        name = (
            self._owner_and_name(reading, before_verb)
            if any(t.kind == "N" for t in before_verb)
            else ""
        )
        if reading.figure.kind == "percent" and name.endswith(("增速", "增幅", "涨幅")):
            reading.shape = "growth"
        name = self._share_held(name)
        if name in words("words", "aspect"):
            name = ""
        before = self.readings[-1] if self.readings else None
        if not name and before is not None and before.shape == "from":
            # 占比由12%提高到16%: both ends are of one indicator
            reading.subject, reading.indicator = before.subject, before.indicator
            return
        noun = counted_noun(after)
        if reading.figure.kind in ("count", "people") and noun and not name:
            name = (self.memory.indicator + noun) if noun not in self.memory.indicator else ""
        reading.indicator = name or self.memory.indicator
        self._keep(reading)

    def _read_growth(self, reading: Reading, left: list[Token], after: str) -> None:
        if ("D" in reading.left or self.distributive) and self._spread(reading, left):
            return
        if "S" in reading.left and reading.comparison is None:
            self._read_share_of(reading, [t for t in left if t.kind not in "KYCDG"], after)
            return
        name = self._owner_and_name(reading, [t for t in left if t.kind not in "KYCDG"])
        if not name and reading.subject:
            name = next((t.text for t in left if t.kind in "KG" and t.text[-1] in "速率幅"), "")
        points = reading.figure.unit == "个百分点" and not name and bool(self.readings)
        if points and self.readings[-1].shape in ("share_of", "share"):
            # 占比56%，提高9个百分点: points are gained by the share, not by its part
            reading.indicator = self.readings[-1].indicator
            return
        if _OVER_YEARS.search(name):
            # 能耗五年下降15%: told over the years, not year by year
            name, reading.cumulative = _OVER_YEARS.sub("", name), True
        reading.indicator = name or self.memory.part or self.memory.indicator
        before = self.readings[-1] if self.readings else None
        if before and not (name or reading.subject) and before.indicator == reading.indicator:
            reading.subject = before.subject
        if name:
            self.memory.indicator, self.memory.part = name, ""

    def _read_change(self, reading: Reading, left: list[Token], after: str) -> None:
        if reading.comparison is not None:
            reading.indicator = self._compared_name(reading, left)
            reading.sign = reading.comparison.sign
            return
        self._read_growth(reading, left, after)

    def _read_gap(self, reading: Reading, left: list[Token], after: str) -> None:
        """高于全省平均水平: the difference is named after what differs and from what."""
        assert reading.comparison is not None
        grew = bool(self.readings) and self.readings[-1].shape == "growth"
        name = self._compared_name(reading, left) + ("增速" if grew else "")
        self._goes_on(reading)
        reading.indicator = name + reading.comparison.phrase

    def _read_done(self, reading: Reading, left: list[Token], after: str) -> None:
        """为年度计划的85%: how much of a plan was done."""
        assert reading.comparison is not None
        name = self._compared_name(reading, left)
        self._goes_on(reading)
        reading.indicator = f"{name}占{reading.comparison.phrase}比重"
        if reading.comparison.bound:
            reading.bounds = (reading.comparison.bound,)

    def _goes_on(self, reading: Reading) -> None:
        """占全年计划的63%，快于时序进度13个百分点: of whom the figure before was."""
        before = self.readings[-1] if self.readings else None
        own = bool(reading.subject) or "N" in reading.left.rstrip("^=$VBN")
        if before is not None and not own and before.indicator == self.memory.indicator:
            reading.subject = before.subject

    def _compared_name(self, reading: Reading, left: list[Token]) -> str:
        """What is compared: the name before the comparison, else what was spoken of last."""
        assert reading.comparison is not None
        end = reading.comparison.start
        before = [
            token
            if token.end <= end
            else replace(token, end=end, text=self.text[token.start : end])
            for token in left
            if token.start < end
        ]
        named = any(token.kind == "N" for token in before)
        name = self._owner_and_name(reading, before) if named else ""
        if name in words("words", "aspect"):
            return self.memory.indicator + name
        if not name and self.readings and self.readings[-1].shape in ("share_of", "share"):
            return self.readings[-1].indicator
        return name or self.memory.indicator

    def _read_multiple(self, reading: Reading, left: list[Token], after: str) -> None:
        if reading.moment_from == "figure":
            reading.base = reading.moment
            reading.moment, reading.moment_from = self.memory.moment, self.memory.moment_from
        self._read_growth(reading, left, after)

    def _read_gain(self, reading: Reading, left: list[Token], after: str) -> None:
        self._read_growth(reading, left, after)
        reading.indicator = reading.indicator or "位次"

    def _read_rank(self, reading: Reading, left: list[Token], after: str) -> None:
        if "D" in reading.left and self._spread(reading, left):
            return
        _, run = self._run(left)
        self.memory.part = ""
        said = self.text[left[0].start : left[-1].end] if left else run
        judged = _judged().match(strip_lead(run).removeprefix("在")) or _judged().match(said)
        if judged:
            reading.indicator = self.memory.indicator = judged[1]
            return
        begin = self.tokens[self.clause].start
        among = _AMONG.search(self.text, begin, reading.figure.start)
        if among:
            owner, rest = self.frame.owners.split(strip_lead(among[1]))
            reading.subject = owner
            reading.indicator = self.memory.indicator = indicator_name(rest)
            return
        if standing := _STANDING.match(run):
            # 位次保持全国前十位: the place of what was spoken of before
            reading.indicator = f"{self.memory.indicator}居{standing[1]}位次"
            return
        placed = _PLACED.search(run)
        if placed:
            owner, rest = self.frame.owners.split(strip_lead(run[: placed.start()]))
            if owner:
                reading.subject = owner
                self._subject(owner, "clause")
            named = indicator_name(rest)
            self.memory.indicator = named if len(named) > 1 else self.memory.indicator
        if placed and self.memory.indicator:
            reading.indicator = f"{self.memory.indicator}{placed[0]}位次"
            return
        name = self._owner_and_name(reading, left).split("中")[-1].removesuffix("第")
        name = name if len(name) > 1 else self.judged or "排名"
        reading.indicator = self.memory.indicator = name

    def _note_judgement(self, index: int) -> None:
        """在全省开发区考评中，: the judgement whose result the next clauses tell."""
        last = self.tokens[index - 1] if index else None
        if last is None or last.kind != "N" or not last.text.endswith(("中", "里", "上")):
            return
        if match := _in_judgement().search(last.text):
            self.judged = match[1]
