"""Expressions of time (时间表达) and the periods they stand for.

``2015年``, ``“十二五”末``, ``截至2015年底``, ``2016—2020年``, ``今年一季度``: each becomes a
``Moment`` with first and last year and how the text enters it (as a point, a span, an end or a
date up to which). Relative words need the year of the document and are resolved by ``Clock``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from hexi.quantities import numerals

__all__ = ["Clock", "Moment", "has_time", "time_pattern"]

Way = Literal["point", "span", "end", "asof", "until", "todate"]
_PLAN = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Moment:
    """A period said in the text: years, and a part of the year where one is named."""

    first: int
    last: int
    way: Way = "point"
    #: "" or "-03" or "-Q1", after the year
    part: str = ""

    @property
    def period(self) -> str:
        """As in the exchange format: ``2020``, ``2016-2020``, ``2015-12``, ``2023-Q1``."""
        if self.way == "span" and self.first != self.last:
            return f"{self.first}-{self.last}"
        return f"{self.last}{self.part}"

    @property
    def is_span(self) -> bool:
        """More than one year is named."""
        return self.way == "span" and self.first != self.last


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative words count from: the year the document speaks in, and its plan's horizon."""

    year: int
    horizon: tuple[int, int] | None = None
    #: an account of results is written when its year is over: 五年来 ends with that year
    closed: bool = False

    def read(self, match: re.Match[str], before: Moment | None = None) -> Moment | None:
        """The moment that a match of ``time_pattern()`` names; ``before`` gives the year for
        months and quarters said without one."""
        group = match.lastgroup
        if group == "span":
            return Moment(_year(match["y1"]), _year(match["y2"]), "span")
        if group == "plan":
            return _plan_period(match)
        if group == "nthplan":
            numeral = numerals.read(match["nth"])
            first = 2001 + 5 * (int(numeral.value) - 10) if numeral else 0
            return Moment(first, first + 4, "span") if numeral else None
        if group == "cyear":
            year = int("".join(str("〇一二三四五六七八九".index(c)) for c in _plain(match["cy"])))
            return Moment(year, year, "until" if match["centry"] else "point")
        if group == "year":
            return _dated(match)
        if group == "month":
            year = before.last if before and not before.is_span else self.year
            due = match["muntil"] or match.string[match.end() : match.end() + 1] == "前"
            way: Way = "asof" if match["mentry"] else "until" if due else "point"
            return Moment(year, year, way, f"-{int(match['m2']):02d}")
        if group == "part":
            year = before.last if before and not before.is_span else self.year
            return Moment(year, year, _way(match["p2"]), _part(match["p2"]))
        return self._relative(match[0], before)

    def _years(self, length: int, before: Moment | None) -> Moment:
        """五年来, 五年累计: the span just spoken of, else the years before this."""
        if before is not None and before.is_span and before.last - before.first + 1 == length:
            return before
        last = (self.horizon[0] if self.horizon else self.year) - (not self.closed)
        return Moment(last - length + 1, last, "span")

    def _relative(self, word: str, before: Moment | None) -> Moment | None:
        coming_or_past = re.match(r"([两三四五六七八九十]|\d)年(?:来|间)?$", word)
        if coming_or_past:
            return self._years(_small(coming_or_past[1]), before)
        if word.startswith("年"):
            # a plan of several years leaves open which
            if word.endswith("前"):
                return None if self.horizon else Moment(self.year, self.year, "until", "-12")
            return Moment(self.year, self.year, "asof", "-12") if self.closed else None
        if word == "过去一年":
            return Moment(self.year - 1, self.year - 1)
        past = re.match(r"(?:过去|近|最近|前)([二两三四五六七八九十]|\d+)年", word)
        if past:
            n = _small(past[1])
            return Moment(self.year - n, self.year - 1, "span")
        coming = re.match(r"(?:未来|今后)([二两三四五六七八九十]|\d+)年", word)
        if coming:
            n = _small(coming[1])
            if self.horizon and self.horizon[1] - self.horizon[0] + 1 == n:
                return Moment(*self.horizon, "span")
            return Moment(self.year, self.year + n - 1, "span")
        if word.startswith(("今年", "本年", "今")):
            return Moment(self.year, self.year, _way(word), _part(word))
        if word.startswith(("去年", "上年")):
            return Moment(self.year - 1, self.year - 1, _way(word), _part(word))
        if word.startswith("规划期") and self.horizon:
            return Moment(*self.horizon, "end" if word.endswith("末") else "span")
        return None


def _year(text: str) -> int:
    return int(text.translate(_HALF))


_HALF = str.maketrans("０１２３４５６７８９", "0123456789")


def _plain(digits: str) -> str:
    return digits.replace("○", "〇").replace("零", "〇")


def _small(text: str) -> int:
    numeral = numerals.read(text.replace("两", "二"))
    return int(numeral.value) if numeral else 0


def _plan_period(match: re.Match[str]) -> Moment:
    """The tenth five-year plan (十五) ran 2001-2005, each later one five years further on."""
    ones = match["q"] or match["n"]
    number = 10 + (_PLAN.index(ones) + 1 if ones else 0)
    first = 2001 + 5 * (number - 10)
    tail = match["ptail"] or ""
    if "末" in tail:
        return Moment(first + 4, first + 4, "end")
    if "初" in tail:
        return Moment(first, first)
    return Moment(first, first + 4, "span")


#: 1—5月, 前5个月, 前三季度: the year so far
_SO_FAR = re.compile(
    r"(?:1月?\s*[-－—–~～至到]{1,2}\s*\d{1,2}\s*月|[前头][\d一二两三四五六七八九十]{1,2}个月|前[两二三]个?季度|上半年)"
)


def _way(text: str) -> Way:
    return "todate" if _SO_FAR.search(text) else "point"


def _part(text: str) -> str:
    months = re.search(r"[前头]([\d一二两三四五六七八九十]{1,2})个月", text)
    if months:
        return f"-{_small(months[1]):02d}"
    quarters = re.search(r"前([两二三])个?季度", text)
    if quarters:
        return f"-Q{_small(quarters[1])}"
    month = re.search(r"[-－—–~～至到]\s*(\d{1,2})\s*月", text)
    if month:
        return f"-{int(month[1]):02d}"
    quarter = re.search(r"第?([一二三四1-4])季度", text)
    if quarter:
        return f"-Q{'一二三四1234'.index(quarter[1]) % 4 + 1}"
    month = re.search(r"(\d{1,2})\s*月", text)
    if month:
        return f"-{int(month[1]):02d}"
    if "上半年" in text:
        return "-06"
    if "年底" in text or "年末" in text:
        return "-12"
    return ""


def _dated(match: re.Match[str]) -> Moment:
    year = _year(match["y"])
    entry, tail = match["entry"] or "", match["tail"] or ""
    part = _part(tail)
    if entry in ("截至", "截止", "截至到", "截止到"):
        closing = tail.startswith(("底", "末"))
        return Moment(year, year, "asof", part or ("-12" if closing else ""))
    if entry:
        return Moment(year, year, "until", part)
    if tail.startswith(("底", "末")):
        return Moment(year, year, "end", "-12")
    return Moment(year, year, _way(tail), part)


#: what every expression of time has: a year, a month, a quarter or a plan's number
_TIMELY = re.compile(r"[年月]|季度|五[”\"」’]|十.五|规划期|上半年")


def has_time(text: str, start: int, end: int) -> bool:
    """Whether the stretch may hold an expression of time; cheap, and never wrongly False."""
    return _TIMELY.search(text, start, end) is not None


@cache
def time_pattern() -> re.Pattern[str]:
    """One alternation over all expressions of time; ``Clock.read`` tells them apart by group."""
    y = r"(?:19|20|２０)[0-9０-９]{2}"
    s = r"\s*"
    months = rf"1月?{s}[-－—–~～至到]{{1,2}}{s}\d{{1,2}}{s}月份?"
    so_far = rf"{months}|[前头][\d一二两三四五六七八九十]{{1,2}}个月|前[两二三]个?季度|上半年"
    return re.compile(
        rf"(?P<y1>{y}){s}年?{s}(?:[-－—–~～至到]{{1,2}}){s}(?P<y2>{y}){s}年(?P<stail>期间|间)?(?P<span>)"
        rf"|(?P<entry>截至到|截止到|截至|截止|到|至)?{s}(?<![0-9])(?P<y>{y}){s}年"
        rf"(?P<tail>{s}(?:底|末|初|{so_far}|下半年|第?[一二三四1-4]季度|\d{{1,2}}{s}月(?:{s}\d{{1,2}}{s}日|底|末|初|份|中旬)?))?(?P<year>)"
        rf"|第(?P<nth>十[{_PLAN}]?|[{_PLAN}])个五年(?:规划|计划)?(?:时期|期间)?(?P<nthplan>)"
        rf"|(?P<centry>到|至|截至)?(?P<cy>[一二][〇○零一二三四五六七八九]{{3}})年(?P<cyear>)"
        rf"|(?P<pentry>到|至|截至|截止)?(?:[“\"「‘]十(?P<q>[{_PLAN}]?)五[”\"」’]|十(?P<n>[{_PLAN}])五)"
        rf"(?P<ptail>规划期末|规划期|规划|时期|期间|期末|末期|末|初期|初|以来)?(?P<plan>)"
        rf"|过去一年(?P<rel0>)"
        rf"|(?<![第十百\d])(?:[两三四五六七八九十]|[3-9])年(?:来|间|(?=累计|共|合计|平均|新增|新建|实际|完成|对外|签约|引进|建设|安排|投入|培育|新引|形成|实施|培养|建成|投资|带动|吸引|打造|组织|开展|举办|争取|转化|孵化|盘活|处置|清理|推广|落地|签订|获批|认定|吸纳|招引|改造|处理|减少|完成))(?P<rel4>)"
        rf"|(?:过去|最近|近|未来|今后|前)(?:[二两三四五六七八九十]|\d+)年(?P<rel1>)"
        rf"|(?:今年|本年度?|去年|上年度|上年末?)(?:底|末|初|{so_far}|第?[一二三四]季度|{s}\d{{1,2}}{s}月(?:底|末|初|份)?)?(?P<rel2>)"
        rf"|规划期(?:末|内)?(?P<rel3>)"
        rf"|(?<![\d今去上本明每当次一二三四五六七八九十〇○两])年(?:[底末]之?前|末(?=[区园全市县省共拥实]))(?P<rel5>)"
        rf"|(?P<p2>(?:{so_far}|第?[一二三四]季度))(?P<part>)"
        rf"|(?=[截到至\d])(?:(?P<mentry>截至|截止)到?|(?P<muntil>[到至]))?{s}(?P<m2>\d{{1,2}}){s}月(?:{s}\d{{1,2}}{s}日|底|末|初|份|中旬)?(?P<month>)"
    )
