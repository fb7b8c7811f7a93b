"""Names: from a run of text to subject and indicator (指标名称).

The run of words before a figure holds, in this order, connectives, verbs that bring a thing
about, the owner (``安宁园区``), and the indicator (``地区生产总值``). The order is grammar; which
words play which role is data. The catalogue knows indicators by name, but a name need not be in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property

from hexi.plans.statements.lexicon import alternatives, table, words

__all__ = [
    "Owners",
    "brings",
    "counted_noun",
    "ends_with",
    "indicator_name",
    "is_about",
    "strip_lead",
]

_MARKS = "，、：；。（）()“”\"'《》 　\t\r\n-—·"


@cache
def _lead() -> re.Pattern[str]:
    bring, lead = words("names", "bring"), words("names", "lead")
    every = tuple(sorted({*bring, *lead}, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?:{alternatives(every)})(?:了|出)?")


@cache
def _compound() -> re.Pattern[str]:
    """Nouns that begin like a verb (建设用地, 服务贸易): nothing is stripped from them."""
    return re.compile(rf"(?:{alternatives(words('names', 'compound'))})")


def strip_lead(text: str) -> str:
    """The run without connectives and bringing verbs at its left end (地区生产总值)."""
    while True:
        text = text.lstrip(_MARKS) if text[:1] not in "“《" else text
        match = _lead().match(text)
        if not match or match.end() >= len(text) or _compound().match(text):
            return text
        text = text[match.end() :]


#: what qualifies a rate and names nothing
_ADVERBIAL = re.compile(
    r"^(?:受.{1,12}?影响|按.{1,10}?计算|扣除.{1,12}?因素|剔除.{1,12}?因素|同口径|可比口径|逆势|分别|全年|当年|累计)"
)


def indicator_name(text: str) -> str:
    """The bare name: no lead, no trailing verb, bracket or 的."""
    name = re.sub(r"\s+", "", strip_lead(text.strip(_MARKS)))
    name = _once_built().sub("", name)
    name = re.sub(r"^(?:[一二两三四五六七八九十\d]+年内|每年|年内)", "", name)
    name = re.sub(
        r"^(?:[对凡]|对于)?连续[两二三四五六七八九十\d]+[年次](?:内|以上)?(?=.{2})", "", name
    )
    name = re.sub(r"^就(?!业|读|近|地|餐|诊|学|医)", "", name)
    name = re.sub(r"^中(?=属于|从事|拥有|的)", "", name)
    name = _ADVERBIAL.sub("", name)
    name = re.sub(
        r"^(?:的|了)+|(?:的|之|总体|总量上|已经|现已|已|也|还|就|便|均|都|仅|只|共|将|要|可|(?<![产功性技节储动职效热机潜才智万])能|(?<![归合兼吞])并|且|在|一般|原则上|通常|数量?为|上|内)+$",
        "",
        name,
    )
    name = re.sub(r"^其?余$", "", name)
    name = re.sub(r"连续[一二三四五六七八九十\d]+年(?:稳定|保持)?$", "", name)
    for opening, closing in ("（）", "()", "“”"):
        if name.count(opening) != name.count(closing):
            name = name.replace(opening, "").replace(closing, "")
    return name.strip("，、：；。 　")


@cache
def _once_built() -> re.Pattern[str]:
    return re.compile(rf"^(?:项目|全部|全面)?(?:{alternatives(words('names', 'completed'))})")


@cache
def _suffix(role: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(words('names', role))})$")


def ends_with(role: str, name: str) -> bool:
    """Whether the name ends in a word of the role (body, works, extent, volume, ratio)."""
    return bool(_suffix(role).search(name))


def starts_with(role: str, run: str) -> bool:
    """Whether the run opens with a word of the role."""
    return run.startswith(words("names", role))


@cache
def _light() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(words('names', 'lead'))})")


def strip_light(run: str) -> str:
    """The run without connectives and adverbs at its left end; verbs stay."""
    while match := _light().match(run):
        run = run[match.end() :]
    return run


@cache
def _verbal() -> re.Pattern[str]:
    every = {*words("names", "bring"), *words("names", "about"), *words("names", "lead")}
    ordered = tuple(sorted(every, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?:{alternatives(ordered)})+(?:了|出)?")


def is_verb(run: str) -> bool:
    """The run is nothing but verbs and prepositions (共同组建, 依托): the name comes after."""
    return bool(_verbal().fullmatch(run.strip(_MARKS)))


@cache
def _bring() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(words('names', 'bring'))})")


def brings(run: str) -> bool:
    """Whether a run says that something is to be brought about (建设, 引进, 培育)."""
    return bool(_bring().search(run[:8] + run[-4:]))


#: a counted noun runs to the first verb or mark after it
_NOUN_END = re.compile(
    r"(?:和|及|与|以及)?\d|[，。；：、（(！？\n]|(?:完成|实现|达到|开展|从事|进行|参加|集中开工|已|共|正在|均|全部|建成投产|推动|优化|布局|实行|落户|亮相|来|的招商|建立|帮助|实施|(?<![集其当])中(?![心国药小转试华部型医介东西游学级层端])|对接|签订|入驻|纳入|规划|为|在(?!建|甘|册|校|岗|职)|以(?![上下内外])|提供|制定|开工(?!项目)|投产|围绕|通达|覆盖|不[少低超高]|低于|高于|增长(?![点极])|下降|用于|支持(?!率|力|性|政策|资金|措施)|尚|仍|因|被|获得|处于|位于|由(?!来)|予以|予|超过|新增|落地|入选|未(?![来供批]))"
)


def counted_noun(text: str) -> str:
    """The noun phrase after a figure (国际和地区航线), up to the verb or mark that ends it."""
    body = text.lstrip("的 　")
    body = re.sub(r"^年[底末]之?前", "", body)
    quoted = re.match(r"[“《][^”》]*[”》]", body)
    offset = quoted.end() if quoted else 0
    end = _NOUN_END.search(body, offset)
    noun = (body[: end.start()] if end else body).rstrip("和及与等")
    return noun.strip(_MARKS.replace("“", "").replace("”", "").replace("（", "").replace("）", ""))


@dataclass
class Owners:
    """Who figures of a document can be of: its principal, its short forms, known units."""

    principal: str
    #: short form or alias -> name to show
    aliases: dict[str, str] = field(default_factory=dict)
    province: str = ""
    city: str = ""
    county: str = ""
    zone: str = ""

    def whole(self, word: str) -> str:
        """全省 -> 甘肃省, by the document's own territory."""
        for level, found in table("names")["whole"].items():
            if word in found:
                own: str = getattr(self, level, "")
                return own or (self.county if level == "zone" else "") or word
        return word

    def split(self, text: str) -> tuple[str, str]:
        """(owner, rest) of a run; owner is "" where none opens it, rest may be empty."""
        for alias in self._longest:
            if text.startswith(alias):
                return self._after(self.aliases[alias], text[len(alias) :])
        match = _whole_words().match(text)
        if match:
            owner, rest = self.whole(match[0]), text[match.end() :]
            kind = _kind_word().match(rest)
            if kind and rest[kind.end() :] in _HOW_MANY:
                # 全省开发区数量: the number is the province's
                return owner, rest
            if kind and (len(kind[0]) < len(rest) or match[0] not in ("全区", "我区")):
                return match[0] + kind[0] if owner != match[0] else owner + kind[0], rest[
                    kind.end() :
                ]
            return owner, re.sub(r"^(?:的|内(?!陆|部))+", "", rest)
        match = None if _about().match(text) or _anew().match(text) else _owner().match(text)
        if match and len(match[0]) < 2:
            match = _owner(2).match(text)
        if match and ends_with("part", match[0]):
            match = None
        if match and len(match[0]) > 2 and not match[0].endswith(("地区", "国家")):
            end = match.end()
            further = _owner().match(text, end)
            if _about().match(text, end):
                further = None
            if further and 2 < len(further[0]) < 10 and not further[0].endswith("地区"):
                end = further.end()
            within = _owner().match(text, end) if ends_with("part", text[:end]) else None
            if within and len(within[0]) > 3:
                # 示范区核心区滨江新城: the body inside the part is whose figures follow
                return self._after(within[0], text[within.end() :])
            return self._after(text[:end], text[end:])
        after = _AFTERWARDS.match(text)
        if after:
            return after[1], text[after.end() :]
        for pattern in (_invested(), _industry()):
            named = pattern.match(text)
            if named:
                owner = next(group for group in named.groups() if group)
                return owner, text[len(owner) :]
        return "", text

    def _after(self, owner: str, rest: str) -> tuple[str, str]:
        if 2 < len(owner) < 5 and self.principal.endswith(owner):
            # 开发区实现…: the document's own zone by its kind
            owner = self.principal
        return owner, rest.lstrip("的")

    @cached_property
    def _longest(self) -> tuple[str, ...]:
        return tuple(sorted(self.aliases, key=len, reverse=True))


#: 整合后的开发区亩均增加值: bodies as they are after a change
_AFTERWARDS = re.compile(
    r"((?:整合|优化|调整|合并|重组|扩区|升级|改革)(?:提升|优化)?后的?(?:省级|国家级|全省)?(?:开发区|园区|高新区|经开区|企业))(?=.{2})"
)
_HOW_MANY = ("数量", "总数", "个数", "家数", "总量", "总数量")


@cache
def _whole_words() -> re.Pattern[str]:
    every = [word for found in table("names")["whole"].values() for word in found]
    ordered = tuple(sorted(every, key=lambda word: (-len(word), word)))
    return re.compile(
        rf"(?:{alternatives(ordered)})"
        r"(?!级|列|外(?![国资贸汇])|会|委|政|份|长|道|域|位|市场|场)"
    )


@cache
def _invested() -> re.Pattern[str]:
    """央地合作项目计划投资: works, and what was put into them."""
    return re.compile(
        r"(?!单个|每个|平均|各|户均|单体)(?:([^，。；、的]{2,24}(?:项目|工程))(?=[^，。；、]{0,6}(?:投资|资金|贷款)$)"
        r"|((?:新建|新开工|续建|在建|签约|新签约|前期|储备|省级|市级|省列|市列|亿元以上|[^，。；、的]{2,8}类)(?:重点|重大)?项目)"
        r"(?=(?:开工|复工|竣工|投产|履约|达产|落地|入库|转化|开竣工)率$))"
    )


@cache
def _industry() -> re.Pattern[str]:
    """生物医药产业产值, 装备制造产业重点发展…: an industry by its name, and what it turns out."""
    unnamed = "".join(f"(?<!{word})" for word in words("names", "unnamed"))
    return re.compile(
        rf"([^，。；、的占]{{2,12}}?{unnamed}(?:{alternatives(words('names', 'industry'))}))"
        rf"(?={alternatives((*words('names', 'output'), *words('names', 'pursues')))})"
    )


@cache
def _about() -> re.Pattern[str]:
    return re.compile(rf"(?!经开区|经济)(?:{alternatives(words('names', 'about'))})")


def is_about(run: str) -> bool:
    """The run opens with a word after which a body is not whose figures follow (对, 围绕)."""
    return bool(_about().match(run))


@cache
def _anew() -> re.Pattern[str]:
    """新引进大学生: what is brought about anew is no body, whatever it holds."""
    return re.compile(rf"新(?:{alternatives(words('names', 'bring'))})")


@cache
def _kind_word() -> re.Pattern[str]:
    return re.compile(
        r"(?:各级|各类|各)?(?:国家级|省级)?(?:经济)?(?:开发区|园区|工业园区|高新区|经开区|企业)"
    )


#: endings of bodies that are parts of other words too (入园, 公园; 城镇)
_ENDINGS = (
    r"|(?<![入进出建办公花乐家果茶庄田校儿新])园(?![区林艺丁地内])|(?<![城乡])镇(?![级域政村])"
)


@cache
def _owner(least: int = 0) -> re.Pattern[str]:
    """A body at the left end of a run: shortest text that ends in a body's suffix and goes on;
    at least so many characters come before the suffix (港东园区 does not end at 港)."""
    suffixes = alternatives(words("names", "body")) + _ENDINGS
    return re.compile(
        rf"[省市县区]?[^，。；：、的占是为《（(]{{{least},18}}?(?:{suffixes})"
        rf"(?:[、和及与][^，。；：、的占是为]{{0,12}}?(?:{suffixes}))*"
        rf"(?!级|域|间|位(?!于)|内外|外|里|划|别|分|块|委|长|场|政|容|民|容|发展|人均|家数|数|总数|占|的?企业)"
    )
