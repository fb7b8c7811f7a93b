"""Lists of names (名称列举): 甲、乙（一期）、丙等项目 taken apart with brackets respected."""

from __future__ import annotations

import re
from functools import cache

from hexi.plans.register.lexicon import alternatives

__all__ = ["category_line", "split_names"]

_OPEN = dict(zip("（(《“‘【[「『", "）)》”’】]」』", strict=True))
_MARKS = re.compile(r"[（(《“‘【\[「『）)》”’】\]」』、；;]")


def split_names(text: str) -> list[str]:
    """Names between 、 or ； outside brackets; the closing 等项目 goes, a last 甲和乙 is parted."""
    parts: list[str] = []
    start = 0
    closers: list[str] = []
    for mark in _MARKS.finditer(text):
        sign = mark[0]
        if closers and sign == closers[-1]:
            closers.pop()
        elif sign in _OPEN:
            closers.append(_OPEN[sign])
        elif not closers and sign in "、；;":
            parts.append(text[start : mark.start()])
            start = mark.end()
    parts.append(text[start:])
    if closers:
        # a bracket that is never closed: it cannot be what holds the list together
        parts = re.split(r"[、；;]", text)
    names = [name for part in parts if (name := part.strip(" \u3000。，,.\t\n"))]
    if names:
        names[-1] = _list_end().sub("", names[-1]) or names[-1]
        names[-1:] = _parted(names[-1], names[0] if len(names) > 1 else "")
    return names


def category_line(text: str) -> tuple[str, str] | None:
    """Category and list of a line 类别：甲、乙、丙, where it is one."""
    match = _category().match(text)
    if match is None or not ("、" in match["list"] or _list_end().search(match["list"])):
        return None
    if _PROSE.search(_BRACKETED.sub("", match["list"])):
        return None
    return match["category"].strip(), match["list"]


#: a list of names has no clauses
_PROSE = re.compile("[，,！？]")
_BRACKETED = re.compile(r"[（(《][^（()）《》]*[）)》]")


@cache
def _category() -> re.Pattern[str]:
    ends = alternatives("projects", "category_ends")
    return re.compile(
        rf"(?:[（(]?[\d一二三四五六七八九十]{{1,3}}[）)、.．])?\s*"
        rf"(?P<category>[^：:。；，,]{{1,24}}?(?:{ends}))\s*[：:](?P<list>[^。]+)。?\s*$"
    )


@cache
def _list_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('projects', 'list_ends')})[。；;.]?$")


@cache
def _twin_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('projects', 'twin_ends')})$")


def _parted(last: str, first: str) -> list[str]:
    """甲项目和乙项目 at the end of a list of 项目 are two names; 研发和生产基地 is one."""
    end = _twin_end().search(first)
    if end is None:
        return [last]
    match = re.fullmatch(rf"(.+?{end[0]})(?:和|以及|及|与)(.+{end[0]})", last)
    return [match[1], match[2]] if match else [last]
