"""Horizon, direction and base (规划期、方向与基期, H2-H4).

The years a plan names must be as many as it says; a target should lie on the better side of its
base; and a target with a rate but without any base cannot be checked by anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from hexi.plans.audit.accounts import lower_is_better
from hexi.plans.audit.arithmetic import with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Evidence, Finding, Verdict
from hexi.plans.audit.gather import Figure, Series
from hexi.plans.audit.names import share_of
from hexi.quantities import numerals

__all__ = ["check_bases", "check_directions", "check_horizon"]

_SPAN = re.compile(
    r"((?:19|20)\d{2})\s?年?\s?(?:至|到|—{1,2}|–|-|~|～)\s?((?:19|20)\d{2})\s?年?\s?"
    r"(?:[（(，,]|的|共|为期|这|规划期)?\s?([一二三四五六七八九十]{1,2}|\d{1,2})\s?年(?![代月级]|\d)"
)
_PERIOD = re.compile(
    r"[“「‘\"]?十([一二三四五六])五[”」’\"]?(?:时期|期间|规划期)?[（(]\s?((?:19|20)\d{2})\s?年?\s?"
    r"(?:至|到|—{1,2}|–|-|~|～)\s?((?:19|20)\d{2})\s?年?\s?[）)]"
)
_PLAN = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031}
#: rates of what is done to all there is, which never pass a hundred
#: verbs of help and care: what they count is part of what there is
_ACTED_ON = (
    "推动",
    "推进",
    "引导",
    "支持",
    "帮助",
    "扶持",
    "组织",
    "鼓励",
    "遴选",
    "辅导",
    "推荐",
    "选派",
    "服务",
)
_PARTIAL = re.compile(
    r"(?:处理|处置|达标|合格|城镇化|绿化|绿化覆盖|森林覆盖|失业|优良|综合利用|重复利用)率$"
)
_TITLE = re.compile(r"十([一二三四五六])五(?![年月日])")
_TITLE_SPAN = re.compile(r"((?:19|20)\d{2})\s?年?\s?(?:至|到|—{1,2}|–|-|~|～)\s?((?:19|20)\d{2})")


def check_horizon(docket: Docket) -> Iterator[Finding]:
    """H2: spans that say how many years they are, and plan periods with their years."""
    for source, _, holder, text in docket.texts:
        if "年" not in text:
            continue
        document = docket.book.documents[source]
        for match in _SPAN.finditer(text):
            said = _number(match[3])
            if said is None:
                continue
            first, last = int(match[1]), int(match[2])
            years = last - first + 1
            verdict = Verdict.EQUAL if years == said else Verdict.SUSPECT
            if years == said + 1:
                verdict = Verdict.OPEN  # 2015年到2020年的五年 counts from the end of the first
            start, end = holder.place(match.start(), match.end())
            evidence = Evidence(document.name, start, end, document.text[start:end])
            yield check_line(
                "H2",
                "identity",
                verdict,
                match[0],
                (),
                f"{last} − {first} + 1 = {years}；原文 {said}",
                str(years),
                evidence=(evidence,),
            )
        for match in _PERIOD.finditer(text):
            begins = _PLAN[match[1]]
            stated = (int(match[2]), int(match[3]))
            right = stated == (begins, begins + 4)
            start, end = holder.place(match.start(), match.end())
            evidence = Evidence(document.name, start, end, document.text[start:end])
            yield check_line(
                "H2",
                "identity",
                Verdict.EQUAL if right else Verdict.OUTSIDE,
                match[0],
                (),
                f"“十{match[1]}五” = {begins}–{begins + 4}；原文 {stated[0]}–{stated[1]}",
                f"{begins}–{begins + 4}",
                evidence=(evidence,),
            )
    yield from _titles(docket)


def _titles(docket: Docket) -> Iterator[Finding]:
    """The period in the title against the horizon that the text states."""
    for source in range(docket.audited):
        document = docket.book.documents[source]
        titled = _titled(document.title)
        plan = docket.plans[source]
        if titled is None or plan is None or not plan.horizon.said:
            continue
        horizon = plan.horizon.stated or docket.horizon(source)
        if horizon is None:
            continue
        said, first, last = titled
        right = horizon == (first, last)
        start = document.text.find(plan.horizon.said)
        evidence: tuple[Evidence, ...] = ()
        if start >= 0:
            end = start + len(plan.horizon.said)
            evidence = (Evidence(document.name, start, end, plan.horizon.said),)
        yield check_line(
            "H2",
            "passages",
            Verdict.EQUAL if right else Verdict.SUSPECT,
            document.title,
            (),
            f"标题“{said}” = {first}–{last}；规划期 {horizon[0]}–{horizon[1]}",
            f"{first}–{last}",
            evidence=evidence,
        )


def _titled(title: str) -> tuple[str, int, int] | None:
    """The years that a title names, in figures or as a five-year plan."""
    span = _TITLE_SPAN.search(title)
    if span is not None:
        return span[0], int(span[1]), int(span[2])
    match = _TITLE.search(title)
    if match is None:
        return None
    begins = _PLAN[match[1]]
    return match[0], begins, begins + 4


@lru_cache(maxsize=256)
def _number(text: str) -> int | None:
    numeral = numerals.read(text)
    return int(numeral.value) if numeral is not None else None


def check_directions(docket: Docket) -> Iterator[Finding]:
    """H3: targets on the wrong side of their base, and shares outside 0 to 100."""
    right: dict[int, list[Figure]] = {}
    for (source, _, _), series in docket.book.series.items():
        for share in series.of("share"):
            if share.unit_name == "%" and not 0 <= share.value <= 100 and _is_inside(share):
                yield _range_line(share)
        pair = _base_and_target(series)
        if pair is None or _is_acted_on(docket, pair[1]):
            continue
        wanted = _direction(docket, pair[1])
        moved = (pair[1].exact > pair[0].exact) - (pair[1].exact < pair[0].exact)
        worse = wanted and moved == -wanted and not _shrinks_on_purpose(series)
        if worse and _belong_together(*pair):
            yield _direction_line(*pair, wanted)
        else:
            right.setdefault(source, []).append(pair[1])
    for source, figures in right.items():
        document = docket.book.documents[source]
        yield check_line(
            "H3",
            "plausibility",
            Verdict.PASS,
            document.title or document.name,
            figures[:3],
            f"{len(figures)} 项目标的方向与取值范围",
        )


def _is_inside(share: Figure) -> bool:
    """A share of a whole that holds its part: not 占年度计划的102%, not 出口占生产总值."""
    if _PARTIAL.search(share.name):
        return True
    named = share_of(share.statement.indicator)
    if named is None or not named.whole or "计划" in named.whole or "目标" in named.whole:
        return False
    return named.part.endswith("增加值") or named.part[-2:] in named.whole


def _base_and_target(series: Series) -> tuple[Figure, Figure] | None:
    levels = [f for f in series.figures if f.is_level and f.year is not None and f.bound != "le"]
    bases = [f for f in levels if f.modality == "actual"]
    aims = [f for f in levels if f.modality == "target"]
    if not bases or not aims:
        return None
    aim = max(aims, key=lambda f: f.year or 0)
    earlier = [b for b in bases if (b.year or 0) < (aim.year or 0)]
    if not earlier:
        return None
    base = max(earlier, key=lambda f: f.year or 0)
    return (base, aim) if base.dimension == aim.dimension else None


def _is_acted_on(docket: Docket, aim: Figure) -> bool:
    """推动300家企业改造 counts those that something is done with, not how many there shall be."""
    said = aim.statement
    if said.table or said.measure != "count":
        return False
    text = docket.book.documents[aim.source].text
    return text[max(0, said.start - 12) : said.start].rstrip().endswith(_ACTED_ON)


def _belong_together(base: Figure, aim: Figure) -> bool:
    """In one row, or under a telling name and of one size: else they are not one statistic."""
    if base.row is not None and base.row == aim.row:
        return True
    low, high = sorted((base.exact, aim.exact))
    return len(aim.name) >= 4 and 0 < high <= 2 * low


def _direction(docket: Docket, figure: Figure) -> int:
    """+1 where more is better, -1 where less is, 0 where it depends or is not known."""
    if docket.catalogue is not None:
        indicator = docket.catalogue.indicator(figure.statement.indicator_id)
        if indicator is None:
            indicator = docket.catalogue.find_indicator(figure.statement.indicator, near=False)
        if indicator is not None:
            return {"up": 1, "down": -1}.get(indicator.direction, 0)
    return -1 if lower_is_better(figure.name) else 0


def _shrinks_on_purpose(series: Series) -> bool:
    return any(r.value < 0 for r in series.of_any("growth_annual", "growth_total"))


def _direction_line(base: Figure, aim: Figure, wanted: int) -> Finding:
    what = aim.statement.indicator
    better = "高" if wanted > 0 else "低"
    return check_line(
        "H3",
        "plausibility",
        Verdict.SUSPECT,
        what,
        (base, aim),
        f"{base.year}：{with_unit(base)}；{aim.year}：{with_unit(aim)}",
        f"{'≥' if wanted > 0 else '≤'} {with_unit(base)}",
        title=(
            f"{what}：目标劣于基期（该指标越{better}越好）",
            f"{what}: the target is worse than the base "
            f"({'more' if wanted > 0 else 'less'} is better)",
        ),
    )


def _range_line(share: Figure) -> Finding:
    return check_line(
        "H3",
        "identity",
        Verdict.OUTSIDE,
        share.statement.indicator,
        (share,),
        f"{with_unit(share)} ∉ 0–100%",
        "0–100 %",
    )


def check_bases(docket: Docket) -> Iterator[Finding]:
    """H4: which targets have a base, and which have a rate but nothing to apply it to."""
    with_base: dict[int, int] = {}
    without: dict[int, list[Figure]] = {}
    for (source, _, _), series in docket.book.series.items():
        rates = [r for r in series.of("growth_annual") if r.modality == "target" and r.span]
        aims = [
            f
            for f in series.figures
            if f.is_level and f.modality == "target" and f.year is not None
        ]
        if not aims or not rates:
            continue
        if any(f.is_level and f.modality == "actual" for f in series.figures):
            with_base[source] = with_base.get(source, 0) + 1
        else:
            without.setdefault(source, []).append(aims[0])
    for source in sorted({*with_base, *without}):
        lacking = without.get(source, [])
        document = docket.book.documents[source]
        title = None
        if lacking:
            names = "、".join(dict.fromkeys(f.statement.indicator for f in lacking[:6]))
            title = (
                f"{len(lacking)} 项目标有增速而无基期值：{names}",
                f"{len(lacking)} targets have a rate but no base: {names}",
            )
        yield check_line(
            "H4",
            "plausibility",
            Verdict.OPEN if lacking else Verdict.PASS,
            document.title or document.name,
            lacking[:6],
            f"有基期 {with_base.get(source, 0)} 项；无基期 {len(lacking)} 项",
            title=title,
        )
