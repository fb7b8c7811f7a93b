"""Tokens of a sentence (词元): figures, times, function words by role, and the names between.

A token has a *kind*, one letter, so that a stretch of tokens can be written as a short string
and the grammar can be written as patterns over such strings (see ``grammar.py``):

====  =============================================  ====  ==================================
F     figure                                         T     expression of time
N     name: any other text                           V     value verb or copula (达到, 为)
U     upward verb (提高到)                           G     growth word (增长, 下降, 增速)
K     annual (年均)                                  Y     on the year before (同比)
C     comparison (较“十一五”末, 比2017年)            O     from (由, 从)
S     占                                             H     比重, 比例
B     bound before the figure (超过, 约)             b     bound after it (以上, 左右)
A     aim (力争, 将)                                 L     cumulative (累计)
J     total, done (共, 已)                           D     分别
M     其中, 包括                                     R     rule (规定, 不得)
P     per one (每亩)
E     forecast (预测)
,     comma, colon                                   ;     semicolon
i     number of an item (一是)
/     enumeration comma (、)                         ( )   brackets
====  =============================================  ====  ==================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from hexi.plans.statements.figures import Figure
from hexi.plans.statements.lexicon import alternatives, words
from hexi.plans.statements.times import Clock, Moment, has_time, time_pattern

__all__ = ["Token", "kinds_of", "tokenize"]


@dataclass(slots=True)
class Token:
    """A piece of a sentence; offsets count in the logical text of its block."""

    kind: str
    start: int
    end: int
    text: str
    figure: Figure | None = None
    moment: Moment | None = None
    #: bound of B and b; sign of G
    sense: str = ""


_ROLES: tuple[tuple[str, str, str], ...] = (
    # (role in words.toml, kind, sense)
    ("upward", "U", ""),
    ("growth", "G", "+"),
    ("decline", "G", "-"),
    ("annual", "K", ""),
    ("yoy", "Y", ""),
    ("share", "H", ""),
    ("at_least_before", "B", "ge"),
    ("at_most_before", "B", "le"),
    ("about_before", "B", "approx"),
    ("at_least_after", "b", "ge"),
    ("at_most_after", "b", "le"),
    ("about_after", "b", "approx"),
    ("cumulative", "L", ""),
    ("distributive", "D", ""),
    ("subset", "M", ""),
    ("forecast", "E", ""),
    ("rule", "R", ""),
    ("aim", "A", ""),
    ("of", "S", ""),
    ("value", "V", ""),
    ("total", "J", ""),
)
#: words that are words of the grammar only right before a figure, else parts of names
_TIGHT = {
    "达", "为", "是", "有", "过", "超", "约", "近", "逾", "至少", "大于", "小于", "高于", "低于",
    "突破", "超过", "保持", "不足", "总计", "合计", "少于", "多于", "最多", "接近",
    "扩大", "提高", "提升", "增加", "减少", "压缩", "降低", "缩减", "削减",
    "净增", "增收", "减收", "精简", "压降", "缩短", "节约", "节省", "压减",
}  # fmt: skip
#: words that open a clause or stand before a verb; inside a name they are parts of it
_LOOSE_AIM = {"要", "将", "使", "应", "须", "拟"}
_PUNCTUATION = {
    "，": ",", ",": ",", "：": ",", ":": ",", "；": ";", ";": ";", "、": "/", "（": "(", "(": "(",
    "）": ")", ")": ")", "［": "(", "］": ")", "\n": ",", "——": ",",
}  # fmt: skip


_ORDINAL = re.compile(r"(?:\A|[，,：:；;。！\s])[一二三四五六七八九十]$")
_SPACE = "　 \t\r\n。；！？"
#: what is left between two figures of a range or a split and names nothing
#: 计划总投资, 目标任务: aims and rules that are parts of a noun
_NOUNS = frozenset({"计划", "目标", "预期", "标准", "要求"})
_NOUN_TAILS = frozenset("总投值任单额量贷资融率")
#: verbs that are also parts of nouns (拥有量, 完成率); the V pattern tells them apart
_VERBS = frozenset({"实现", "完成", "拥有", "达到", "突破"})
_JOINED = frozenset(
    {
        "经过",
        "通过",
        "所有",
        "作为",
        "现有",
        "节约",
        "制约",
        "签约",
        "预约",
        "合约",
        "邻近",
        "附近",
        "靠近",
        "国有",
        "共有",
    }
)
#: verbs of change with 至 or 到 that the lexicon need not list (扩容至, 放缓至, 迈向)
_RISING = re.compile(
    r"(?:[增扩提升降减缩拓攀跃放延回收压迈调优][\u4e00-\u9fff]?[至到]|调整为|迈向|迈上|跃居)\s*$"
)
#: 在2020年基础上: the year is what is compared with
_BASIS = re.compile(r"(?:的)?(?:基础|水平|基数)(?:上|之上)?")
_PLACED_FROM = re.compile(
    r"[由从](?:在|位居|位列)?(?:全国|全省|全市|全州|全区|全县|同类)[^，。]{0,8}$"
)
_PER_ONE = re.compile(r"每(亩|人|公顷|平方公里|平方米|户|吨|万元)\s*$")
_COPULA = frozenset({"是", "为", "有", "达", "到", "在"})
_EMPTY = _SPACE + '-－—–~～至的和与及了前“”"'


@cache
def _sense() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for role, kind, sense in _ROLES:
        for word in words("words", role):
            found.setdefault(word, (kind, sense))
    return found


@cache
def _words() -> re.Pattern[str]:
    """Function words in free position, comparisons, from, and punctuation."""
    loose = tuple(
        sorted(
            (
                word
                for word, (kind, _) in _sense().items()
                if kind != "b"
                and word not in _TIGHT
                and word not in _VERBS
                and word not in _LOOSE_AIM
                and len(word) > 1
            ),
            key=lambda word: (-len(word), word),
        )
    )
    year = r"(?:19|20)\d\d\s*年"
    base = rf"(?:[“\"]?十[一二三四五六七八九]?五[”\"]?(?:时?期?末|时期|期间)?|{year}(?:底|末)?)"
    return re.compile(
        rf"(?P<C>(?:较|比|与)(?:以往|上年|去年)?(?:{base}))"
        rf"|(?P<V>(?:实际|共|已|均|分别|总共|合计)*(?:实现|完成|拥有|达到|突破)(?![率额量情了期时]))"
        rf"|(?P<S>占到了|占到|约占|占(?!地(?!区|方)|[用比有据线领优道位市]))"
        rf"|(?P<A>(?<![名大小主部])将(?![军领士近来门帅才])|[要应须拟](?=[达突增提保超力实完建开赴组新培引在每重全继加深推坚大扎认抓着聚]))"
        rf"|(?P<i>[一二三四五六七八九十]是)(?<![^，,：:；;。！\s]..)"
        rf"|(?P<w>{alternatives(loose)})"
        rf"|(?P<p>[，,：:；;、（(）)\n]|——)"
    )


@cache
def _tight() -> re.Pattern[str]:
    """Function words at the end of a gap, right before a figure."""
    every = tuple(sorted(_sense(), key=lambda word: (-len(word), word)))
    return re.compile(rf"(?:{alternatives(every)})\s*$")


@cache
def _after() -> re.Pattern[str]:
    bounds = tuple(w for w, (kind, _) in _sense().items() if kind == "b")
    ordered = tuple(sorted(bounds, key=lambda word: (-len(word), word)))
    return re.compile(rf"\s*(?:人民币)?\s*(?P<b>{alternatives(ordered)})")


def tokenize(text: str, start: int, end: int, figures: list[Figure], clock: Clock) -> list[Token]:
    """Tokens of ``text[start:end]``; ``figures`` are those of the stretch, in order."""
    tokens: list[Token] = []
    here = start
    for figure in figures:
        _gap(text, here, figure.start, clock, tokens, before_figure=True)
        tokens.append(Token("F", figure.start, figure.end, text[figure.start : figure.end], figure))
        here = figure.end
        bound = _after().match(text, here, end)
        if bound:
            word = bound["b"]
            tokens.append(Token("b", bound.start("b"), bound.end(), word, sense=_sense()[word][1]))
            here = bound.end()
    _gap(text, here, end, clock, tokens, before_figure=False)
    return tokens


def _gap(
    text: str, start: int, end: int, clock: Clock, tokens: list[Token], *, before_figure: bool
) -> None:
    """Tokens of the text between two figures."""
    tail: list[Token] = []
    whole = end
    if before_figure:
        while start < end:
            match = _tight().search(text, max(start, end - 8), end)
            if not match:
                other = _RISING.search(text, max(start, end - 5), end)
                if other:
                    tail.append(Token("U", other.start(), other.end(), other[0]))
                    end = other.start()
                per = _PER_ONE.search(text, max(start, end - 5), end)
                if per:
                    tail.append(Token("P", per.start(), per.end(), per[1]))
                    end = per.start()
                    continue
                break
            word = match[0].strip()
            if _splits_a_name(text, start, match.start(), word):
                break
            if word in _NOUNS and _is_noun(text, match.start(), match.start() + len(word)):
                break
            kind, sense = _sense()[word]
            tail.append(Token(kind, match.start(), match.start() + len(word), word, sense=sense))
            end = match.start()
    timely = has_time(text, start, whole)
    for match in time_pattern().finditer(text, start, whole) if timely else ():
        if match.end() > end:
            break
        moment = clock.read(match, _last_moment(tokens))
        if moment is None:
            continue
        at = match.start()
        upward = _upward(text, start, match)
        if upward:
            _words_between(text, start, upward[0], tokens)
            tokens.append(Token("U", *upward, text[upward[0] : upward[1]]))
            at = upward[1]
        else:
            _words_between(text, start, at, tokens)
        basis = _BASIS.match(text, match.end())
        if basis and basis.end() <= end:
            tokens.append(Token("C", at, basis.end(), text[at : basis.end()], moment=moment))
            start = basis.end()
            continue
        if not _comparison(tokens, match, moment):
            tokens.append(Token("T", at, match.end(), text[at : match.end()], moment=moment))
        start = match.end()
    _words_between(text, start, end, tokens)
    tokens.extend(reversed(tail))


def _upward(text: str, start: int, match: re.Match[str]) -> tuple[int, int] | None:
    """增加到2020年的…: the 到 is the verb's, not the time's. Span of the verb, or None."""
    if match[0][0] not in "到至":
        return None
    end = match.start() + 1
    verb = _upward_verbs().search(text, start, end)
    return verb.span() if verb else None


@cache
def _upward_verbs() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(words('words', 'upward'))})$")


def _splits_a_name(text: str, start: int, at: int, word: str) -> bool:
    """有色 is no 有: a one-letter word directly after a letter that it makes a name with."""
    if word == "是" and _ORDINAL.search(text, max(start - 1, 0), at):
        # ；三是30日内…: the number of an item
        return True
    if len(word) > 1:
        return word[0] == "年" and text[max(start, at - 1) : at] in "一二三四五六七八九十两"
    return text[max(start, at - 1) : at] + word in _JOINED


def _comparison(tokens: list[Token], match: re.Match[str], moment: Moment) -> bool:
    """较/比 before a time makes a comparison; its moment is the base of the growth."""
    if tokens and tokens[-1].kind == "N" and tokens[-1].end == match.start():
        last = tokens[-1]
        for word in ("与", "较", "比", "高于", "低于", "快于", "慢于", "多于", "少于", "超过"):
            if last.text.endswith(word):
                last.text, last.end = last.text[: -len(word)], last.end - len(word)
                if not last.text.strip():
                    tokens.pop()
                tokens.append(
                    Token(
                        "C", match.start() - len(word), match.end(), word + match[0], moment=moment
                    )
                )
                return True
    return False


def _last_moment(tokens: list[Token]) -> Moment | None:
    return next((t.moment for t in reversed(tokens) if t.kind == "T"), None)


def _words_between(text: str, start: int, end: int, tokens: list[Token]) -> None:
    here = start
    for match in _words().finditer(text, start, end):
        word = match[0]
        if word in _NOUNS and _is_noun(text, match.start(), match.end()):
            continue
        _name(text, here, match.start(), tokens)
        here = match.end()
        group = match.lastgroup or ""
        if group == "p":
            tokens.append(Token(_PUNCTUATION[word], match.start(), here, word))
        elif group == "w":
            kind, sense = _sense()[word]
            tokens.append(Token(kind, match.start(), here, word, sense=sense))
        else:
            tokens.append(Token(group, match.start(), here, word))
    _name(text, here, end, tokens)


def _is_noun(text: str, start: int, end: int) -> bool:
    """年度计划, 计划的, 计划总投资, 目标任务: a plan spoken of, not an aim stated."""
    if text[end : end + 1] in _NOUN_TAILS or text[end : end + 2] in words("words", "goal"):
        return True
    return bool(
        text[end : end + 1] == "的" or text[max(0, start - 2) : start] in words("words", "goal_of")
    )


def _name(text: str, start: int, end: int, tokens: list[Token]) -> None:
    piece = text[start:end].rstrip(_SPACE).removesuffix("第")
    end = start + len(piece)
    if piece.endswith(("由", "从")):
        _name(text, start, end - 1, tokens)
        tokens.append(Token("O", end - 1, end, piece[-1]))
        return
    start += len(piece) - len(piece.lstrip(_SPACE))
    placed = _PLACED_FROM.search(piece)
    if placed and placed.start() > 0 and text[end : end + 1] == "第":
        # 总量由全省第7位: where it was placed before
        at = end - len(placed[0])
        _name(text, start, at, tokens)
        tokens.append(Token("O", at, at + 1, placed[0][0]))
        start = at + 1
    if piece.strip(_EMPTY) in _COPULA:
        tokens.append(Token("V", start, end, piece.strip(_EMPTY)))
    elif start < end and piece.strip(_EMPTY):
        tokens.append(Token("N", start, end, text[start:end]))


def kinds_of(tokens: list[Token]) -> str:
    """The kinds of a stretch of tokens as one string."""
    return "".join(token.kind for token in tokens)
