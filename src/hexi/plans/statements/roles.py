"""Roles by shape (角色): who, what and of what, for each shape that the grammar knows."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from hexi.plans.statements.lexicon import alternatives, words
from hexi.plans.statements.names import (
    counted_noun,
    ends_with,
    indicator_name,
    is_verb,
    starts_with,
    strip_lead,
)
from hexi.plans.statements.reading import Reading
from hexi.plans.statements.sentence import SentenceState
from hexi.plans.statements.shapes import works_pattern
from hexi.plans.statements.times import Moment
from hexi.plans.statements.tokens import Token

__all__ = ["Roles"]

#: a group of territories whose figures follow (省级以上开发区生产总值)
_GROUP = re.compile(
    r"[^，。；、的]{0,8}?(?:开发区|园区|高新区|经开区|保税区|集中区)(?![^，。；]*(?:中|考评|考核|评价|排名))"
)
#: what ends the name of an indicator (生产总值, 到位资金, 利用率)
_MEASURED = re.compile(r"(?:值|额|收入|资金|投资|量|率|规模|比重|税收|利润)$")
#: members of a group and what is said of them (企业反映招工难)
_MEMBERS = re.compile(r"[^，。；、的]{0,12}?(?:企业|项目|人员|职工|产品|居民|农户|机构|园区|开发区|县|货物|员工|劳动力|人口)[\u4e00-\u9fff]{2,12}$")
#: zones and territories: a count of them that act is a count of what there is
_ZONES = re.compile(r"(?:开发区|园区|高新区|经开区|保税区|综保区|集中区|新区|工业园|产业园|小区|市州|县区|县市|区县|乡镇|街道|口岸|港区|[县市区])$")
_PLACED = re.compile(r"(?:居|列|位居|位列|排名?)(?:全国|全省|全市|全区|世界|全球)")
#: 由甲集团投资: who pays is no part of what is paid
_BY_WHOM = re.compile(r"^由[^，。；]{2,14}?(?=投资|出资|投入|建设)")
#: 以全省0.02%的…实现了21.3%的…: a small part of a territory that yields a large one
_WITH_PART = re.compile(r"(?:以|用|凭借)?(?:仅占|占|以|用)(?:不足|不到|仅|约)?(全国|全省|全市|全州|全区|全县|[\u4e00-\u9fff]{2,6}[省市县区])(?:的)?$")
_WITH_WHAT = re.compile(r"(?:贡献|创造|实现|产出|完成|承载|集聚|支撑|吸纳)了?")
#: the same in another unit (折合人民币, 合6.2亿美元)
_EQUALS = re.compile(r"(?:折合|约合)|合(?:人民币|美元)?$")
#: 8个项目投资完成率: the works are counted, not what is said of them
_COUNTED_HEAD = re.compile(r"^(.{0,10}?(?:项目|企业|园区))(?:投资|产值|税收|营业|平均|累计|合计|完成|总).*$")
#: 发放养老服务补贴1.5亿元: a sum paid out is told like any other
_PAID = re.compile(r"发放|兑现|拨付|落实|争取|申请|到位|获得|获批|累计")
_STANDING = re.compile(
    r"(?:总量|规模)?(?:位次|排名|位居|名次|稳居|保持|位列|跻身)+(?:稳定|继续)?(?:保持|位居|居|在|列)?(全国|全省|全市|全州|全区|全县|同类|中西部|西部|东部)[^，。；]{0,8}?第?前?$"
)
_ACTS = re.compile(r"(?:共|已|均|累计|总共)?(?:实现|完成|拥有|创造)")


@cache
def _judged() -> re.Pattern[str]:
    """全国高新区综合评价中列第: the judgement whose result is a place."""
    return re.compile(
        rf"([^，。；、]{{2,20}}(?:{alternatives(words('names', 'judged'))}))(?:结果)?中?"
        r"(?:的?排名?|排位|位次)?(?:力争|争取|确保|保持|稳定)?(?:列|居|位居|位列|排在?|进入前?|跻身前?)?(?:第|到|至)?$"
    )


class Roles(SentenceState):
    """One method a shape; each sets subject and indicator of the reading it is given."""

    def _read_criterion(self, reading: Reading, left: list[Token], after: str) -> None:
        _, run = self._run(left)
        if self._read_part(reading, run, after):
            return
        name = "" if is_verb(run) else self._owner_and_name(reading, left)
        name = name or self.memory.criterion
        noun = counted_noun(after.lstrip(" 人民币"))
        self.memory.criterion = name
        reading.indicator = name or ("投资" if "项目" in noun else "规模")
        reading.subject = noun or "企业"

    def _read_part(self, reading: Reading, run: str, after: str) -> bool:
        """全省约35%的高新技术企业集中在园区: a part of a group, named by what is said of it."""
        if reading.figure.kind != "percent" or reading.bounds in (("ge",), ("le",)):
            return False
        owner, rest = self.frame.owners.split(strip_lead(run)) if run else ("", "")
        said = after.strip("的 ")
        if rest.strip("约近超逾有共的") or not _MEMBERS.match(said):
            return False
        reading.shape, reading.subject = "share", owner
        reading.indicator = f"{said}占比"
        return True

    def _read_named(self, reading: Reading, left: list[Token], after: str) -> None:
        if "D" in reading.left and self._spread(reading, left):
            return
        _, run = self._run(left)
        noun = counted_noun(after)
        if noun and left and left[-1].kind == "N" and is_verb(run):
            self._note_verb(reading, run)
            reading.indicator = reading.noun = noun
            self._keep(reading)
            return
        if reading.figure.kind == "money" and ends_with("grant", run) and not _PAID.search(run):
            reading.grants = True
            reading.indicator = noun or next(w for w in words("names", "grant") if run.endswith(w))
            return
        name = "" if reading.planned else self._owner_and_name(reading, left)
        if not name or _EQUALS.match(name):
            self._read_inherited(reading, left, after)
            return
        if name in words("words", "aspect") and self.memory.indicator:
            name = self.memory.indicator
        if self.memory.criterion and name.startswith("的") is False and self._holds_criterion(left):
            name = self._with_criterion(name, left)
        reading.indicator = _BY_WHOM.sub("", name) or name
        if (
            reading.figure.kind == "money"
            and after.startswith("的")
            and (ends_with("of_works", name) or name.endswith("规模"))
        ):
            # 总投资126亿元的冷链枢纽: the works named after it are whose volume it is
            reading.subject = counted_noun(after) or reading.subject
            if after.strip("的 ") == reading.subject and ends_with("works", reading.subject):
                # 总投资12亿元的甲项目、总投资6亿元的乙项目: the name belongs to the first
                reading.noun = reading.subject
        self._keep(reading)

    def _holds_criterion(self, left: list[Token]) -> bool:
        return any(token.kind == "F" for token in left)

    def _with_criterion(self, name: str, left: list[Token]) -> str:
        """过1000万美元的企业 -> 年进出口过1000万美元的企业: the criterion's name carries on."""
        if left and left[0].kind in "BF" and self.memory.criterion not in name:
            first = next(t for t in left if t.kind in "BF")
            last = next(t for t in reversed(left) if t.kind in "NH")
            return indicator_name(self.memory.criterion + self.text[first.start : last.end])
        return name

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
        if not _ZONES.search(noun) or not re.match(r"[\u4e00-\u9fff]", rest) or rest[0] in "和及与":
            return
        helped = starts_with("help", run)
        opens = not left and reading.moment_from != "sentence"
        if not helped and not opens and run not in ("其余", "其他", "另外"):
            return
        reading.inventory = True
        reading.moment, reading.moment_from = None, ""
        where = strip_lead(run[len(next(w for w in words("names", "help") if run.startswith(w))) :] if helped else "")
        if 1 < len(where) < 8 and "、" not in where and not reading.subject:
            reading.subject = where

    def _noun_text(self, reading: Reading, after: str) -> str:
        """The counted noun may come after an inner figure: 6个总投资40亿元的其他项目."""
        inner = re.match(r"[^，。；、]{0,8}?\d[\d.]*\S{1,4}?(?:以上|左右)?的", after)
        return after[inner.end() :] if inner else after

    def _read_capacity(self, reading: Reading, left: list[Token], after: str) -> None:
        _, run = self._run(left)
        made = re.search(rf"(?:{alternatives(words('names', 'made'))})$", run)
        noun = re.split(r"[，。；、]", after.lstrip("的"))[0]
        works = re.match(rf"(.*?)(?:{alternatives(words('names', 'works'))})", noun)
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
        reading.indicator = name or self.memory.indicator
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
        reading.indicator = name or self.memory.part or self.memory.indicator
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
        reading.indicator = name + reading.comparison.phrase

    def _read_done(self, reading: Reading, left: list[Token], after: str) -> None:
        """为年度计划的113.4%: how much of a plan was done."""
        assert reading.comparison is not None
        name = self._compared_name(reading, left)
        reading.indicator = f"{name}占{reading.comparison.phrase}比重"

    def _compared_name(self, reading: Reading, left: list[Token]) -> str:
        """What is compared: the name before the comparison, else what was spoken of last."""
        assert reading.comparison is not None
        end = reading.comparison.start
        before = [
            token if token.end <= end else replace(token, end=end, text=self.text[token.start : end])
            for token in left
            if token.start < end
        ]
        named = any(token.kind == "N" for token in before)
        name = self._owner_and_name(reading, before) if named else ""
        if name in words("words", "aspect"):
            return self.memory.indicator + name
        return name or self.memory.indicator

    def _read_multiple(self, reading: Reading, left: list[Token], after: str) -> None:
        if reading.moment_from == "figure":
            reading.base = reading.moment
            reading.moment, reading.moment_from = self.memory.moment, self.memory.moment_from
        self._read_growth(reading, left, after)

    def _read_gain(self, reading: Reading, left: list[Token], after: str) -> None:
        self._read_growth(reading, left, after)
        reading.indicator = reading.indicator or "位次"

    def _read_structure(self, reading: Reading, left: list[Token], after: str) -> None:
        """The shares of the three sectors, in their order."""
        sector = "一二三"[int(reading.figure.flags[1]) - 1]
        reading.indicator = f"第{sector}产业占生产总值比重"
        before = self.readings[-1] if self.readings else None
        if sector != "一" and before is not None and before.shape == "structure":
            reading.moment, reading.moment_from = before.moment, before.moment_from

    def _read_rank(self, reading: Reading, left: list[Token], after: str) -> None:
        _, run = self._run(left)
        self.memory.part = ""
        said = self.text[left[0].start : left[-1].end] if left else run
        judged = _judged().match(strip_lead(run).removeprefix("在")) or _judged().match(said)
        if judged:
            reading.indicator = self.memory.indicator = judged[1]
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
        reading.indicator = self.memory.indicator = name if len(name) > 1 else "排名"

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
        if after.startswith("的") and (_WITH_PART.search(run) or (self.against and _WITH_WHAT.search(run))):
            self._read_against(reading, left, after)
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
        reading.indicator = name
        self._keep(reading)

    def _of_plan(self, reading: Reading, left: list[Token]) -> bool:
        """规划目标130亿元的131.7%: how much of the plan's own value was reached."""
        if not (self.readings and self.readings[-1].planned):
            return False
        if self.text[self.readings[-1].figure.end : reading.figure.start].strip() != "的":
            return False
        reading.indicator = f"{self.memory.indicator}占目标比重"
        return True

    def _read_against(self, reading: Reading, left: list[Token], after: str) -> None:
        """以全市6%的土地贡献了31.4%的经济总量: two shares of one whole set against each other."""
        noun = counted_noun(after.lstrip("的"))
        _, run = self._run(left)
        match = _WITH_PART.search(run) or _WITH_PART.search("以占" + run)
        if match:
            self.against = match[1]
            noun = _WITH_WHAT.split(noun)[0]
        reading.indicator = f"{noun}占{self.against}比重"

    def _uses_part(self, left: list[Token]) -> bool:
        """以占全省2.1%的国土面积: 以 before 占 sets a part against what it yields."""
        at = next((i for i, token in enumerate(left) if token.kind == "S"), 0)
        return at > 0 and left[at - 1].text.endswith(("以", "用", "凭借"))

    def _read_inherited(self, reading: Reading, left: list[Token], after: str) -> None:
        reading.indicator = self.memory.topic or self.memory.indicator
        noun = counted_noun(after)
        if reading.figure.kind in ("count", "people") and noun:
            reading.indicator = noun

    def _next_of_spread(self, reading: Reading) -> Reading:
        """16.96%、17.82%: the next of the list, read like the figure before."""
        return self._dealt(replace(self.readings[-1], figure=reading.figure))

    def _dealt(self, reading: Reading) -> Reading:
        subject, indicator, moment = self.distributive.pop(0)
        reading.subject = subject or reading.subject
        reading.indicator = indicator or reading.indicator
        if moment is not None:
            reading.moment, reading.moment_from, reading.of_year = moment, "figure", True
        return reading

    def _spread(self, reading: Reading, left: list[Token]) -> bool:
        """A和B分别为x、y: one name, owner or year for each figure, in order."""
        count = self._figures_ahead(reading)
        _, run = self._run([t for t in left if t.kind not in "KYCDGV"])
        at = next((i for i, t in enumerate(left) if t.kind == "D"), len(left))
        _, names = self._run([t for t in left[:at] if t.kind not in "KYCGV"])
        parts = [p for p in re.split(r"[、和与及]", strip_lead(names)) if p.strip()]
        moment = reading.moment
        if len(parts) == count > 1:
            owned = all(ends_with("body", p) or ends_with("place", p) for p in parts)
            what = indicator_name(self._run(left[at + 1 :])[1]) if owned else ""
            self.distributive = [
                (p, what, None) if owned else ("", indicator_name(p), None) for p in parts
            ]
        elif moment is not None and moment.last - moment.first + 1 == count > 1:
            years = range(moment.first, moment.last + 1)
            what = indicator_name(strip_lead(names) or run)
            self.distributive = [("", what, Moment(year, year)) for year in years]
        elif not names and len(self.memory.levels) >= count > 1:
            plain = [level for level in self.memory.levels if "占" not in level[1]]
            self.distributive = [(subject, name, None) for subject, name in plain[-count:]]
        if not self.distributive:
            return False
        if not reading.subject:
            owner, _ = self.frame.owners.split(self.distributive[0][1])
            if owner and len(self.distributive) == count and moment is not None:
                reading.subject = owner
        self._dealt(reading)
        self._keep(reading)
        return True

    def _figures_ahead(self, reading: Reading) -> int:
        """Figures from this one to the end of its clause."""
        count = 0
        for token in self.tokens[self.clause :]:
            if token.kind in ",;" and token.start > reading.figure.start:
                break
            count += token.kind == "F" and token.start >= reading.figure.start
        return count
