"""Terms (条件): who may have what, and what is asked of whom.

``对新建的医药项目，固定资产投资达到2亿元以上的，按设备投入的8%给予补助，最高1500万元`` holds a
condition, a rate and a ceiling. None of them is a result or an aim: they are limits of a rule, and
what they are of is the kind of enterprise or works that the sentence addresses.
"""

from __future__ import annotations

import re
from functools import cache

from hexi.plans.statements.counts import Counts
from hexi.plans.statements.figures import Figure
from hexi.plans.statements.lexicon import alternatives, words
from hexi.plans.statements.names import counted_noun, indicator_name, is_about, strip_lead
from hexi.plans.statements.reading import Reading
from hexi.plans.statements.tokens import Token

__all__ = ["Terms"]

#: what follows a condition (…以上的，)
_CONDITION = re.compile(
    r"^\s*(?:[（(]不?含[^）)]{0,4}[）)])?\s*(?:及?以[上下内])?\s*的[^，,。；;]{0,14}?(?:[，,；;、]|\d|$)"
)
#: a time that dates its sentence; 前三年 is a term of a rule
_DATED = re.compile(r"\d{4}|五|今|去|上年|末|底")
#: a clause of a rule is read so far; no rule lists more conditions
_REACH, _MOST_CONDITIONS = 80, 12
_WHO_ASKS = re.compile(
    r"((?:[^，,。；;：]{2,12})?(?:申请|申报|拟|要求|新设|新建|设立)[^，,。；;：]{2,20}?)的(?:省级|国家级)?(?:园区|开发区|高新区|经开区|企业|项目|单位|机构)?"
)
#: 有下列情形之一的，予以撤销：…: whom the cases are of
_CASES = re.compile(r"之一的?[，,]\s*(?:应当?|将|可)?(予以[^，,：:。；;]{2,16})")
_CEILED = re.compile(r"^\s*(?:为限|封顶|为上限|为最高限额)")


@cache
def _grant() -> re.Pattern[str]:
    return re.compile(alternatives(words("names", "grant")))


@cache
def _conditions() -> re.Pattern[str]:
    return re.compile(alternatives(words("words", "conditions")))


@cache
def _asks() -> re.Pattern[str]:
    return re.compile(alternatives(words("words", "asks")))


@cache
def _addressed() -> re.Pattern[str]:
    """The kind of enterprise, works or land that opens a clause."""
    kinds = alternatives(words("names", "addressed"))
    return re.compile(
        rf"(?P<for>对(?:于)?)?(?P<which>(?:[^，,。；;、的]{{1,30}}的)*)"
        rf"(?P<who>[^，,。；;：的对按以给]{{0,18}}?(?:{kinds})(?:(?:技术|研发|创新|服务|孵化)?(?:中心|平台|机构|基地|实验室))?)(?![\u4e00-\u9fff]{{0,4}}?(?:数量|总数|家数))"
    )


class Terms(Counts):
    """Sentences that set terms: rates, ceilings, conditions and floors."""

    def _sets_terms(self) -> bool:
        """Whether the sentence pays under conditions, or asks something of those it addresses."""
        start, end = self.span
        if self._sets_conditions():
            self.ruled = True
            return True
        if any(t.kind == "T" and _DATED.search(t.text) for t in self.tokens):
            return False
        said = self.text[start:end]
        if _gives().search(said) and _grant().search(said):
            return True
        if not _asks().search(said) or any(t.kind == "A" for t in self.tokens):
            return False
        if self.frame.kind == "rules" or self.section.rules:
            return True
        compares = any(t.kind == "C" for t in self.tokens)
        return self.section.purpose != "aims" and not compares and bool(_admits().search(said))

    def _sets_conditions(self) -> bool:
        """应同时具备以下条件：…, 低于60%的予以警告: whatever section it stands in; 上年度 and
        连续两年 are terms of the rule, a year by its number is not."""
        if not _conditions().search(self.text, *self.span):
            return False
        return not any(t.kind == "T" and re.search(r"\d{4}", t.text) for t in self.tokens)

    def _address(self, index: int) -> None:
        """Remember whom the clause that opens at a token speaks to."""
        if index >= len(self.tokens):
            return
        begin = self.tokens[index].start
        clause = self.text[begin : min(begin + _REACH, self.span[1])]
        clause = re.split(r"[，,。；;]", clause.lstrip("0123456789.．、（）() 　"))[0]
        if self.ruled and self.addressee and "之一" in self.text[self.span[0] : begin]:
            # 有下列情形之一的，予以撤并：…；…: all cases are of those named first
            return
        anew = index == 0 or self.tokens[index - 1].kind == ";" or clause.startswith("对")
        if not anew and not (_grant().search(clause) or clause.endswith("的")):
            return
        cases = _CASES.search(self.text, *self.span) if self.ruled and not self.addressee else None
        if cases:
            self.addressee = cases[1]
            return
        if self.ruled and (whom := _WHO_ASKS.fullmatch(clause)):
            # 申请升级为省级开发区的，应同时具备…: those who ask
            self.addressee = whom[1]
            return
        match = _addressed().match(strip_lead(clause) if not clause.startswith("对") else clause)
        if (
            match
            and not match["who"].startswith(words("names", "any"))
            and not is_about(match["who"])
        ):
            self.addressee = strip_lead(match["who"]) or match["who"]

    def _read_term(self, reading: Reading, left: list[Token], after: str) -> None:
        """A figure of such a sentence."""
        reading.term = True
        figure = reading.figure
        following = self.text[figure.end : min(figure.end + _REACH, self.span[1])]
        noun = self._noun_in(re.split("[，,。；;]", following)[0])
        before = self.text[left[0].start : left[-1].end] if left else ""
        condition = _CONDITION.match(following)
        if condition and not (_grant().search(condition[0]) or figure.kind == "percent"):
            self._read_condition(reading, left, following)
        elif figure.kind == "percent" and (noun or self.granted or _grant().search(before)):
            self._read_rate(reading, before, noun)
        elif figure.kind == "money" and (noun or self.granted or _grant().search(before)):
            self._read_payment(reading, before, noun)
        else:
            getattr(self, f"_read_{reading.shape}")(reading, left, after)
            ruled = self.frame.kind == "rules" or self.section.rules
            reading.term = ruled or self.ruled or bool(reading.bounds)
            if not reading.term:
                return
            self._asked(reading)
        if reading.shape == "rank" and before.endswith("前"):
            # 评价居全省前20位: no lower place will do
            reading.bounds = ("le",)
        if _CEILED.match(following):
            reading.bounds = ("le",)
        reading.subject = reading.subject or self.addressee or ("企业" if self.granted else "")

    def _read_condition(self, reading: Reading, left: list[Token], following: str) -> None:
        """投资达到5亿元、10亿元的，: each sum is a condition of one name."""
        begin = max(self.span[0], reading.figure.start - _REACH)
        clause = max(self.text.rfind(mark, begin, reading.figure.start) for mark in "，,；;。：:")
        listed = [
            before
            for before in self.readings[-_MOST_CONDITIONS:]
            if before.figure.start > clause and before.figure.unit == reading.figure.unit
        ]
        _, run = self._run(left)
        name = self._without_addressee(indicator_name(run))
        reading.indicator = (
            listed[0].indicator if listed else name or self.memory.criterion or "规模"
        )
        self.memory.criterion = reading.indicator
        reading.bounds = reading.bounds or ("ge",)
        for before in listed:
            before.term, before.bounds = True, reading.bounds
        self.conditions = [each.figure for each in (*listed, reading)]
        noun = counted_noun(re.split("[，,。；;]", following.partition("的")[2])[0])
        if noun and not any(ch.isdigit() for ch in noun):
            reading.subject = self.addressee = noun
            for before in listed:
                before.subject = noun

    def _read_rate(self, reading: Reading, before: str, noun: str) -> None:
        """按到账额的2%予以奖励: what the rate is of, and what it pays."""
        base = re.split(rf"[，,；;：]|{_rate_marks()}", before.rstrip("的 "))[-1]
        base = indicator_name(base)
        self.granted = noun or self.granted or self._noun_before(before)
        self.rated = base if len(base) > 1 else self.rated
        reading.indicator = f"{self.rated}{self.granted}比例"
        if re.search(rf"(?:{_caps()})", before[-14:]):
            reading.bounds = ("le",)

    def _read_payment(self, reading: Reading, before: str, noun: str) -> None:
        """最高1500万元, 给予50万元奖励: a sum that is paid, or its ceiling."""
        name = indicator_name(re.split(r"[，,；;：]", before)[-1])
        name = self._without_addressee(re.sub(rf"(?:{_caps()}|{_rate_marks()})+$", "", name))
        own = _grant().search(name) or name.endswith(("金额", "资金", "额度", "总额"))
        self.granted = noun or self._noun_before(name) or self.granted
        reading.indicator = name if own and len(name) > 1 else self.granted
        if re.search(rf"(?:{_caps()})", before[-10:]):
            reading.bounds = ("le",)
        if len(self.conditions) > 1 and self._figures_ahead(reading) == len(self.conditions):
            self.paired, self.conditions = self.conditions, []
        if self.paired:
            reading.subject = self._who_meets(self.paired.pop(0))

    def _asked(self, reading: Reading) -> None:
        """新建工业项目投资强度不低于…: the kind that a floor is asked of stands before its name."""
        match = None if reading.subject else _asked_of().match(reading.indicator)
        if match:
            self.addressee, reading.indicator = match[1], match[2]
            reading.subject = ""

    def _who_meets(self, figure: Figure) -> str:
        """分别奖励50万元、100万元: the n-th sum is for those who meet the n-th condition."""
        name, sum_ = self.memory.criterion, self.text[figure.start : figure.end]
        return f"{name}{sum_}的{self.addressee or '企业'}"

    def _noun_before(self, text: str) -> str:
        return next((word for word in reversed(_grant().findall(text)) if _is_noun(word)), "")

    def _noun_in(self, text: str) -> str:
        return next((word for word in _grant().findall(text) if _is_noun(word)), "")

    def _without_addressee(self, name: str) -> str:
        """工业项目固定资产投资 -> 固定资产投资, where the sentence addresses 工业项目."""
        for whom in (self.addressee, *words("names", "any")):
            if whom and whom in name and len(name) > len(whom):
                name = name[name.index(whom) + len(whom) :].lstrip("的，、")
        match = re.match(rf"(?:{alternatives(words('names', 'any'))})[项企][目业]", name)
        return name[match.end() :] if match and match.end() < len(name) else name


def _is_noun(word: str) -> bool:
    """奖励 names what is paid, 给予 only pays it."""
    return word not in words("words", "gives")


@cache
def _rate_marks() -> str:
    return alternatives(words("words", "rate_marks"))


@cache
def _caps() -> str:
    return alternatives((*words("words", "caps"), *words("words", "at_most_before")))


@cache
def _gives() -> re.Pattern[str]:
    """Words by which a sentence pays or caps what is paid (给予, 最高)."""
    return re.compile(alternatives(words("words", "gives")))


@cache
def _admits() -> re.Pattern[str]:
    """A measure of admission and a floor or ceiling for it (投资强度一般不低于)."""
    floors = alternatives(words("words", "floors"))
    return re.compile(
        rf"(?:{alternatives(words('names', 'admission'))})[^，,。；;、\d]{{0,6}}?(?:{floors})"
    )


@cache
def _asked_of() -> re.Pattern[str]:
    kinds = alternatives(words("names", "asked"))
    return re.compile(
        rf"([^，,。；;占的]{{0,16}}(?:{kinds}))((?:达产后|固定资产|亩均|地均|投资|容积|建筑|绿地|产出|税收|注册|产值|能耗|用地|占地|研发|安全|环保)[^，,。；;]+)$"
    )
