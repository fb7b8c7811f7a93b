"""Names as keys (口径名称): the same owner or statistic written in different ways.

A plan calls its own area 全省开发区, 甘肃省开发区 and 现有35个省级以上开发区, and one statistic
进出口额, 进出口总额 and 进出口规模. Gathering needs one key for each, but must keep apart what the
trade keeps apart (增加值 and 总产值, 规上 and 全部, 财政收入 and 地方财政收入). Only wording that
carries no content is dropped here; true synonyms come from a short table.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

__all__ = [
    "Share",
    "confusable",
    "core",
    "indicator_key",
    "sector_root",
    "share_of",
    "subject_key",
]

_BRACKETS = re.compile(r"[（(\[【][^（()）\]】]*[）)\]】]")
_MARKS = re.compile(r"[\s“”\"'‘’「」《》·、，,：:；;—\-的]")
_REGION = re.compile(
    r"^(?:全国|全省|我省|本省|全市|我市|本市|全区|我区|本区|全县|我县|[\u4e00-\u9fff]{2,3}省)(?=..)"
)
_SITE = re.compile(r"(?<=...)位于.*$")
_COUNTED = re.compile(r"^(?:现有|目前|全部|所有|已有|上述)?(?:\d+(?:个|家|户|项))?")
_RANKED = re.compile(r"^(?:省级以上|国家级和省级|国家级、省级|省级及以上|各级各类|各级|各类)(?=..)")

_HEADS = re.compile(
    r"^(?:累计|共计|共|完成|实现|达到|新近|预期|预计|力争|确保|全年|年度|年均|每年|实有|年)(?=..)"
)
_TAILS = re.compile(
    r"(?<=..)(?:年均增长率|年均增速|同比增速|增长速度|增长率|增速|增幅|调度目标|目标值|"
    r"总额|总规模|规模|总量|总数|(?<!生产)总值|数量|额度|额|(?<!指)数)$"
)
_SYNONYMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"(?:地区|国内|全区|全市)?生产总值|GDP|gdp", "生产总值"),
        (r"(?:占比|所占比例|所占份额|比例|份额|百分比)$", "比重"),
        (r"一产增加值$|^一产$", "第一产业增加值"),
        (r"二产增加值$|^二产$", "第二产业增加值"),
        (r"三产增加值$|^三产$|^服务业增加值$", "第三产业增加值"),
        (r"规模以上", "规上"),
        (r"^(?:全部|全口径)工业增加值$", "工业增加值"),
        (r"外贸进出口|对外贸易进出口", "进出口"),
        (r"直接利用外资|实际使用外资|实际利用外资", "实际利用外商直接投资"),
        (
            r"(?:全社会)?(?:研究与试验发展|研究发展|研究与开发|科技研发|研发)(?:经费)?"
            r"(?:投入|支出|内部支出)?(?:经费)?",
            "研发经费",
        ),
    )
)


@lru_cache(maxsize=65536)
def subject_key(subject: str) -> str:
    """The owner of a figure without counting words and without the region it lies in."""
    text = _MARKS.sub("", subject)
    text = _BRACKETS.sub("", text) or text
    text = _SITE.sub("", text)
    for pattern in (_COUNTED, _RANKED, _REGION, _COUNTED, _RANKED):
        shorter = pattern.sub("", text)
        text = shorter or text
    return text


@lru_cache(maxsize=65536)
def indicator_key(name: str) -> str:
    """The statistic without verbs, totals words, brackets and punctuation."""
    text = _BRACKETS.sub("", name) or name
    text = _MARKS.sub("", text)
    text = text.replace("R&D", "" if "研" in text else "研发")
    previous = ""
    while previous != text:
        previous = text
        text = _TAILS.sub("", _HEADS.sub("", text))
    for pattern, synonym in _SYNONYMS:
        text = pattern.sub(synonym, text)
    return text


class Share(NamedTuple):
    """A share or intensity: what of what (A 占 B 比重). ``whole`` is empty where not said."""

    part: str
    whole: str
    #: the whole belongs to a larger area (占全省…)
    outer: bool = False


_SHARE = re.compile(
    r"^(.{1,40}?)占(全国|全省|我省|全市|我市|兰州市|甘肃省)?(.{2,30}?)(?:比重|比例)?$"
)
_BARE_SHARE = re.compile(r"^(.{2,40}?)(?:比重|强度)$")


@lru_cache(maxsize=65536)
def share_of(name: str) -> Share | None:
    """Part and whole of a share's name, as keys."""
    text = indicator_key(name)
    match = _SHARE.match(text)
    if match:
        whole = indicator_key(match[3])
        return Share(indicator_key(match[1]), whole, bool(match[2]))
    bare = _BARE_SHARE.match(text)
    if bare is None:
        return None
    part = indicator_key(bare[1])
    if part == "研发经费" or (part.endswith("增加值") and part != "工业增加值"):
        return Share(part, "生产总值")
    return None


#: pairs that readers and writers mix up: one value under both names is a copying slip
_CONFUSABLE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"增加值|总产值|产值"), "〔产出〕"),
    (re.compile(r"纯收入|可支配收入"), "〔收入〕"),
    (re.compile(r"登记失业率|调查失业率"), "〔失业率〕"),
    (re.compile(r"有实绩|备案|有进出口经营资格"), "〔外贸企业〕"),
)


@lru_cache(maxsize=65536)
def confusable(name: str) -> str:
    """The name with each word of a confusable pair replaced by their class."""
    text = indicator_key(name)
    for pattern, klass in _CONFUSABLE:
        text = pattern.sub(klass, text)
    return text


_SECTOR = re.compile(r"^(.{2,12}?)(?:产业|企业|行业|园区)")


@lru_cache(maxsize=65536)
def sector_root(name: str) -> str:
    """高新技术 of 高新技术产业增加值, 高新技术企业从业人员; empty where no sector is named."""
    match = _SECTOR.match(indicator_key(name))
    return match[1] if match else ""


_CORE = re.compile(r"投资|贷款|融资|补助|补贴|扶持资金|专项资金|营业|产值")


@lru_cache(maxsize=65536)
def core(name: str) -> str:
    """The one word that says what kind of money a figure is (投资, 贷款 …), or nothing."""
    match = _CORE.search(name)
    return match[0] if match else ""
