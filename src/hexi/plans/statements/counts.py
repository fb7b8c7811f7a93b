"""Counts and capacities (数量与产能): what is counted, and what works are built for."""

from __future__ import annotations

import re

from hexi.plans.statements.lexicon import alternatives, words
from hexi.plans.statements.names import (
    counted_noun,
    ends_with,
    indicator_name,
    starts_with,
    strip_lead,
)
from hexi.plans.statements.reading import Reading
from hexi.plans.statements.roles import Roles
from hexi.plans.statements.shapes import works_pattern
from hexi.plans.statements.tokens import Token

__all__ = ["Counts"]

#: a group of territories whose figures follow (省级以上开发区生产总值)
_GROUP = re.compile(
    r"[^，,。；;、的]{0,8}?(?:开发区|园区|高新区|经开区|保税区|集中区)(?![^，,。；;]*(?:中|考评|考核|评价|排名))"
)
_AMONG_ALL = re.compile(r"[^，,。；;、]{2,}在全[国省市州区县]$")
#: what ends the name of an indicator (生产总值, 到位资金, 利用率)
_MEASURED = re.compile(r"(?:值|额|收入|资金|投资|量|率|规模|比重|税收|利润)$")
#: zones and territories: a count of them that act is a count of what there is
_ZONES = re.compile(
    r"(?:开发区|园区|高新区|经开区|保税区|综保区|集中区|新区|工业园|产业园|小区|市州|县区|县市|区县|乡镇|街道|口岸|港区|[县市区])$"
)
#: 8个项目投资完成率: the works are counted, not what is said of them
_MADE = re.compile(r"[年月日](?:产|加工|处理|组装|生产|供水|供气|供热)")
_COUNTED_HEAD = re.compile(
    r"^(.{0,10}?(?:项目|企业|园区|开发区|经开区|高新区))(?:投资|产值|税收|营业|平均|累计|合计|完成|总|综合|年度|考评|考核|评价|排名).*$"
)
_ACTS = re.compile(r"(?:共|已|均|累计|总共)?(?:实现|完成|拥有|创造)")


class Counts(Roles):
    """Who and what of figures whose name follows them."""

    def _read_counted_after(self, reading: Reading, left: list[Token], after: str) -> None:
        noun = counted_noun(self._noun_text(reading, after))
        noun = _COUNTED_HEAD.sub(r"\1", noun)
        if not noun:
            self._read_named(reading, left, after)
            return
        earlier, run = self._run(left)
        if re.search(rf"(?:{alternatives(words('names', 'made'))})$", run):
            reading.shape = "capacity"
            self._read_capacity(reading, left, after)
            return
        self._note_verb(reading, run)
        lead = strip_lead(run)
        self._inventory(reading, run)
        self._existing(reading, run, noun, after, left)
        if _AMONG_ALL.search(run):
            # 完成率在全市14个县区中列第5位: those among whom something is placed
            lead = earlier = ""
        if run.count("、") < 2:
            owner, _ = self.frame.owners.split((lead if lead else earlier).removeprefix("在"))
            if owner:
                reading.subject = owner
                if not lead.startswith(("在", "于")):
                    self._subject(owner, "clause")
        group = _GROUP.match(noun)
        if group and _MEASURED.search(noun):
            noun = reading.indicator = group[0]
            reading.subject = reading.subject or self._default_subject(False, noun)[0]
            reading.shape = "counted_after"
            self._subject(self._counted_group(noun, reading), "clause")
        reading.indicator = reading.noun = noun
        self._keep(reading)
        self._group_acts(reading, after)

    def _group_acts(self, reading: Reading, after: str) -> None:
        """全省35个开发区共实现…: what was counted is the subject of the verb after it."""
        rest = after.lstrip("的 　")[len(reading.noun) :]
        group = self._counted_group(reading.noun, reading)
        if group and _ACTS.match(rest) and re.search(r"\d", rest):
            reading.subject = reading.subject or self._default_subject(False, reading.noun)[0]
            self._subject(group, "clause")

    def _inventory(self, reading: Reading, run: str) -> None:
        """甲、乙、丙3个国家级开发区, 现有35个: what there is, whatever the passage plans."""
        if run.count("、") > 1 or run.rstrip().endswith(("现有", "已有", "现辖")):
            if reading.moment_from == "paragraph" or run.rstrip().endswith("有"):
                reading.moment, reading.moment_from = None, ""
            reading.inventory = True

    def _existing(
        self, reading: Reading, run: str, noun: str, after: str, left: list[Token]
    ) -> None:
        """支持都市圈11个开发区共建…, 其余3个园区实现…: zones that act or are helped are there."""
        rest = after.lstrip("的 　")[len(noun) :]
        paired = re.match(r"([^与同]{2,14})[与同](?=.{2})", noun)
        if paired and _ZONES.search(paired[1]):
            # 6个县区与经开区结对: those it is paired with are not counted
            reading.indicator = reading.noun = paired[1]
            noun, rest = paired[1], noun[paired.end(1) :]
        if not _ZONES.search(noun) or not re.match(r"[\u4e00-\u9fff]", rest) or rest[0] in "和及与":
            return
        helped = starts_with("help", run)
        opens = not left and reading.moment_from != "sentence"
        if not helped and not opens and run not in ("其余", "其他", "另外"):
            return
        reading.inventory = True
        reading.moment, reading.moment_from = None, ""
        where = strip_lead(
            run[len(next(w for w in words("names", "help") if run.startswith(w))) :]
            if helped
            else ""
        )
        if 1 < len(where) < 8 and "、" not in where and not reading.subject:
            reading.subject = where

    def _noun_text(self, reading: Reading, after: str) -> str:
        """The counted noun may come after an inner figure: 6个总投资40亿元的其他项目."""
        inner = re.match(r"[^，,。；;、]{0,8}?\d[\d.]*\S{1,4}?(?:以上|左右)?的", after)
        return after[inner.end() :] if inner else after

    def _read_capacity(self, reading: Reading, left: list[Token], after: str) -> None:
        _, run = self._run(left)
        made = re.search(rf"(?:{alternatives(words('names', 'made'))})$", run)
        noun = re.split(r"[，,。；;、]", after.lstrip("的"))[0]
        works = re.match(rf"(.*?)(?:{alternatives(words('names', 'works'))})", noun)
        before = self.readings[-1] if self.readings else None
        if not made and not run and before is not None and before.shape == "capacity":
            # 年产30万吨甲、5万吨乙: the verb holds for the list
            made = _MADE.match(before.indicator)
        owner, _ = self.frame.owners.split(strip_lead(run))
        noun = re.split(r"[及和与]\d", works[0] if works else noun)[0]
        reading.subject = (owner or self.memory.subject or "") + (noun if works else "")
        if made:
            reading.indicator = made[0] + (works[1] if works else noun)
        elif ends_with("volume", run):
            reading.indicator = indicator_name(run)
        else:
            stored = works and re.search(rf"(?:{alternatives(words('names', 'store'))})", noun)
            reading.indicator = "库容" if stored else "产能"

    def _read_invested(self, reading: Reading, left: list[Token], after: str) -> None:
        reading.indicator = self._owner_and_name(reading, left)
        works = works_pattern().match(after)
        if not reading.subject and works:
            named = (
                re.sub(r"^[^\d]*?\d[\d.]*[^\d]{1,3}", "", works[0])
                if re.search(r"\d", works[0])
                else works[0]
            )
            reading.subject = strip_lead(named)
        if works:
            firm = reading.subject if reading.subject not in works[0] else ""
            self.memory.works = firm + strip_lead(works[0].lstrip("的"))
