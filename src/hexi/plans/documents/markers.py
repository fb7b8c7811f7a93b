"""Numbering and other marks at the start of a line (序号): what kind of line it opens.

Official prose numbers its parts 第一章, 第一节, 一、, （一）, 1., （1）, ① in this order of rank; a
line that opens so is a heading, a run-in heading with its text, or a list item.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

__all__ = ["RANKS", "Mark", "mark_of", "opens_block"]

_HAN_NUMBER: Final = "[一二三四五六七八九十百零〇]{1,4}"

#: rank of each kind of numbering, highest first
RANKS: Final[tuple[str, ...]] = (
    "part", "chapter", "section", "han", "han_paren", "digit", "digit_paren", "circled",
)  # fmt: skip

_MARK: Final = re.compile(
    rf"(?P<part>第\s?(?:{_HAN_NUMBER}|\d{{1,2}})\s?(?:篇|编|部分)(?=\s|[、：:]|[^\W\d]))"
    rf"|(?P<chapter>第\s?(?:{_HAN_NUMBER}|\d{{1,2}})\s?章)"
    rf"|(?P<section>第\s?(?:{_HAN_NUMBER}|\d{{1,2}})\s?节)"
    rf"|(?P<box>专\s?[栏欄]\s?(?:\d{{1,3}}(?:[-—]\d{{1,2}})?|{_HAN_NUMBER})?(?=[\s：:．.、]|[^\W\d]|$))"
    rf"|(?P<caption>(?:附?表|图)\s?(?:\d{{1,3}}(?:[-—.]\d{{1,3}})*|{_HAN_NUMBER})(?=[\s：:；;．.、，]|[^\W\d]|$))"
    rf"|(?P<han>{_HAN_NUMBER}[、．.])"
    rf"|(?P<han_paren>[（(]\s?{_HAN_NUMBER}\s?[）)])"
    r"|(?P<digit>\d{1,2}\s?(?:[、．]|\.(?!\d))|\d{1,2}[\ue000-\uf8ff](?!\d)|\d{1,2}(?=[“《]))"
    r"|(?P<digit_paren>[（(]\s?\d{1,2}\s?[）)]|\d{1,2}[）)])"
    r"|(?P<circled>[①-⑳⑴-⒇⒈-⒛])"
    r"|(?P<bullet>[—–]{2}|--(?!-)|[●○■□◆◇▪•·※★☆]|[-*+—–] )"
    r"|(?P<hash>\#{1,6}[ \t\u3000])"
    r"|(?P<note>(?:\*?\s?(?:备?注|说明|资料来源|数据来源)\s?\d{0,2}\s?[：:])|[（(]注[：:])"
    r"|(?P<unit>[（(]?\s?(?:计量)?单\s*位\s?[：:])"
)


#: the first characters of marks that are neither digits nor blanks: most lines open with none
_OPENERS: Final = frozenset(
    "第专附表图一二三四五六七八九十百零〇（(—–-●○■□◆◇▪•·※★☆*+#备注说资数计单"
    + "".join(map(chr, range(0x2460, 0x249C)))
)


class Mark(NamedTuple):
    """The kind of mark and how many characters it takes."""

    kind: str
    width: int


def _match(text: str) -> re.Match[str] | None:
    first = text[:1]
    if first in _OPENERS or first.isdecimal() or first.isspace():
        return _MARK.match(text)
    return None


def mark_of(text: str) -> Mark | None:
    """The mark that opens a line, if any."""
    match = _match(text)
    return Mark(match.lastgroup or "", match.end()) if match is not None else None


def opens_block(text: str) -> bool:
    """Whether a line that starts so cannot be the continuation of the line before."""
    match = _match(text)
    if match is None:
        return False
    if match.lastgroup == "digit":
        # "…建成\n3“…" is no item: a bare digit before a quote opens nothing inside torn text
        return not text[: match.end()].isdigit()
    return True
