"""Responsible bodies (责任单位): who leads and who supports, where the text says so.

Documents say it in brackets (责任单位：甲、乙；配合单位：丙), in a closing bracket (甲牵头，
乙配合), in a sentence (由甲负责) and in a column of a table of tasks.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from hexi.plans.register.lexicon import alternatives
from hexi.plans.register.plan import BodyRole

__all__ = ["Named", "head_role", "in_cell", "in_text", "says_bodies"]

#: names between separators; brackets belong to the name: 各县（市、区）政府
_NAME = re.compile(r"(?:[（(〔][^（()）〔〕]*[）)〕]|[^、，,；;/\s（()）〔〕])+")
_AND = re.compile(r"(?<=[厅局委办部院])和(?=[\u4e00-\u9fff]{2,})")
_REST = re.compile(r"(?:等(?:单位|部门|有关单位|相关部门|有关部门)?|及?各?相关单位)$")
#: an aside on how the list is to be read: (除标注外，列第一位的为牵头单位，下同)
_ASIDE = re.compile(r"[（(〔](?=[^（()）〔〕]*(?:除|下同|第一位|排名))[^（()）〔〕]*[）)〕]$")


class Named(NamedTuple):
    """A body as named in a text: offsets are those of the passage that names it."""

    name: str
    role: BodyRole
    start: int
    end: int


@cache
def _labelled() -> re.Pattern[str]:
    lead, support = alternatives("bodies", "lead"), alternatives("bodies", "support")
    stop = rf"(?=[。；;）)〕\]】\n]|(?:{lead}|{support})[：:]|$)"
    return re.compile(
        rf"(?P<label>{lead}|{support})[：:]\s*"
        rf"(?P<list>(?:[（(][^（()）]{{0,60}}[）)]|[^。；;（()）〔〕\]】\n])+?){stop}"
    )


@cache
def _trailing() -> re.Pattern[str]:
    lead, support = alternatives("bodies", "lead_after"), alternatives("bodies", "support_after")
    return re.compile(
        rf"(?P<list>[^，。；;：:（()）]{{2,120}}?)(?P<how>(?P<lead>{lead})|(?P<support>{support}))"
        r"(?=[，。；;）)]|$)[，；;]?"
    )


@cache
def _by() -> re.Pattern[str]:
    lead, support = alternatives("bodies", "lead_after"), alternatives("bodies", "support_after")
    return re.compile(
        rf"由(?P<list>[^，。；;：:（()）由]{{2,80}}?)(?:{lead})"
        rf"(?:[，,](?P<support>[^，。；;：:（()）]{{2,80}}?)(?:{support}))?"
    )


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf".{{0,38}}(?:{alternatives('bodies', 'suffixes')})(?:[（(][^）)]*[）)])?")


_BRACKETS = re.compile(r"[（(【〔\[]([^（()）【】〔〕\[\]]{3,300})[）)】〕\]]")
#: any of the words that the patterns hang on; most texts have none, and are done at once
_HINT = re.compile(r"单位|部门|负责|牵头|主体")


def in_text(text: str) -> list[Named]:
    """Bodies that a passage makes responsible, in order, each once a role."""
    if not _HINT.search(text):
        return []
    found: dict[tuple[str, BodyRole], Named] = {}
    for match in _labelled().finditer(text):
        role = head_role(match["label"]) or "lead"
        _add(found, match["list"], role, match.start(), match.end(), sure=True)
    for bracket in _BRACKETS.finditer(text):
        for match in _trailing().finditer(bracket[1]):
            role = "lead" if match["lead"] else "support"
            start = bracket.start(1) + match.start()
            _add(found, match["list"], role, start, bracket.start(1) + match.end())
    for match in _by().finditer(text):
        _add(found, match["list"], "lead", match.start(), match.end())
        if match["support"]:
            _add(found, match["support"], "support", match.start(), match.end())
    return sorted(found.values(), key=lambda named: (named.start, named.end))


def says_bodies(text: str) -> bool:
    """True for a line that only names the bodies for what stands above it."""
    line = text.strip(" \u3000。")
    if _labelled().match(line.lstrip("（(〔【[")) is not None:
        return True
    return _BRACKETS.fullmatch(line) is not None and bool(in_text(line))


def in_cell(text: str, role: BodyRole) -> list[Named]:
    """Bodies listed in a cell of a column that is headed so."""
    found: dict[tuple[str, BodyRole], Named] = {}
    _add(found, text, role, 0, len(text), sure=True)
    return list(found.values())


def head_role(label: str) -> BodyRole | None:
    """What a label or the head of a column makes the bodies under it."""
    bare = re.sub(r"\s", "", label)
    if re.fullmatch(alternatives("bodies", "lead"), bare):
        return "lead"
    return "support" if re.fullmatch(alternatives("bodies", "support"), bare) else None


def _add(
    found: dict[tuple[str, BodyRole], Named],
    listed: str,
    role: BodyRole,
    start: int,
    end: int,
    *,
    sure: bool = False,
) -> None:
    parts = [part for name in _NAME.findall(listed) for part in _AND.split(name)]
    for part in parts:
        name = _after().sub("", _ASIDE.sub("", part.strip(" 。：:“”")))
        name = _BEFORE.sub("", _REST.sub("", name))
        if len(name) < 2 or not (sure or _body().fullmatch(name)):
            continue
        found.setdefault((name, role), Named(name, role, start, end))


_BEFORE = re.compile(r"^(?:由|会同|和|及|与)")


@cache
def _after() -> re.Pattern[str]:
    """甲局、乙局分别牵头: the words behind a list say no more than its label."""
    return re.compile(rf"(?<=..)(?:分别)?(?:{alternatives('bodies', 'lead_after')})$")
