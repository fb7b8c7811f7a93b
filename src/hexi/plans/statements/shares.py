"""Shares (比重): parts of wholes, parts of groups, parts of a plan that was done."""

from __future__ import annotations

import re

from hexi.plans.statements.names import counted_noun, indicator_name, strip_lead
from hexi.plans.statements.reading import Reading
from hexi.plans.statements.spread import Spread
from hexi.plans.statements.tokens import Token

__all__ = ["Shares"]

#: members of a group and what is said of them (企业反映招工难)
_HELD = re.compile(r"(?:在|占)?(全国|全省|全市|全州|全区|全县|全球|世界)的?(份额|比重|占比)")
_MEMBERS = re.compile(
    r"[^，,。；;、的]{0,12}?(?:企业|项目|人员|职工|产品|居民|农户|机构|园区|开发区|县|货物|员工|劳动力|人口)[\u4e00-\u9fff]{2,12}$"
)
#: 以全省2%的…实现了20%的…: a small part of a territory that yields a large one
_WITH_PART = re.compile(
    r"(?:以|用|凭借)?(?:仅占|占|以|用)(?:不足|不到|仅|约)?(全国|全省|全市|全州|全区|全县|[\u4e00-\u9fff]{2,6}[省市县区])(?:的)?$"
)
_WITH_WHAT = re.compile(r"(?:贡献|创造|实现|产出|完成|承载|集聚|支撑|吸纳)了?")


class Shares(Spread):
    """Who and what of figures that are parts of something."""

    def _read_part(self, reading: Reading, run: str, after: str) -> bool:
        """全省约35%的高新技术企业集中在园区: a part of a group, named by what is said of it."""
        if reading.figure.kind != "percent" or reading.bounds in (("ge",), ("le",)):
            return False
        owner, rest = self.frame.owners.split(strip_lead(run)) if run else ("", "")
        said = after.strip("的 。；！")
        if rest.strip("约近超逾有共的") or not _MEMBERS.match(said):
            return False
        reading.shape, reading.subject = "share", owner
        reading.indicator = f"{said}占比"
        return True

    def _read_structure(self, reading: Reading, left: list[Token], after: str) -> None:
        """The shares of the three sectors, in their order."""
        sector = "一二三"[int(reading.figure.flags[1]) - 1]
        reading.indicator = f"第{sector}产业占生产总值比重"
        before = self.readings[-1] if self.readings else None
        if sector != "一" and before is not None and before.shape == "structure":
            reading.moment, reading.moment_from = before.moment, before.moment_from

    def _read_share_of(self, reading: Reading, left: list[Token], after: str) -> None:
        _, run = self._run(left)
        if after.startswith("的") and _WITH_PART.search("以占" + run) and self._uses_part(left):
            self._read_against(reading, left, after)
            return
        at = max(
            i
            for i, token in enumerate(left)
            if token.kind in ("VB" if "~" in reading.left else "S")
        )
        part = (
            self._owner_and_name(reading, left[:at])
            if any(t.kind == "N" for t in left[:at])
            else ""
        )
        part_said = bool(part)
        whole_tokens = [t for t in left[at + 1 :] if t.kind in "N/()"]
        whole = self.text[whole_tokens[0].start : whole_tokens[-1].end] if whole_tokens else ""
        whole = indicator_name(whole)
        if not part:
            part = self.memory.indicator
        part = part.removesuffix("占比")
        if not whole and reading.subset:
            counted = bool(self.readings) and self.readings[-1].figure.kind == "count"
            whole = self.whole_count if counted and self.whole_count else self.whole
        if not whole and not part_said and self.readings and self.readings[-1].shape == "share_of":
            reading.indicator = self.readings[-1].indicator
            return
        whole = whole or (self.memory.indicator if self.memory.indicator != part else "")
        if whole == part:
            whole = ""
        reading.indicator = f"{part}占{whole}比重" if whole else f"{part}占比"
        self.memory.part = part
        self.memory.levels.append((reading.subject, reading.indicator))

    def _read_share(self, reading: Reading, left: list[Token], after: str) -> None:
        if "D" in reading.left and self._spread(reading, left):
            return
        if self._of_plan(reading, left):
            return
        _, run = self._run(left)
        if after.startswith("的") and (
            _WITH_PART.search(run) or (self.against and _WITH_WHAT.search(run))
        ):
            self._read_against(reading, left, after)
            return
        before = self.readings[-1] if self.readings else None
        whole = f"占{self.against}比重"
        goes_on = after.startswith("的") and run.endswith(("和", "及", "与"))
        if self.against and before and goes_on and before.indicator.endswith(whole):
            # 贡献了全市42%的增加值和61%的出口
            reading.subject = before.subject
            reading.indicator = counted_noun(after.lstrip("的")) + whole
            return
        if "N" not in reading.left and self._read_part(reading, "", after):
            return
        if "N" not in reading.left and "H" not in reading.left:
            reading.indicator = self.memory.indicator
            return
        name = self._owner_and_name(reading, left) or self.memory.indicator
        part = name.removesuffix("占比")
        if part != name and reading.subset and self.whole:
            counted = not part and self.readings and self.readings[-1].figure.kind == "count"
            whole = self.whole_count if counted and self.whole_count else self.whole
            part = part or self.memory.indicator
            name = f"{part}占{whole}比重" if part != whole else name
        reading.indicator = self._share_held(name)
        self._keep(reading)

    def _share_held(self, name: str) -> str:
        """在全国的份额: the share that what was spoken of holds."""
        match = _HELD.fullmatch(name)
        return f"{self.memory.indicator}占{match[1]}{match[2]}" if match else name

    def _of_plan(self, reading: Reading, left: list[Token]) -> bool:
        """原定目标4亿元的125%: how much of the plan's own value was reached."""
        if not (self.readings and self.readings[-1].planned):
            return False
        if self.text[self.readings[-1].figure.end : reading.figure.start].strip() != "的":
            return False
        reading.indicator = f"{self.memory.indicator}占目标比重"
        return True

    def _read_against(self, reading: Reading, left: list[Token], after: str) -> None:
        """以全市2%的土地贡献了20%的工业产值: two shares of one whole set against each other."""
        noun = counted_noun(after.lstrip("的"))
        _, run = self._run(left)
        match = _WITH_PART.search(run)
        if match is None and "S" in reading.left:
            match = _WITH_PART.search("以占" + run)
        if match:
            self.against = match[1]
            noun = _WITH_WHAT.split(noun)[0]
        reading.indicator = f"{noun}占{self.against}比重"

    def _uses_part(self, left: list[Token]) -> bool:
        """以占全省2%的国土面积: 以 before 占 sets a part against what it yields."""
        at = next((i for i, token in enumerate(left) if token.kind == "S"), 0)
        return at > 0 and left[at - 1].text.endswith(("以", "用", "凭借"))
