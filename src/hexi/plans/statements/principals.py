"""Principals (主体): whose document it is, by its title, its definitions and its first lines."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from hexi.plans.statements.lexicon import alternatives, table, words
from hexi.plans.statements.names import Owners, ends_with, is_about, strip_lead
from hexi.plans.statements.times import time_pattern

__all__ = ["owners_of"]

_SHORT = re.compile(
    r"([^，,。；;：、（(“”《》\s]{2,30})[（(]以下(?:统称|简称)(?:为)?"
    r"[“\"]?([^”\"）)]{2,16})[”\"]?[）)]"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:省|自治区|市|自治州|县|旗)(?![场值级民直])")
_ZONE_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,20}?(?:经济技术开发区|高新技术产业开发区|产业开发区|经济开发区"
    r"|开发区|新区|园区|示范区|试验区|保税区|集中区|合作区|经开区|高新区|工业园区|工业园)"
)
#: what may stand before the body in a title (关于支持…, 2023年…)
_OPENING = re.compile(
    r"^(?:[\s“”\"《〈（(#\d年度]|关于|印发|支持|推动|推进|促进|加快|进一步|全面|做好|加强|深化|建设|中共|中国)+"
)
_INSIDE = re.compile(r"(?<![\u4e00-\u9fff])[全我本](?:省|市|县|区|州|园)(?![级域])")
#: a body is looked for so far into a document whose title names none
_HEAD = 600


def owners_of(title: str, texts: list[str]) -> Owners:
    """Who figures of the document can be of: its principal, and the territories around it."""
    title = _OPENING.sub("", title)
    head = "\n".join(texts[:12])[:_HEAD]
    zone = _zone(title)
    aliases = _short_forms(zone, texts[:200])
    place = _PLACE.search(title)
    local = place[0] if place else ""
    province, in_title = _province([title, *texts])
    principal = (
        aliases.get(zone, zone) or _principal(title) or local or _body(title)
        or (province if in_title else _first_body(head) or province or _said_from_inside(texts))
    )  # fmt: skip
    return Owners(
        principal,
        aliases,
        province=province,
        city=_city(title) or (principal if principal.endswith("市") else ""),
        county=next((b for b in (local, principal) if b.endswith(("县", "旗", "区"))), ""),
        zone=principal if zone else "",
    )


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile(
        rf"[\u4e00-\u9fff]{{2,14}}?(?:{alternatives(words('names', 'principal'))})"
        r"(?![域间位级块划内外别长委])"
    )


def _body(title: str) -> str:
    """临港新城推进…若干措施: the body that the title opens with."""
    match = _bodies().match(title)
    return match[0] if match else ""


def _said_from_inside(texts: list[str]) -> str:
    """全区, 我市: where no name is given, the territory as it speaks of itself."""
    said = Counter(_INSIDE.findall("\n".join(texts[:200])))
    return said.most_common(1)[0][0] if said else ""


def _first_body(head: str) -> str:
    """The first body that a clause of the opening lines begins with."""
    for clause in re.split(r"[，,。；;：、\s（）()“”]+", head):
        clause = time_pattern().sub("", _OPENING.sub("", clause))
        match = None if is_about(clause) else _bodies().match(clause)
        if match and not match[0].startswith(("全", "我", "本", "该", "各")):
            return match[0]
    return ""


def _short_forms(zone: str, texts: list[str]) -> dict[str, str]:
    """Short forms that the document defines (以下简称); each name leads to the form to show."""
    aliases: dict[str, str] = {}
    for text in texts:
        if "以下" not in text:
            continue
        for match in _SHORT.finditer(text):
            short, run = match[2].strip(), match[1]
            long = run[run.index(zone) :] if zone and zone in run else strip_lead(run)
            if ends_with("body", short):
                aliases[short] = aliases[long] = short
    return aliases


def _province(texts: list[str]) -> tuple[str, bool]:
    """The province that the title names, else the one that the text names most; and whether the
    title names it."""
    own = re.search(
        r"([\u4e00-\u9fff]{2,3}?省)(?=[“\"十人关国]|开放|外贸|商务|开发区|经济)", texts[0]
    )
    if own and not own[1].startswith(("全", "我", "本")):
        return own[1], True
    head = "\n".join(texts[1:60])[:8000]
    named = {
        full: texts[0].count(short) * 1000 + head.count(short)
        for full, short in table("places")["provinces"]["names"]
    }
    most = max(named, key=lambda full: named[full])
    return most if named[most] else "", named[most] >= 1000


def _city(title: str) -> str:
    match = re.search(r"[\u4e00-\u9fff]{2,4}(?:市|自治州)", title)
    return match[0] if match else ""


def _zone(title: str) -> str:
    match = _ZONE_NAME.search(re.sub(r"[“”\"]", "", title.split("“")[0]))
    return match[0] if match else ""


def _principal(title: str) -> str:
    """Territory of the title, with the kind of unit that the plan is about (甘肃省开发区)."""
    place = _PLACE.search(title)
    if not place:
        return ""
    topic = re.sub(r"[“\"]?十[一二三四五六七八九]?五[”\"]?(?:时期|期间)?", "", title[place.end() :])
    kind = re.match(
        r"(?:国家级|省级)?(?:开发区|园区|工业园区|高新区|经开区|产业园区)", topic.strip()
    )
    return place[0] + (kind[0] if kind else "")
